/** The structure of scenario and design files as zod schemas: which keys there are and what kind of thing each holds. */
import { z } from 'zod';
import { channelsSchema } from './channel-schema.js';
import { experimentSchema } from './experiment-schema.js';
import { SHIPPED_DESIGNS } from './files.js';
import { INPUTS, type InputSpec } from './inputs.js';
import { ADAPTERS, FIBRE_COUNTS } from './layout.js';
import { LIMIT_PATTERN } from './limits.js';
import { measuredSchema } from './measured-schema.js';
import {
  ANGLE_DEFAULTS,
  DEFAULT_ADAPTER,
  DEFAULT_LAUNCH,
  DEFAULT_MATINGS,
  DEFAULT_SEED,
  DESIGN_SCALARS,
  FIBRE_MODES,
  LAUNCHES,
  MATING_INPUT_DEFAULTS,
  MATING_SCALARS,
  MOST_GROUPS,
  PRICE_PATTERN,
  REQUIRED_INPUTS,
} from './scalars.js';
import {
  type Documentation,
  description,
  documented,
  inputValue,
  name,
  pairName,
  parameterName,
  quantity,
  schemaUrl,
} from './schema-parts.js';

const correlations = documented(
  z.array(
    z.strictObject(
      {
        inputs: z
          .array(z.string({ error: 'the path of an input' }), { error: 'a list of inputs' })
          .min(2),
        matrix: z.array(z.array(quantity('1'), { error: 'a list of numbers' }), {
          error: 'a list of rows',
        }),
      },
      { error: 'a group with inputs and matrix' },
    ),
    { error: 'a list of groups, each with inputs and matrix' },
  ),
  {
    description:
      'Groups of untruncated normal inputs with their correlation matrix within one level.',
  },
);

type Shape = Record<string, z.ZodType>;

/** Adds a row of a table at its dotted path, `section.field` or `field`. */
function place(
  sections: Map<string, Shape>,
  path: string,
  schema: z.ZodType,
  text: Documentation,
): void {
  const [section, fieldName] = path.includes('.') ? path.split('.') : ['', path];
  const shape = sections.get(section!) ?? {};
  shape[fieldName!] = documented(schema.clone(), text).optional();
  sections.set(section!, shape);
}

function inputRows(of: 'design' | 'mating', sections: Map<string, Shape>): void {
  for (const spec of INPUTS as readonly InputSpec[]) {
    if (spec.of !== of) continue;
    const required = REQUIRED_INPUTS.some((input) => input === spec.name);
    const fallback =
      of === 'mating'
        ? MATING_INPUT_DEFAULTS[spec.name as keyof typeof MATING_INPUT_DEFAULTS]
        : undefined;
    place(sections, spec.name, inputValue(spec), {
      description: `${spec.description} Drawn per ${spec.level}.${required ? ' Required.' : ''}`,
      ...(fallback === undefined ? {} : { default: fallback }),
    });
  }
}

function choice<const T extends readonly (string | number)[]>(
  values: T,
  text: Documentation,
): z.ZodType {
  return documented(z.literal([...values]), text).optional();
}

function designShape(): Shape {
  const sections = new Map<string, Shape>();
  inputRows('design', sections);
  for (const spec of DESIGN_SCALARS)
    place(sections, spec.name, quantity(spec.unit), { description: spec.description });
  const section = (key: string, more: Shape = {}) =>
    z
      .strictObject({ ...more, ...sections.get(key) }, { error: `a map of the fields of ${key}` })
      .optional();
  const shape = choice(['round', 'elliptical'], { description: 'Cross-section. Default round.' });
  const tip = choice(['round', 'elliptical'], {
    description: 'Shape of the tip. Default: as the pin.',
  });
  const majorAxis = choice(['x', 'y'], {
    description: 'Axis along which an elliptical pin has its full diameter. Default x.',
  });
  const clamp = choice(['clamped', 'loose'], {
    description:
      'Whether a clamp holds the pins. Loose pins have seat errors, by default an estimate. Default clamped.',
  });
  return {
    $schema: schemaUrl.optional(),
    extends: documented(z.string({ error: 'the name or the file of a design' }).min(1).max(500), {
      description:
        'Design to build on: one of this scenario, a shipped one, or a file (./name.yaml). Another mounting type, polish or pin shape than its own brings the defaults of that.',
      examples: [...SHIPPED_DESIGNS],
    }).optional(),
    description: documented(description.clone(), {
      description: 'What the plug is.',
    }).optional(),
    price: documented(
      z.string({ error: 'a price such as 35 to 60 USD' }).regex(PRICE_PATTERN, {
        error: 'a price such as 35 USD or 35 to 60 USD',
      }),
      {
        description:
          'Price of an assembly with such a plug at either end, for the cost of what passes.',
        examples: ['35 to 60 USD'],
      },
    ).optional(),
    gender: choice(['pinned', 'unpinned', 'either'], {
      description: 'Whether the plug has guide pins. Default either.',
      default: 'either',
    }),
    parameters: documented(
      z.record(
        parameterName,
        z.union([z.number(), z.string()], { error: 'a quantity or expression' }),
        { error: 'a map of names and quantities' },
      ),
      {
        description: 'Names for use in the expressions of this design.',
      },
    ).optional(),
    fibres: section('fibres', {
      count: choice(FIBRE_COUNTS, { description: 'Number of fibres. Required.' }),
      mode: choice(FIBRE_MODES, { description: 'Kind of fibre.', default: 'single-mode' }),
    }),
    bores: section('bores'),
    guideHoles: section('guideHoles'),
    guidePins: section('guidePins', { shape, majorAxis, tip, clamp }),
    endFace: section('endFace', {
      polish: choice(Object.keys(ANGLE_DEFAULTS), {
        description: 'Angled (APC) or flat (PC). Required.',
      }),
    }),
    spring: section('spring'),
    mounting: section('mounting', {
      type: choice(['floating', 'fixed'], {
        description: 'How the ferrule is held in its housing. Required.',
      }),
    }),
    correlations: correlations.optional(),
    measured: measuredSchema.optional(),
  };
}

function matingShape(): Shape {
  const sections = new Map<string, Shape>();
  inputRows('mating', sections);
  for (const spec of MATING_SCALARS) {
    place(sections, spec.name, quantity(spec.unit), {
      description: spec.description,
      default: spec.default,
    });
  }
  return {
    adapter: choice(ADAPTERS, {
      description: 'Adapter: type A or type B.',
      default: DEFAULT_ADAPTER,
    }),
    launch: documented(
      z.union(
        [
          z.literal([...LAUNCHES]),
          z
            .array(z.number({ error: 'a power of 0 or more' }).min(0))
            .min(1)
            .max(MOST_GROUPS),
        ],
        { error: `${LAUNCHES.join(', ')}, or a list of the powers of the mode groups` },
      ),
      {
        description: 'How light fills the mode groups of multimode fibres, the lowest group first.',
        default: DEFAULT_LAUNCH,
      },
    ).optional(),
    ...sections.get(''),
    correlations: correlations.optional(),
  };
}

export const designSchema = documented(
  z.strictObject(designShape(), { error: 'a map of the fields of a design' }),
  {
    id: 'design',
    title: 'Connector design',
    description: 'A plug design of matedpair.',
  },
);

const matingSchema = documented(
  z.strictObject(matingShape(), { error: 'a map of the conditions of mating' }),
  {
    id: 'mating',
    description: 'Conditions of mating, for all pairs or for one.',
  },
);

const limitText = documented(
  z.string({ error: 'a limit such as p97 <= 0.25 dB; put quotes around it' }),
  { pattern: LIMIT_PATTERN.source },
);

const limitList = documented(z.array(limitText, { error: 'a list of limits' }).max(100), {
  id: 'limits',
  description:
    'Limits such as "p97 <= 0.25 dB", "worstFibre.p97 <= 0.5 dB", "yield(0.25 dB) >= 97 %", "gapFraction <= 5 %".',
  examples: [['p97 <= 0.25 dB']],
});

const pairSchema = documented(
  z.strictObject(
    {
      pinned: documented(name.clone(), { description: 'Design of the plug with guide pins.' }),
      unpinned: documented(name.clone(), { description: 'Design of the plug without guide pins.' }),
      mating: documented(matingSchema.clone(), {
        description: 'Conditions of mating of this pair, laid over those of the scenario.',
      }).optional(),
      limits: documented(limitList.clone(), {
        description: 'Limits of this pair, besides those of the scenario.',
      }).optional(),
    },
    { error: 'a map with pinned and unpinned' },
  ),
  { id: 'pair', description: 'A pinned and an unpinned plug that are mated.' },
);

const experiment = experimentSchema(matingSchema);

export const scenarioSchema = documented(
  z.strictObject(
    {
      $schema: schemaUrl.optional(),
      name: documented(name.clone(), { description: 'Name of the scenario.' }).optional(),
      description: documented(description.clone(), {
        description: 'What the scenario is about.',
      }).optional(),
      seed: documented(
        z.union([z.string().min(1).max(200), z.int()], { error: 'a text or a whole number' }),
        { description: 'Seed of all random numbers.', default: DEFAULT_SEED },
      ).optional(),
      matings: documented(
        z.union([z.number(), z.string()], { error: 'a whole number such as 100000 or 1e6' }),
        {
          description: 'Number of matings per pair, 1 to 1e12.',
          minimum: 1,
          maximum: 1e12,
          default: DEFAULT_MATINGS,
        },
      ).optional(),
      experiment: experiment.optional(),
      returnLoss: documented(z.boolean({ error: 'true or false' }), {
        description:
          'Whether to work out return loss as well. Default: if a limit speaks of it, otherwise not.',
      }).optional(),
      designs: documented(z.record(name, designSchema, { error: 'a map of designs' }), {
        description: 'The plug designs by name.',
      }).optional(),
      mating: documented(matingSchema.clone(), {
        description: 'Conditions of mating of all pairs.',
      }).optional(),
      pairs: documented(z.record(pairName, pairSchema, { error: 'a map of pairs' }), {
        description: 'The pairs to simulate by name.',
      }),
      channels: channelsSchema.optional(),
      limits: documented(limitList.clone(), {
        description: 'Limits that every pair must keep.',
      }).optional(),
      comparisons: documented(
        z
          .array(z.tuple([name, name], { error: 'two names of pairs: [first, second]' }), {
            error: 'a list of [first, second]',
          })
          .max(1000),
        {
          description:
            'Pairs to compare; differences are second minus first. Default: the first pair with every other.',
        },
      ).optional(),
    },
    { error: 'a map of the keys of a scenario' },
  ),
  { title: 'matedpair scenario', description: 'Pairs of multi-fibre connectors to simulate.' },
);
