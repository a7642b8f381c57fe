/** The structure of designs as zod schemas. */
import { z } from 'zod';
import { SHIPPED_DESIGNS } from './files.js';
import { FIBRE_COUNTS } from './layout.js';
import { measuredSchema } from './measured-schema.js';
import { ANGLE_DEFAULTS, DESIGN_SCALARS, FIBRE_MODES, PRICE_PATTERN } from './scalars.js';
import { choice, correlations, inputRows, place, type Shape } from './schema-fields.js';
import { description, documented, parameterName, quantity, schemaUrl } from './schema-parts.js';

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

export const designSchema = documented(
  z.strictObject(designShape(), { error: 'a map of the fields of a design' }),
  {
    id: 'design',
    title: 'Connector design',
    description: 'A plug design of matedpair.',
  },
);
