/** The distribution families and their fields: one table for the schema, the reader and the writer. */
import type { Distribution } from './types.js';

export type LawName = Distribution['distribution'];

/** What a field holds: values in the unit of the input, or plain numbers. */
export type FieldKind = 'quantity' | 'number' | 'quantities' | 'numbers' | 'switch' | 'text';

export interface LawField {
  readonly kind: FieldKind;
  /** Whether the field may be left out. */
  readonly optional: boolean;
  readonly description: string;
}

export interface Law {
  readonly description: string;
  readonly fields: Readonly<Record<string, LawField>>;
}

function field(kind: FieldKind, description: string): LawField {
  return { kind, optional: false, description };
}

function optional(kind: FieldKind, description: string): LawField {
  return { kind, optional: true, description };
}

export const LAWS: Readonly<Record<LawName, Law>> = {
  fixed: {
    description: 'Always the same value.',
    fields: { value: field('quantity', 'The value.') },
  },
  uniform: {
    description: 'Every value from low to high equally likely.',
    fields: { low: field('quantity', 'Lowest value.'), high: field('quantity', 'Highest value.') },
  },
  normal: {
    description: 'Normal; with lower and upper it is drawn from the truncated law, not clamped.',
    fields: {
      mean: field('quantity', 'Mean of the law before truncation.'),
      sigma: field('quantity', 'Standard deviation of the law before truncation.'),
      lower: optional('quantity', 'Lower truncation bound; needs upper.'),
      upper: optional('quantity', 'Upper truncation bound; needs lower.'),
    },
  },
  'half-normal': {
    description: 'Absolute value of a normal with mean 0.',
    fields: { sigma: field('quantity', 'Standard deviation of that normal.') },
  },
  triangular: {
    description: 'Density rising from low to its peak at mode and falling to high.',
    fields: {
      low: field('quantity', 'Lowest value.'),
      mode: field('quantity', 'Most likely value.'),
      high: field('quantity', 'Highest value.'),
    },
  },
  lognormal: {
    description: 'The logarithm is normal.',
    fields: {
      median: field('quantity', 'Median.'),
      sigmaLog: field('number', 'Standard deviation of the natural logarithm.'),
    },
  },
  rayleigh: {
    description:
      'Distance of a point whose two coordinates are normal with standard deviation scale.',
    fields: {
      scale: field('quantity', 'Standard deviation of each coordinate.'),
      max: optional('quantity', 'Upper truncation bound.'),
    },
  },
  weibull: {
    description: 'Weibull, from 0.',
    fields: {
      scale: field('quantity', 'Scale: 63.2 % of the values lie below it.'),
      shape: field('number', 'Shape.'),
    },
  },
  beta: {
    description: 'Beta distribution stretched to the interval from low to high.',
    fields: {
      low: field('quantity', 'Lowest value.'),
      high: field('quantity', 'Highest value.'),
      alpha: field('number', 'First shape parameter.'),
      beta: field('number', 'Second shape parameter.'),
    },
  },
  histogram: {
    description: 'Bins with weights; within a bin every value is equally likely.',
    fields: {
      edges: field('quantities', 'Bin edges, ascending; one more than weights.'),
      weights: field('numbers', 'Weight of each bin.'),
    },
  },
  discrete: {
    description: 'Single values with weights.',
    fields: {
      values: field('quantities', 'The values.'),
      weights: field('numbers', 'Weight of each value.'),
    },
  },
  empirical: {
    description: 'Measured values, each equally likely: a column of a CSV file, or a list.',
    fields: {
      values: optional('quantities', 'The measured values; instead of file and column.'),
      file: optional('text', 'CSV file, relative to the file in which this stands.'),
      column: optional(
        'text',
        'Column of the CSV file; its header carries the unit: "diameter [um]".',
      ),
    },
  },
  toleranced: {
    description: 'A drawing tolerance and how well the process holds it.',
    fields: {
      nominal: field('quantity', 'Nominal value.'),
      plus: field('quantity', 'Upper limit minus nominal.'),
      minus: field('quantity', 'Nominal minus lower limit.'),
      cpk: field('number', 'Process capability Cpk.'),
      sorted: optional('switch', 'Whether parts outside the limits are sorted out. Default false.'),
    },
  },
};

export const LAW_NAMES = Object.keys(LAWS) as LawName[];

export function isLawName(name: unknown): name is LawName {
  return typeof name === 'string' && Object.hasOwn(LAWS, name);
}
