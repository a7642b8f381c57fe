/** Reads what was measured of a plug, from its CSV file or written out. */
import { UserError } from '../errors.js';
import type { Context } from './context.js';
import { FileError, MOST_CSV_BYTES } from './files.js';
import type { FibreCount } from './layout.js';
import { parseMeasured } from './measured.js';
import type { MeasuredPlug } from './measured-columns.js';
import { childOf, quote, type RawNode, toPlain } from './raw.js';
import { FIBRE_INPUTS, FIBRE_MODES, type FibreMode } from './scalars.js';
import { didYouMean, oneOf } from './suggest.js';
import type { MeasuredValues } from './types.js';

/** What was measured of one plug, null if nothing was; its gender if the file tells. */
export interface ReadMeasured {
  readonly values: MeasuredValues | null;
  readonly gender?: MeasuredPlug['gender'];
}

/** undefined if it cannot be read, which has then been told. */
export function readMeasured(
  node: RawNode | undefined,
  fibreCount: FibreCount,
  context: Context,
): ReadMeasured | undefined {
  if (node === undefined) return { values: null };
  if (node.kind !== 'map' || context.problems.isBad(node)) return undefined;
  const file = childOf(node, 'file');
  if (file === undefined) return readWritten(node, fibreCount, context);
  if (file.kind !== 'scalar' || typeof file.value !== 'string') return undefined;
  const plugs = readFile(file, file.value, fibreCount, context);
  if (plugs === undefined) return undefined;
  const plug = choose(plugs, node, context);
  if (plug === undefined) return undefined;
  const { name, gender, ...values } = plug;
  return { values, gender };
}

/** Fibres of the other mode have other values; measured, they would be passed over in silence. */
export function warnOfOtherMode(
  values: MeasuredValues,
  mode: FibreMode,
  design: string,
  { problems }: Context,
): void {
  const unused = FIBRE_MODES.filter((other) => other !== mode)
    .flatMap((other) => [...FIBRE_INPUTS[other]])
    .map((input) => input.split('.')[1] as string)
    .filter((name) => name in values || `${name}Um` in values);
  if (unused.length > 0) {
    problems.warn(
      `design "${design}": measured ${unused.join(' and ')} of a ${mode} fibre count for nothing`,
    );
  }
}

function readFile(
  node: RawNode,
  reference: string,
  fibreCount: FibreCount,
  context: Context,
): readonly MeasuredPlug[] | undefined {
  const { files, problems, allowImplausible } = context;
  if (problems.full) return undefined;
  try {
    const path = files.resolve(reference, node.place.origin ?? node.place.file);
    // every plug of a file is a design of its own
    const { plugs, warnings } = files.once(`plugs ${fibreCount} ${path}`, () => {
      const warnings: string[] = [];
      const warn = (text: string) => warnings.push(text);
      const text = files.read(path, MOST_CSV_BYTES);
      return { plugs: parseMeasured(text, path, fibreCount, { allowImplausible, warn }), warnings };
    });
    for (const text of warnings) problems.warn(text);
    return plugs;
  } catch (error) {
    if (error instanceof UserError) for (const problem of error.problems) problems.push(problem);
    else if (error instanceof FileError) {
      problems.add(node.place, `the file of measured plugs ${error.message}`, {
        found: quote(node),
      });
    } else throw error;
    return undefined;
  }
}

function choose(
  plugs: readonly MeasuredPlug[],
  node: RawNode,
  { problems }: Context,
): MeasuredPlug | undefined {
  const names = plugs.map(({ name }) => name);
  const wanted = childOf(node, 'plug');
  if (wanted?.kind !== 'scalar') {
    if (plugs.length === 1) return plugs[0];
    problems.add(node.place, `measured: the file holds ${plugs.length} plugs`, {
      expected: `plug: ${oneOf(names)}`,
    });
    return undefined;
  }
  const found = plugs.find(({ name }) => name === String(wanted.value));
  if (found === undefined) {
    problems.add(wanted.place, `measured: the file has no plug "${quote(wanted)}"`, {
      found: quote(wanted),
      expected: oneOf(names),
      suggestion: didYouMean(String(wanted.value), names),
    });
  }
  return found;
}

/** Values as a result writes them out: lists of as many numbers as there are fibres. */
function readWritten(
  node: RawNode,
  fibreCount: FibreCount,
  { problems }: Context,
): ReadMeasured | undefined {
  const values = toPlain(node) as MeasuredValues;
  for (const [field, value] of Object.entries(values)) {
    const isGuide = field.endsWith('DiametersUm');
    if (!Array.isArray(value) || isGuide || value.length === fibreCount) continue;
    problems.add(childOf(node, field)?.place ?? node.place, `measured: ${field} does not fit`, {
      found: `${value.length} values`,
      expected: `${fibreCount}, one a fibre`,
    });
    return undefined;
  }
  return { values: { ...values } };
}
