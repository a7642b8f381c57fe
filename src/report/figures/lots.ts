/** What only lots, mixed pairs and priced designs can tell. */
import type { PairResult } from '../../result/schema.js';
import { type EstimateDot, estimateFigure } from '../estimate-marks.js';
import { TIPPED } from '../face-shapes.js';
import { type Figure, idOf } from '../figure.js';
import { decibelText } from '../text.js';
import { SERIES, WIDTH } from '../theme.js';

const COMPONENTS = {
  position: 'fibre position',
  pinned: 'pinned plug',
  unpinned: 'unpinned plug',
  combination: 'both together',
  matingToMating: 'mating to mating',
} as const;
const SUMS = { partToPart: 'part to part' } as const;
const ROW = 36;

/** Variance of a loss by where it comes from; undefined where there is no lot. */
export function lotFigure(pairs: readonly PairResult[]): Figure | undefined {
  const names = Object.keys(COMPONENTS) as (keyof typeof COMPONENTS)[];
  const values = pairs.flatMap(({ name, lot }) =>
    names.flatMap((component, i) => {
      const found = lot?.components[component] ?? null;
      if (found === null) return [];
      return {
        ...{ pair: name, order: i, component: COMPONENTS[component] },
        varianceDb2: Math.max(0, found.varianceDb2.value),
        tip: `${name}, ${COMPONENTS[component]}: sd ${decibelText(found.sdDb)}`,
      };
    }),
  );
  const [first] = pairs.flatMap(({ lot }) => lot ?? []);
  if (values.length === 0 || first === undefined) return undefined;
  const all = { ...COMPONENTS, ...SUMS };
  return {
    id: idOf('lot'),
    title: 'What makes losses differ in a lot',
    note: `Variance of the loss of a fibre by its sources, which add up: ${first.pinnedPlugs} pinned and ${first.unpinnedPlugs} unpinned plugs, each combination mated ${first.repeats} times. "Both together" is what a combination does beyond its two plugs. Intervals, by plugs, are with the numbers.`,
    spec: {
      width: WIDTH - 60,
      height: { step: ROW },
      data: { values },
      mark: { type: 'bar', height: { band: 0.7 } },
      encoding: {
        y: { field: 'pair', type: 'nominal', sort: null, title: null },
        x: {
          field: 'varianceDb2',
          type: 'quantitative',
          title: 'variance of the loss, dB²',
          stack: 'zero',
          scale: { nice: false },
        },
        color: {
          field: 'component',
          type: 'nominal',
          scale: { domain: Object.values(COMPONENTS), range: SERIES.slice(0, 5) },
        },
        order: { field: 'order', type: 'quantitative' },
        ...TIPPED,
      },
    },
    table: {
      columns: ['pair', 'source', 'variance, dB²', 'low', 'high', 'sd, dB', 'low', 'high'],
      rows: pairs.flatMap(({ name, lot }) =>
        (Object.keys(all) as (keyof typeof all)[]).flatMap((component) => {
          const found = lot?.components[component] ?? null;
          if (found === null) return [];
          const { varianceDb2: v, sdDb: s } = found;
          return [[name, all[component], v.value, v.low, v.high, s.value, s.low, s.high]];
        }),
      ),
    },
  };
}

const ORIGINS = {
  pinnedUm2: 'cores of the pinned plug',
  unpinnedUm2: 'cores of the unpinned plug',
  fitUm2: 'fit of pins, holes and load',
} as const;

/** Where the offsets of mixed pairs come from; undefined without such pairs. */
export function originsFigure(pairs: readonly PairResult[]): Figure | undefined {
  const names = Object.keys(ORIGINS) as (keyof typeof ORIGINS)[];
  const mixed = pairs.flatMap(({ name, origins }) => (origins === null ? [] : { name, origins }));
  if (mixed.length === 0) return undefined;
  const dots = mixed.flatMap(({ name, origins }): EstimateDot[] =>
    names.map((origin) => ({
      ...{ row: name, kind: ORIGINS[origin], estimate: origins[origin] },
      tip: `${name}, ${ORIGINS[origin]}: ${origins[origin].value.toFixed(4)} µm²`,
    })),
  );
  const limits = mixed.map(({ name, origins: { limitedBy } }) =>
    limitedBy === null ? `of ${name} neither side` : `of ${name} the ${limitedBy} plug`,
  );
  return estimateFigure({
    id: 'origins',
    title: 'Which side of a mixed pair limits it',
    note: `Mean squared offset by where it comes from, with 95 % intervals, from the first ${mixed[0]?.origins.matings} matings. What limits: ${limits.join(', ')}.`,
    axis: 'mean squared offset, µm²',
    columns: ['pair', 'from'],
    dots,
    kinds: Object.values(ORIGINS),
    zero: true,
  });
}

/** What a fibre channel that keeps a loss limit costs; undefined without prices. */
export function costFigure(pairs: readonly PairResult[]): Figure | undefined {
  const priced = pairs.flatMap(({ name, cost }) => (cost === null ? [] : { name, cost }));
  const [first] = priced;
  if (first === undefined) return undefined;
  const { currency } = first.cost;
  const dots = priced.flatMap(({ name, cost }) =>
    cost.limits.flatMap(({ limitDb, perPassingChannel: { low, high } }): EstimateDot[] => {
      if (low === null || high === null) return [];
      const estimate = { value: 0.5 * (low + high), low, high };
      const kind = `up to ${limitDb} dB`;
      const tip = `${name}: a channel ${kind} costs ${low.toFixed(2)} to ${high.toFixed(2)} ${currency}`;
      return [{ row: name, kind, estimate, tip }];
    }),
  );
  if (dots.length === 0) return undefined;
  return estimateFigure({
    id: 'cost',
    title: 'What a fibre channel costs',
    note: `Price of an assembly over its fibre channels that keep a loss limit; lines from the lowest to the highest price, dots in their middle.`,
    axis: `price of a passing channel, ${currency}`,
    columns: ['pair', 'loss'],
    dots,
    kinds: [...new Set(dots.map(({ kind }) => kind))],
    zero: true,
  });
}
