/** What the tables of inputs say of an input. */

/** How often an input is drawn. Sharing a level is what correlates the fibres of a mating. */
export const LEVELS = ['lot', 'plug', 'hole', 'pin', 'fibre', 'mating'] as const;
export type Level = (typeof LEVELS)[number];

/** Unit in which the model counts a quantity. */
export type Unit =
  | 'um'
  | 'rad'
  | 'N'
  | 'N/um'
  | 'N um/rad'
  | 'degC'
  | '/degC'
  | 'um/degC'
  | 'dB'
  | 'dB/um'
  | '1';

export interface InputSpec {
  /** Path in a design or in the mating section, `section.field` or `field`. */
  readonly name: string;
  readonly of: 'design' | 'mating';
  readonly unit: Unit;
  /** Level at which it is drawn unless the scenario says otherwise. */
  readonly level: Level;
  /** Levels that a scenario may give instead. */
  readonly levels: readonly Level[];
  /** Plausible range of its values, in `unit`; outside it a scenario is refused unless it insists. */
  readonly plausible: readonly [number, number];
  /** Lowest value that means anything; nothing may be drawn from a law that lies wholly below it. */
  readonly atLeast?: number;
  readonly description: string;
}

export const PLUG_LEVELS = ['plug', 'lot'] as const;
export const PIN_LEVELS = ['pin', 'plug', 'lot'] as const;
export const FIBRE_LEVELS = ['fibre', 'plug', 'lot'] as const;
export const MATING_LEVELS = ['mating', 'lot'] as const;
