/** The structure of `measured` in a design: a plug of a CSV file, or its values as a result writes them out. */
import { z } from 'zod';
import { documented, name } from './schema-parts.js';

const value = z.number({ error: 'a number' });
const fibres = z.array(value, { error: 'a list of numbers, one a fibre' }).min(1).max(72);
const guides = z.tuple([value, value], { error: 'two numbers, beside fibre 1 first' });

const fromFile = z.strictObject({
  file: documented(z.string({ error: 'the path of a CSV file' }).min(1).max(1000), {
    description: 'CSV with a row a fibre; units in its header.',
  }),
  plug: documented(name.clone(), {
    description: 'Name of the plug, if the file holds several.',
  }).optional(),
});

const written = z.strictObject({
  coreErrorXUm: fibres.optional(),
  coreErrorYUm: fibres.optional(),
  fibreHeightUm: fibres.optional(),
  modeFieldDiameterUm: fibres.optional(),
  coreDiameterUm: fibres.optional(),
  numericalAperture: fibres.optional(),
  tiltXRad: fibres.optional(),
  tiltYRad: fibres.optional(),
  holeDiametersUm: guides.optional(),
  pinDiametersUm: guides.optional(),
  pitchErrorUm: value.optional(),
  slopeErrorXRad: value.optional(),
  slopeErrorYRad: value.optional(),
});

export const measuredSchema = documented(
  z.union([fromFile, written], { error: 'file and plug, or measured values' }),
  {
    id: 'measured',
    description:
      'What was measured of this one plug; it stands instead of the laws. What is missing is drawn from them.',
  },
);
