/** Reads a design from its merged fields. */
import { checkGuideDiameters } from './check-guides.js';
import type { Context } from './context.js';
import { type DesignInput, INPUTS } from './inputs.js';
import { FIBRE_COUNTS, type FibreCount } from './layout.js';
import { childOf, type Place, quote, type RawMap, type RawNode, shorten } from './raw.js';
import { ANGLE_DEFAULTS, DESIGN_SCALARS, MOUNTING_DEFAULTS, REQUIRED_INPUTS } from './scalars.js';
import { Section } from './section.js';
import type { Contribution, Design } from './types.js';
import { expectedQuantity } from './units.js';

const DESIGN_INPUTS = INPUTS.filter((spec) => spec.of === 'design').map(
  (spec) => spec.name,
) as DesignInput[];

/** The design; undefined if something is wrong with it, which has then been told. */
export function readDesign(
  name: string,
  root: RawMap,
  keyPlace: Place,
  context: Context,
): Design | undefined {
  return new DesignReader(name, root, keyPlace, context).read();
}

class DesignReader {
  readonly #name: string;
  readonly #root: RawMap;
  readonly #keyPlace: Place;
  readonly #context: Context;
  readonly #section: Section;

  constructor(name: string, root: RawMap, keyPlace: Place, context: Context) {
    this.#name = name;
    this.#root = root;
    this.#keyPlace = keyPlace;
    this.#context = context;
    this.#section = new Section({
      root,
      of: 'design',
      scalars: DESIGN_SCALARS,
      fallback: (path) => this.#fallback(path),
      context,
    });
  }

  read(): Design | undefined {
    this.#section.readParameters();
    const fibreCount = this.#required('fibres.count', FIBRE_COUNTS);
    const polish = this.#required('endFace.polish', ['APC', 'PC'] as const);
    const mounting = this.#required('mounting.type', ['floating', 'fixed'] as const);
    const pinShape = this.#choice('guidePins.shape', ['round', 'elliptical'] as const) ?? 'round';
    const pinTip = this.#choice('guidePins.tip', ['round', 'elliptical'] as const) ?? pinShape;
    const gender = this.#choice('gender', ['pinned', 'unpinned', 'either'] as const) ?? 'either';
    const inputs = this.#inputs();
    const endFaceAngleRad = polish === undefined ? undefined : this.#angle(polish);
    const sideLoadTransmission =
      mounting === undefined ? undefined : this.#section.scalar('mounting.sideLoadTransmission');
    const angularStiffness =
      mounting === undefined ? undefined : this.#section.scalar('mounting.angularStiffness');
    const correlations = this.#section.correlations();
    if (inputs !== undefined) {
      this.#checkPinShape(pinShape, inputs['guidePins.minorAxisShorterBy']);
      if (fibreCount !== undefined) this.#checkGuides(fibreCount, inputs);
    }
    if (
      fibreCount === undefined ||
      polish === undefined ||
      mounting === undefined ||
      inputs === undefined ||
      endFaceAngleRad === undefined ||
      sideLoadTransmission === undefined ||
      angularStiffness === undefined
    ) {
      return undefined;
    }
    return {
      name: this.#name,
      description: textAt(this.#root, 'description'),
      gender,
      fibreCount,
      mode: 'single-mode',
      pinShape,
      pinTip,
      polish,
      endFaceAngleRad,
      mounting: { type: mounting, sideLoadTransmission, angularStiffness },
      inputs,
      correlations,
    };
  }

  /** Angle and stiffness default by polish and mounting; inputs are perfect unless they are required. */
  #fallback(path: string): unknown {
    if (path === 'endFace.angle') return ANGLE_DEFAULTS[textAt(this.#root, 'endFace.polish')];
    if (path.startsWith('mounting.')) {
      const byType = MOUNTING_DEFAULTS[textAt(this.#root, 'mounting.type')];
      return path === 'mounting.angularStiffness'
        ? byType?.angularStiffness
        : byType?.sideLoadTransmission;
    }
    if (REQUIRED_INPUTS.some((input) => input === path)) return undefined;
    const unit = INPUTS.find((spec) => spec.name === path)?.unit ?? '1';
    return unit === '1' ? 0 : `0 ${unit}`;
  }

  #inputs(): Design['inputs'] | undefined {
    const inputs: Partial<Record<DesignInput, readonly Contribution[]>> = {};
    let complete = true;
    for (const path of DESIGN_INPUTS) {
      if (REQUIRED_INPUTS.includes(path) && this.#section.node(path) === undefined) {
        this.#missing(path, expectedQuantity(INPUTS.find((spec) => spec.name === path)!.unit));
      }
      const contributions = this.#section.contributions(path);
      if (contributions === undefined) complete = false;
      else inputs[path] = contributions;
    }
    return complete ? (inputs as Design['inputs']) : undefined;
  }

  #angle(polish: 'APC' | 'PC'): number | undefined {
    const angle = this.#section.scalar('endFace.angle');
    if (angle === undefined || (angle === 0) === (polish === 'PC')) return angle;
    const node = this.#section.node('endFace.angle');
    this.#context.problems.add(
      node?.place ?? this.#keyPlace,
      polish === 'PC'
        ? 'endFace.angle: a PC face has no angle'
        : 'endFace.angle: an APC face has an angle',
      {
        found: node === undefined ? undefined : quote(node),
        expected: polish === 'PC' ? '0 deg, or polish: APC' : '8 deg, or polish: PC',
      },
    );
    return undefined;
  }

  #checkPinShape(shape: 'round' | 'elliptical', minorAxis: readonly Contribution[]): void {
    const isNone = minorAxis.every((law) => law.distribution === 'fixed' && law.value === 0);
    if (isNone === (shape === 'round')) return;
    const path = shape === 'round' ? 'guidePins.minorAxisShorterBy' : 'guidePins.shape';
    const node = this.#section.node(path);
    this.#context.problems.add(
      node?.place ?? this.#keyPlace,
      shape === 'round'
        ? 'guidePins.minorAxisShorterBy: a round pin has no shorter axis'
        : 'guidePins.shape: an elliptical pin needs minorAxisShorterBy',
      {
        found: node === undefined ? undefined : quote(node),
        expected:
          shape === 'round'
            ? '0 um, or shape: elliptical'
            : 'minorAxisShorterBy above 0 um, or shape: round',
      },
    );
  }

  #checkGuides(fibreCount: FibreCount, inputs: Design['inputs']): void {
    const places = {
      nodeOf: (path: string) => this.#section.node(path),
      design: this.#keyPlace,
    };
    checkGuideDiameters(fibreCount, inputs, places, this.#context);
  }

  #required<T extends string | number>(path: string, values: readonly T[]): T | undefined {
    if (this.#section.node(path) === undefined) this.#missing(path, values.join(', '));
    return this.#choice(path, values);
  }

  /** One of the values; what is none of them has been told by the check of the structure. */
  #choice<T extends string | number>(path: string, values: readonly T[]): T | undefined {
    const node = this.#section.node(path);
    return node?.kind === 'scalar' ? values.find((value) => value === node.value) : undefined;
  }

  #missing(path: string, expected: string): void {
    const section = path.split('.')[0]!;
    const parent = childOf(this.#root, section);
    if (parent !== undefined && parent.kind !== 'map') return;
    this.#context.problems.add(this.#keyPlace, `design "${shorten(this.#name)}" has no ${path}`, {
      found: `${shorten(this.#name)}:`,
      expected: `${path}: ${expected}`,
      suggestion: 'give it here, or extend a design that has it',
    });
  }
}

/** The text at a dotted path, or ''. */
function textAt(root: RawNode, path: string): string {
  const node = path.split('.').reduce<RawNode | undefined>(childOf, root);
  return node?.kind === 'scalar' && typeof node.value === 'string' ? node.value : '';
}
