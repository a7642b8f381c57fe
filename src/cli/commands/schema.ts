/** `matedpair schema`: the JSON Schemas of the file formats. */
import { Argument, type Command } from 'commander';
import { JSON_SCHEMAS } from '../../json-schemas.js';

export function addSchemaCommand(program: Command): void {
  program
    .command('schema')
    .summary('print the JSON Schema of a file format')
    .description('Prints a JSON Schema, for editors that complete and check files.')
    .addArgument(
      new Argument('[format]', 'file format')
        .choices(Object.keys(JSON_SCHEMAS))
        .default('scenario'),
    )
    .addHelpText(
      'after',
      `
Examples:
  $ matedpair schema > scenario.schema.json
  $ matedpair schema result > result.schema.json`,
    )
    .action((format: keyof typeof JSON_SCHEMAS) => {
      process.stdout.write(`${JSON.stringify(JSON_SCHEMAS[format](), null, 2)}\n`);
    });
}
