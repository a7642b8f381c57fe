/** Runs cases in turn, round after round: on a noisy machine only what was measured side by side can be compared. */

/** From 9 values on, the interval of a median leaves out the worst at either end: one disturbed round does no harm. */
export const DEFAULT_ROUNDS = 9;
export const DEFAULT_SECONDS = 0.4;

/** One number that a case measures. */
export interface Quantity {
  /** Table to which it belongs. */
  readonly group: string;
  readonly name: string;
  readonly unit: Unit;
  /** Name of the quantity of the same group with which it is compared. */
  readonly against?: string | undefined;
  /** Worker threads that shared the work. */
  readonly workers?: number | undefined;
}

/** Rates are better when they are high, all else when it is low. */
export type Unit = 'fibre matings/s' | 'turns/s' | 'ns' | 's' | 'MB' | 'kB';

export interface Case {
  readonly quantities: readonly Quantity[];
  /** One value a quantity, in their order. */
  readonly measure: () => Promise<readonly number[]>;
}

export interface Measurement extends Quantity {
  /** One value a round. */
  readonly values: readonly number[];
}

/**
 * Measures all cases `rounds` times after a round of warm-up. Every other round runs backwards, so that a steady drift
 * of the machine favours no case.
 *
 * @param onRound told before each round which it is; 0 is the warm-up
 */
export async function measureInTurn(
  cases: readonly Case[],
  rounds: number,
  onRound: (round: number) => void = () => undefined,
): Promise<Measurement[]> {
  const values = cases.map(({ quantities }) => quantities.map((): number[] => []));
  for (let round = 0; round <= rounds; round++) {
    onRound(round);
    for (let turn = 0; turn < cases.length; turn++) {
      const c = round % 2 === 0 ? turn : cases.length - 1 - turn;
      const measured = await (cases[c] as Case).measure();
      if (round === 0) continue;
      for (const [q, value] of measured.entries()) values[c]?.[q]?.push(value);
    }
  }
  return cases.flatMap(({ quantities }, c) =>
    quantities.map((quantity, q) => ({ ...quantity, values: values[c]?.[q] as number[] })),
  );
}
