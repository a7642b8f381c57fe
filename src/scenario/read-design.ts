/** Reads a design from its merged fields. */
import { checkGuideDiameters } from './check-guides.js';
import { checkPins } from './check-pins.js';
import type { Context } from './context.js';
import { type DesignInput, INPUTS, inputSpec } from './inputs.js';
import { FIBRE_COUNTS } from './layout.js';
import { childOf, type Place, quote, type RawMap, type RawNode, shorten } from './raw.js';
import { readMeasured, warnOfOtherMode } from './read-measured.js';
import { readPrice } from './read-price.js';
import {
  ANGLE_DEFAULTS,
  DESIGN_SCALARS,
  type DesignScalar,
  FIBRE_INPUTS,
  FIBRE_MODES,
  type FibreMode,
  LOOSE_PIN,
  MOUNTING_DEFAULTS,
  PERFECT_INPUTS,
  REQUIRED_INPUTS,
  springForceDefault,
  WEAR_FACTORS,
} from './scalars.js';
import { Section } from './section.js';
import type { Contribution, Design } from './types.js';
import { expectedQuantity } from './units.js';

const DESIGN_INPUTS = INPUTS.filter((spec) => spec.of === 'design').map(
  (spec) => spec.name,
) as DesignInput[];

/** Inputs without a default; those of fibres are required in their mode. */
const REQUIRED: ReadonlySet<string> = new Set([
  ...REQUIRED_INPUTS,
  ...Object.values(FIBRE_INPUTS).flat(),
]);

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
    const pinMajorAxis = this.#choice('guidePins.majorAxis', ['x', 'y'] as const) ?? 'x';
    const pinTip = this.#choice('guidePins.tip', ['round', 'elliptical'] as const) ?? pinShape;
    const pinClamp = this.#choice('guidePins.clamp', ['clamped', 'loose'] as const) ?? 'clamped';
    const isModeGiven = this.#section.node('fibres.mode') !== undefined;
    const mode = isModeGiven ? this.#choice('fibres.mode', FIBRE_MODES) : 'single-mode';
    const inputs = this.#inputs(mode);
    const endFaceAngleRad = polish === undefined ? undefined : this.#angle(polish);
    const scalars = mounting === undefined ? undefined : this.#scalars();
    const correlations = this.#section.correlations();
    const measured =
      fibreCount === undefined
        ? undefined
        : readMeasured(this.#section.node('measured'), fibreCount, this.#context);
    const gender = this.#choice('gender', ['pinned', 'unpinned', 'either'] as const);
    if (inputs !== undefined) {
      const places = {
        nodeOf: (path: string) => this.#section.node(path),
        design: this.#keyPlace,
      };
      checkPins({ pinShape, pinMajorAxis, pinClamp, inputs }, places, this.#context.problems);
      if (fibreCount !== undefined) checkGuideDiameters(fibreCount, inputs, places, this.#context);
    }
    if (
      fibreCount === undefined ||
      polish === undefined ||
      mounting === undefined ||
      mode === undefined ||
      inputs === undefined ||
      endFaceAngleRad === undefined ||
      scalars === undefined ||
      measured === undefined
    ) {
      return undefined;
    }
    if (measured.values !== null) {
      warnOfOtherMode(measured.values, mode, this.#name, this.#context);
    }
    return {
      name: this.#name,
      description: textAt(this.#root, 'description'),
      gender: gender ?? measured.gender ?? 'either',
      fibreCount,
      mode,
      pinShape,
      pinMajorAxis,
      pinTip,
      pinClamp,
      polish,
      endFaceAngleRad,
      mounting: {
        type: mounting,
        sideLoadTransmission: scalars['mounting.sideLoadTransmission'],
        angularStiffness: scalars['mounting.angularStiffness'],
      },
      wear: {
        rateUm: scalars['guideHoles.wearRate'],
        exponent: scalars['guideHoles.wearExponent'],
        tipFactor: scalars['guidePins.wearFactor'],
      },
      thermal: {
        ferruleExpansion: scalars['mounting.ferruleExpansion'],
        pinExpansion: scalars['guidePins.expansion'],
        springCoefficient: scalars['spring.temperatureCoefficient'],
        withdrawalUmPerDegC: scalars['endFace.withdrawal'],
      },
      price: readPrice(this.#section.node('price'), this.#context),
      inputs,
      correlations,
      measured: measured.values,
    };
  }

  /** Some defaults go by another field of the design; inputs are perfect unless they are required. */
  #fallback(path: string): unknown {
    const byType = MOUNTING_DEFAULTS[textAt(this.#root, 'mounting.type')];
    switch (path) {
      case 'endFace.angle':
        return ANGLE_DEFAULTS[textAt(this.#root, 'endFace.polish')];
      case 'mounting.angularStiffness':
        return byType?.angularStiffness;
      case 'mounting.sideLoadTransmission':
        return byType?.sideLoadTransmission;
      case 'guidePins.wearFactor':
        return WEAR_FACTORS[
          textAt(this.#root, 'guidePins.tip') || textAt(this.#root, 'guidePins.shape') || 'round'
        ];
      case 'spring.force':
        return springForceDefault(numberAt(this.#root, 'fibres.count'));
    }
    const isSeatError = path.startsWith('guidePins.seatError');
    if (isSeatError && textAt(this.#root, 'guidePins.clamp') === 'loose') return LOOSE_PIN;
    const scalar = DESIGN_SCALARS.find((spec) => spec.name === path);
    if (scalar !== undefined) return scalar.default;
    if (this.#isRequired(path)) return undefined;
    const perfect = PERFECT_INPUTS[path as DesignInput];
    return perfect ?? zeroOf(path as DesignInput);
  }

  #isRequired(path: string): boolean {
    return REQUIRED.has(path);
  }

  #scalars(): Record<DesignScalar, number> | undefined {
    const scalars: Partial<Record<DesignScalar, number>> = {};
    let complete = true;
    for (const { name } of DESIGN_SCALARS) {
      // The angle is read together with the polish.
      if (name === 'endFace.angle') continue;
      const value = this.#section.scalar(name);
      if (value === undefined) complete = false;
      else scalars[name] = value;
    }
    return complete ? (scalars as Record<DesignScalar, number>) : undefined;
  }

  /** Of an unknown mode, what both modes have is checked. */
  #inputs(mode: FibreMode | undefined): Design['inputs'] | undefined {
    const inputs: Partial<Record<DesignInput, readonly Contribution[]>> = {};
    let complete = true;
    for (const path of DESIGN_INPUTS) {
      const ofMode = FIBRE_MODES.find((known) => FIBRE_INPUTS[known].some((name) => name === path));
      if (ofMode !== undefined && ofMode !== mode) {
        if (mode === undefined) complete = false;
        else this.#refuseOfOtherMode(path, mode);
        inputs[path] = [{ distribution: 'fixed', value: 0, level: inputSpec(path).level }];
        continue;
      }
      if (this.#isRequired(path) && this.#section.node(path) === undefined) {
        this.#missing(path, expectedQuantity(inputSpec(path).unit));
      }
      const contributions = this.#section.contributions(path);
      if (contributions === undefined) complete = false;
      else inputs[path] = contributions;
    }
    return complete ? (inputs as Design['inputs']) : undefined;
  }

  #refuseOfOtherMode(path: DesignInput, mode: FibreMode): void {
    const node = this.#section.node(path);
    if (node === undefined) return;
    const [section, field] = path.split('.');
    this.#context.problems.add(node.place, `${path}: a ${mode} fibre has no ${field}`, {
      found: quote(node),
      expected: FIBRE_INPUTS[mode].join(' and '),
      suggestion: `or ${section}.mode: ${FIBRE_MODES.find((other) => other !== mode)}`,
    });
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

/** Nothing of an input, in its unit. */
function zeroOf(path: DesignInput): unknown {
  const { unit } = inputSpec(path);
  return unit === '1' ? 0 : `0 ${unit}`;
}

function numberAt(root: RawNode, path: string): number {
  const node = path.split('.').reduce<RawNode | undefined>(childOf, root);
  return node?.kind === 'scalar' && typeof node.value === 'number' ? node.value : 0;
}

/** The text at a dotted path, or ''. */
function textAt(root: RawNode, path: string): string {
  const node = path.split('.').reduce<RawNode | undefined>(childOf, root);
  return node?.kind === 'scalar' && typeof node.value === 'string' ? node.value : '';
}
