/** How to get a result once more: a scenario file and the command for it. */
import type { AnyResult } from '../result/read-any.js';
import type { AllocationResult } from '../result/schema-allocation.js';
import type { ExceedanceResult } from '../result/schema-exceedance.js';
import type { SensitivityResult } from '../result/schema-sensitivity.js';
import { ScenarioText } from '../scenario/index.js';
import { sweepCommand } from './reproduce-sweep.js';
import { argument } from './shell.js';

export interface Reproduction {
  /** Name and text of the scenario file. */
  readonly file: string;
  readonly text: string;
  readonly command: string;
  /** What keeps some numbers from coming out the same; empty if nothing does. */
  readonly remark: string;
}

export function reproduction(any: AnyResult): Reproduction {
  if (any.kind === 'sweep') return sweepCommand(any.result);
  const scenario =
    any.kind === 'allocation' ? withTolerances(any.result) : (any.result.scenario as object);
  const text = JSON.stringify(scenario, null, 2);
  const parts = ['matedpair', ...commandOf(any), ...(isImplausible(text) ? [IMPLAUSIBLE] : [])];
  return { file: 'scenario.json', text, command: parts.join(' '), remark: remarkOn(any) };
}

export const IMPLAUSIBLE = '--allow-implausible';

/** Whether a scenario is read only by who insists. */
export function isImplausible(...[text, limits, set]: Written): boolean {
  const canBeRead = (allowImplausible: boolean): boolean => {
    try {
      new ScenarioText(text, { limits: limits ?? [], allowImplausible }).parse(set ?? []);
      return true;
    } catch {
      return false;
    }
  };
  return !canBeRead(false) && canBeRead(true);
}

type Written = [
  text: string,
  limits?: readonly string[],
  set?: readonly { readonly path: string; readonly value: string }[],
];

function commandOf(any: Exclude<AnyResult, { kind: 'sweep' }>): string[] {
  switch (any.kind) {
    case 'run':
      return ['run scenario.json'];
    case 'sensitivity':
      return sensitivityParts(any.result);
    case 'allocation':
      return allocationParts(any.result);
    case 'exceedance':
      return exceedanceParts(any.result);
  }
}

/** The pairs that a study looked at, where it did not look at all. */
function pairParts({ scenario, pairs }: SensitivityResult | ExceedanceResult): string[] {
  const all = Object.keys((scenario as { pairs?: object }).pairs ?? {});
  const names = pairs.map(({ name }) => name);
  if (names.length === all.length && names.every((name, i) => name === all[i])) return [];
  return names.map((name) => `--pair ${argument(name)}`);
}

function sensitivityParts(result: SensitivityResult): string[] {
  return [
    'sensitivity scenario.json',
    ...pairParts(result),
    `--yield-at ${argument(`${result.yieldAtDb} dB`)}`,
    ...(isByAxes(result) ? ['--axes'] : []),
  ];
}

/** Whether inputs that differ by their axis alone are factors of their own. */
function isByAxes({ pairs }: SensitivityResult): boolean {
  return pairs.some(({ factors }) => {
    const owners = new Map<string, string>();
    return factors.some(({ name, inputs }) =>
      inputs.some(({ design, input }) => {
        const stem = `${design} ${input.replace(/[XY]$/, '')}`;
        const owner = owners.get(stem);
        owners.set(stem, name);
        return owner !== undefined && owner !== name;
      }),
    );
  });
}

function exceedanceParts(result: ExceedanceResult): string[] {
  const { pairs, relativeHalfWidth } = result;
  const losses = pairs[0]?.losses ?? [];
  const percent = Number((100 * relativeHalfWidth).toPrecision(12));
  const most = Math.max(2, ...pairs.map(({ rounds }) => rounds.at(-1) ?? 0));
  return [
    'exceedance scenario.json',
    ...losses.map(({ aboveDb }) => `--above ${argument(`${aboveDb} dB`)}`),
    ...pairParts(result),
    `--precision ${argument(`${percent} %`)}`,
    `--max-replicates ${most}`,
  ];
}

/** Verifications have four times the matings unless others are asked for. */
const VERIFICATION_TIMES = 4;

function allocationParts(result: AllocationResult): string[] {
  const { pair, widest, matings, verificationMatings } = result;
  return [
    'allocate scenario.json',
    `--pair ${argument(pair)}`,
    ...(widest === null ? [] : [`--widest ${argument(widest.name)}`]),
    ...(verificationMatings === VERIFICATION_TIMES * matings
      ? []
      : [`--verify-trials ${verificationMatings}`]),
  ];
}

/** Tolerances may have been given by options, or be of several inputs, which no option can say: as the section of a scenario. */
function withTolerances({ scenario, tolerances }: AllocationResult): object {
  const written = tolerances.map(({ name, inputs, least, most, cost, exponent }) => [
    name,
    {
      inputs: inputs.map(({ design, input }) =>
        design === null ? `mating.${input}` : `designs.${design}.${input}`,
      ),
      ...{ from: least, to: most, cost, exponent },
    },
  ]);
  return { ...scenario, allocation: { tolerances: Object.fromEntries(written) } };
}

function remarkOn(any: AnyResult): string {
  if (any.kind === 'exceedance' && any.result.pairs.some(({ endedBy }) => endedBy === 'time')) {
    return 'Pairs that were ended by their time may go on for more replicates.';
  }
  if (any.kind === 'run' && any.result.precision !== undefined) {
    return 'The run went on until its intervals were narrow enough; the scenario has the number of matings that this took.';
  }
  return '';
}
