/** `matedpair schema`: the JSON Schemas of the file formats. */
import { Argument, type Command } from 'commander';
import { resultJsonSchema } from '../../result/schema.js';
import { designJsonSchema, scenarioJsonSchema } from '../../scenario/index.js';

const SCHEMAS = {
  scenario: scenarioJsonSchema,
  design: designJsonSchema,
  result: resultJsonSchema,
} as const;

export function addSchemaCommand(program: Command): void {
  program
    .command('schema')
    .summary('print the JSON Schema of a file format')
    .description('Prints a JSON Schema, for editors that complete and check files.')
    .addArgument(
      new Argument('[format]', 'file format').choices(Object.keys(SCHEMAS)).default('scenario'),
    )
    .addHelpText(
      'after',
      `
Examples:
  $ matedpair schema > scenario.schema.json
  $ matedpair schema result > result.schema.json`,
    )
    .action((format: keyof typeof SCHEMAS) => {
      process.stdout.write(`${JSON.stringify(SCHEMAS[format](), null, 2)}\n`);
    });
}
