/** A scenario that mates measured plugs with each other, or with plugs of a design. */
import { basename, dirname, join } from 'node:path';
import { UserError } from '../errors.js';
import {
  FileError,
  MOST_CSV_BYTES,
  readTextFile,
  SHIPPED_DESIGNS,
  shippedDesignPath,
} from '../scenario/files.js';
import { type Parsed, parseScenario } from '../scenario/index.js';
import { measuredFibreCount, parseMeasured } from '../scenario/measured.js';
import type { MeasuredPlug } from '../scenario/measured-columns.js';
import { didYouMean, oneOf } from '../scenario/suggest.js';

export interface PredictOptions {
  /** Design whose laws stand for what was not measured. */
  readonly design: string;
  /** Design to mate the measured plugs with, instead of with each other. */
  readonly mateWith?: string | undefined;
  readonly matings: number;
  readonly seed: string;
  readonly allowImplausible?: boolean | undefined;
}

/** Throws UserError for a file that cannot be read, and where no two of its plugs can be mated. */
export function predictScenario(csv: string, options: PredictOptions): Parsed {
  checkDesign(options.design);
  if (options.mateWith !== undefined) checkDesign(options.mateWith);
  let text: string;
  try {
    text = readTextFile(csv, MOST_CSV_BYTES);
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    throw new UserError([{ message: `the CSV file ${error.message}`, file: csv }]);
  }
  const { allowImplausible = false } = options;
  const count = fibreCountOf(options, csv) ?? measuredFibreCount(text, csv) ?? 12;
  const plugs = parseMeasured(text, csv, count, { allowImplausible, warn: () => undefined });
  checkNames(plugs, csv, options);
  const pairs = pairsOf(plugs, options.mateWith);
  if (Object.keys(pairs).length === 0) {
    throw new UserError([
      {
        message: 'no two of these plugs can be mated',
        file: csv,
        found: `${plugs.length} plugs: ${plugs.map(({ name }) => name).join(', ')}`,
        expected: 'a pinned and an unpinned plug',
        suggestion: 'mate them with plugs of a design: --mate-with mtp-standard',
      },
    ]);
  }
  const measured = plugs.map((plug) => [
    plug.name,
    {
      extends: options.design,
      gender: genderOf(plug),
      measured: { file: `./${basename(csv)}`, plug: plug.name },
    },
  ]);
  const other =
    options.mateWith === undefined ? [] : [[options.mateWith, { extends: options.mateWith }]];
  const scenario = {
    name: `predict-${basename(csv).replace(/\.[^.]*$/, '')}`,
    description: `Measured plugs of ${basename(csv)}; what was not measured as ${options.design}`,
    seed: options.seed,
    matings: options.matings,
    designs: Object.fromEntries([...measured, ...other]) as object,
    pairs,
    comparisons: [],
  };
  return withoutPlaces(join(dirname(csv), 'predict.json'), (file) =>
    parseScenario(JSON.stringify(scenario), { file, allowImplausible }),
  );
}

/** Problems of a file that only we have written are told without their places in it. */
function withoutPlaces(file: string, parse: (file: string) => Parsed): Parsed {
  try {
    return parse(file);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    throw new UserError(
      error.problems.map((problem) => {
        if (problem.file !== file) return problem;
        const { line, column, file: ours, ...rest } = problem;
        return rest;
      }),
    );
  }
}

/** Fibres of the design; undefined if it cannot be read, which is told with the plugs. */
function fibreCountOf({ design, allowImplausible }: PredictOptions, csv: string) {
  const alone = {
    designs: { plug: { extends: design, gender: 'either' } },
    pairs: { pair: { pinned: 'plug', unpinned: 'plug' } },
  };
  try {
    const file = join(dirname(csv), 'predict.json');
    const { scenario } = parseScenario(JSON.stringify(alone), { file, allowImplausible });
    return scenario.designs['plug']?.fibreCount;
  } catch (error) {
    if (error instanceof UserError) return undefined;
    throw error;
  }
}

/** Told here once, rather than for each plug that extends it. */
function checkDesign(reference: string): void {
  if (/^\.\.?\//.test(reference) || shippedDesignPath(reference) !== undefined) return;
  throw new UserError([
    {
      message: `there is no design "${reference}"`,
      expected: `${oneOf(SHIPPED_DESIGNS)}, or a file such as ./name.yaml`,
      suggestion: didYouMean(reference, SHIPPED_DESIGNS),
    },
  ]);
}

/** In the scenario plugs are designs, so that none may have the name of another one. */
function checkNames(plugs: readonly MeasuredPlug[], file: string, options: PredictOptions): void {
  const designs = [options.design, options.mateWith];
  const clash = plugs.find(({ name }) => designs.includes(name));
  if (clash === undefined) return;
  throw new UserError([
    {
      message: 'a measured plug has the name of a design that it is predicted with',
      file,
      found: clash.name,
      expected: 'another name in the column plug',
    },
  ]);
}

/** A plug with measured pins is pinned, one with measured holes is not, unless the file says so itself. */
function genderOf(plug: MeasuredPlug): 'pinned' | 'unpinned' | 'either' {
  if (plug.gender !== undefined) return plug.gender;
  if (plug.pinDiametersUm !== undefined) return 'pinned';
  return plug.holeDiametersUm === undefined ? 'either' : 'unpinned';
}

function pairsOf(
  plugs: readonly MeasuredPlug[],
  mateWith: string | undefined,
): Record<string, { pinned: string; unpinned: string }> {
  const can = (plug: MeasuredPlug, role: 'pinned' | 'unpinned') =>
    genderOf(plug) === role || genderOf(plug) === 'either';
  const both = plugs.flatMap((plug) => {
    if (mateWith !== undefined) {
      const mate = can(plug, 'pinned')
        ? { pinned: plug.name, unpinned: mateWith }
        : { pinned: mateWith, unpinned: plug.name };
      return [mate];
    }
    return plugs
      .filter((other) => other !== plug && can(plug, 'pinned') && can(other, 'unpinned'))
      .map((other) => ({ pinned: plug.name, unpinned: other.name }));
  });
  return Object.fromEntries(both.map((pair) => [`${pair.pinned} × ${pair.unpinned}`, pair]));
}
