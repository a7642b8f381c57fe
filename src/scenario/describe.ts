/** The resolved scenario as plain JSON that is itself a scenario. */
import { INPUTS, type InputName, inputSpec, type Unit } from './inputs.js';
import { LAWS } from './law-fields.js';
import { FIBRE_INPUTS, FIBRE_MODES, type FibreMode } from './scalars.js';
import type {
  Channel,
  Claim,
  Contribution,
  Correlation,
  Design,
  MatingConditions,
  Pair,
  Price,
  Scenario,
} from './types.js';

type Json = string | number | boolean | readonly Json[] | { readonly [key: string]: Json };

/**
 * The scenario as an object that reads back to exactly the same scenario.
 *
 * Everything that was left out is written out, `extends` and expressions are gone, each number has its unit in its
 * text, each law stands in its long form with its level; keys stand in a fixed order, designs in that of their names.
 */
export function describeScenario(scenario: Scenario): object {
  const names = Object.keys(scenario.designs).sort();
  return {
    name: scenario.name,
    description: scenario.description,
    seed: scenario.seed,
    matings: scenario.matings,
    experiment: describeExperiment(scenario),
    returnLoss: scenario.returnLoss,
    designs: withoutPrototype(names.map((name) => [name, describeDesign(scenario.designs[name]!)])),
    pairs: withoutPrototype(
      scenario.pairs.map((pair) => [
        pair.name,
        {
          pinned: pair.pinned,
          unpinned: pair.unpinned,
          mating: describeMating(pair.mating),
          limits: pair.limits.map((limit) => limit.text),
        },
      ]),
    ),
    comparisons: scenario.comparisons.map(([first, second]) => [first, second]),
    channels: withoutPrototype(
      scenario.channels.map((channel) => [channel.name, describeChannel(channel)]),
    ),
    claims: scenario.claims.map(describeClaim),
  };
}

function describeDesign(design: Design): Json {
  const sections = describeInputs(design.inputs, 'design');
  return {
    description: design.description,
    ...(design.price === null ? {} : { price: describePrice(design.price) }),
    gender: design.gender,
    fibres: {
      count: design.fibreCount,
      mode: design.mode,
      ...ofMode(sections.get('fibres') ?? {}, design.mode),
    },
    bores: { ...sections.get('bores') },
    guideHoles: {
      ...sections.get('guideHoles'),
      wearRate: withUnit(design.wear.rateUm, 'um'),
      wearExponent: design.wear.exponent,
    },
    guidePins: {
      shape: design.pinShape,
      majorAxis: design.pinMajorAxis,
      tip: design.pinTip,
      clamp: design.pinClamp,
      ...sections.get('guidePins'),
      expansion: withUnit(design.thermal.pinExpansion, '/degC'),
      wearFactor: design.wear.tipFactor,
    },
    endFace: {
      polish: design.polish,
      angle: withUnit(design.endFaceAngleRad, 'rad'),
      ...sections.get('endFace'),
      withdrawal: withUnit(design.thermal.withdrawalUmPerDegC, 'um/degC'),
    },
    spring: {
      ...sections.get('spring'),
      temperatureCoefficient: withUnit(design.thermal.springCoefficient, '/degC'),
    },
    mounting: {
      type: design.mounting.type,
      sideLoadTransmission: design.mounting.sideLoadTransmission,
      angularStiffness: withUnit(design.mounting.angularStiffness, 'N um/rad'),
      ferruleExpansion: withUnit(design.thermal.ferruleExpansion, '/degC'),
    },
    correlations: describeCorrelations(design.correlations),
    ...(design.measured === null ? {} : { measured: { ...design.measured } as Json }),
  };
}

function describeChannel(channel: Channel): Json {
  const { optics, fibre, budgetDb, connectorBudgetDb } = channel;
  return {
    ...(optics === null ? {} : { optics }),
    ...(fibre === null ? {} : { fibre }),
    lanes: channel.lanes.map((lane) => ({ ...lane })),
    spans: channel.spans.map(({ polarity, lengthUm, attenuationDbPerUm }) => ({
      polarity,
      length: withUnit(lengthUm, 'um'),
      attenuation: withUnit(attenuationDbPerUm, 'dB/um'),
    })),
    connectors: [...channel.connectors],
    ...(budgetDb === null ? {} : { budget: withUnit(budgetDb, 'dB') }),
    ...(connectorBudgetDb === null ? {} : { connectorBudget: withUnit(connectorBudgetDb, 'dB') }),
  };
}

function describeClaim({ says, of, statistic, atLeastDb, atMostDb }: Claim): Json {
  return {
    says,
    of: of.length === 1 ? of[0] : [...of],
    statistic,
    ...(atLeastDb === null ? {} : { atLeast: withUnit(atLeastDb, 'dB') }),
    ...(atMostDb === null ? {} : { atMost: withUnit(atMostDb, 'dB') }),
  };
}

function describePrice({ low, high, currency }: Price): string {
  return low === high ? `${low} ${currency}` : `${low} to ${high} ${currency}`;
}

/** Without the fields of fibres of the other mode. */
function ofMode(fields: Readonly<Record<string, Json>>, mode: FibreMode): Record<string, Json> {
  const others = FIBRE_MODES.filter((other) => other !== mode).flatMap((other) => [
    ...FIBRE_INPUTS[other],
  ]);
  return Object.fromEntries(
    Object.entries(fields).filter(([field]) => !others.some((name) => name === `fibres.${field}`)),
  );
}

function describeExperiment(scenario: Scenario): Json {
  const { experiment, pairs } = scenario;
  switch (experiment.type) {
    case 'random-mate':
      return { type: experiment.type };
    case 're-mating':
      return { type: experiment.type, cycles: [...experiment.cycles] };
    case 'lot':
      return { ...experiment };
    case 'stress':
      return {
        type: experiment.type,
        steps: withoutPrototype(
          experiment.steps.map(({ name, sets }, k) => [name, stepFields(pairs[0], k, sets)]),
        ),
      };
  }
}

/** What step `k` sets, as it came out for a pair. */
export function stepFields(pair: Pair | undefined, k: number, sets: readonly string[]): Json {
  const conditions = pair?.steps[k];
  const all = conditions === undefined ? {} : describeMating(conditions);
  return withoutPrototype(
    Object.entries(all).filter((entry): entry is [string, Json] => sets.includes(entry[0])),
  );
}

function describeMating(mating: MatingConditions): Json {
  return {
    adapter: mating.adapter,
    launch: typeof mating.launch === 'string' ? mating.launch : [...mating.launch],
    temperature: withUnit(mating.temperatureDegC, 'degC'),
    unpinnedWarmerBy: withUnit(mating.unpinnedWarmerByDegC, 'degC'),
    earlierMatings: mating.earlierMatings,
    debrisProbability: mating.debrisProbability,
    wavelength: withUnit(mating.wavelengthUm, 'um'),
    glassIndex: mating.glassIndex,
    seatCentring: mating.seatCentring,
    friction: mating.frictionCoefficient,
    slipStiffness: withUnit(mating.slipStiffnessNPerUm, 'N/um'),
    pinStiffness: withUnit(mating.pinStiffnessNPerUm, 'N/um'),
    pinAngularStiffness: withUnit(mating.pinAngularStiffness, 'N um/rad'),
    contactStiffness: withUnit(mating.contactStiffnessNPerUm, 'N/um'),
    engagedLength: withUnit(mating.engagedLengthUm, 'um'),
    ...describeInputs(mating.inputs, 'mating').get(''),
    correlations: describeCorrelations(mating.correlations),
  };
}

/** The inputs by section ('' for those without one), in the order of the table. */
function describeInputs(
  inputs: Readonly<Partial<Record<InputName, readonly Contribution[]>>>,
  of: 'design' | 'mating',
): ReadonlyMap<string, Record<string, Json>> {
  const sections = new Map<string, Record<string, Json>>();
  for (const { name, of: owner } of INPUTS) {
    if (owner !== of) continue;
    const [section, field] = name.includes('.')
      ? (name.split('.') as [string, string])
      : ['', name];
    const laws = (inputs[name] ?? []).map((law) => describeLaw(law, inputSpec(name).unit));
    const [only] = laws;
    const fields = sections.get(section) ?? {};
    fields[field] = laws.length === 1 && only !== undefined ? only : laws;
    sections.set(section, fields);
  }
  return sections;
}

function describeLaw(contribution: Contribution, unit: Unit): Json {
  const { distribution, level } = contribution;
  const fields: Record<string, Json> = { distribution };
  const values = new Map<string, unknown>(Object.entries(contribution));
  for (const [field, { kind }] of Object.entries(LAWS[distribution].fields)) {
    const value = values.get(field);
    // an absent truncation bound is left out
    if (value === null || value === undefined) continue;
    if (kind === 'quantity') fields[field] = withUnit(value as number, unit);
    else if (kind === 'quantities') {
      fields[field] = (value as readonly number[]).map((item) => withUnit(item, unit));
    } else fields[field] = value as Json;
  }
  fields['level'] = level;
  return fields;
}

function describeCorrelations(correlations: readonly Correlation[]): Json {
  return correlations.map(({ inputs, matrix }) => ({
    inputs: [...inputs],
    matrix: matrix.map((row) => [...row]),
  }));
}

function withUnit(value: number, unit: Unit): Json {
  return unit === '1' ? value : `${value} ${unit}`;
}

/** An object in which no name means anything but itself. */
function withoutPrototype(entries: readonly (readonly [string, Json])[]): Record<string, Json> {
  const object: Record<string, Json> = Object.create(null);
  for (const [name, value] of entries) object[name] = value;
  return object;
}
