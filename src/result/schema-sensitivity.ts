/** The file of a sensitivity study. */
import { z } from 'zod';
import { host, studyFields } from './provenance.js';
import { count, estimate } from './schema-pair.js';

const indices = z
  .object({ first: estimate, total: estimate })
  .nullable()
  .describe(
    "Sobol' indices: the share of the variance that the factor explains on its own, and with all its interactions; null if nothing varies",
  );

const change = z
  .object({ mean: estimate, sd: estimate, p97: estimate, yield: estimate })
  .describe('Changes against the pair as it is: losses in dB, the yield as a share of fibres');

const factor = z.object({
  name: z.string(),
  inputs: z
    .array(z.object({ design: z.string().nullable(), input: z.string() }))
    .describe('Inputs of designs; design null: of the mating'),
  mating: indices.describe('Of the mean loss of a mating'),
  fibre: indices.describe('Of the loss of a fibre, summed over its positions'),
  without: change.describe('With its spread set to 0'),
  cut: change.describe('With its spread cut by 10 %'),
});

const pair = z.object({
  name: z.string(),
  fibres: count,
  matings: count,
  mean: estimate,
  sd: estimate,
  p97: estimate,
  yield: estimate,
  factors: z.array(factor).describe('Largest change of the 97 % point first'),
  interactions: z
    .object({ mating: estimate, fibre: estimate })
    .nullable()
    .describe('Share of the variance that only several factors together explain'),
});

export const sensitivitySchema = z
  .object({
    ...studyFields('sensitivity'),
    confidence: z.number(),
    yieldAtDb: z.number(),
    pairs: z.array(pair),
    host,
  })
  .meta({ title: 'matedpair sensitivity' });

export type SensitivityResult = z.infer<typeof sensitivitySchema>;
export type SensitivityOfPair = z.infer<typeof pair>;
export type FactorResult = z.infer<typeof factor>;

/** The schema of the files of sensitivity studies as JSON Schema (draft 2020-12). */
export function sensitivityJsonSchema(): object {
  return z.toJSONSchema(sensitivitySchema);
}
