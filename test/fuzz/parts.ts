/** The parts of a run in two shards, as the command line writes them. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { matedpair, temporaryFolder } from '../cli/helpers.js';

export async function halvesOf(scenario: string): Promise<readonly [string, string]> {
  const folder = temporaryFolder();
  writeFileSync(join(folder, 's.yaml'), scenario);
  const half = async (index: number): Promise<string> => {
    const shard = ['--shard', `${index}/2`, '--workers', '0', '--out', 'r.json'];
    await matedpair(folder, ['run', 's.yaml', ...shard]);
    return readFileSync(join(folder, 'r.json.parts', `part-${index}-of-2.jsonl`), 'utf8');
  };
  return [await half(1), await half(2)];
}
