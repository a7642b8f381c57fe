import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import { LongestFirst } from './test/support/longest-first.js';

// Tests import src/ but run the built code in dist/: what is tested is what is shipped, and at full speed, since the
// transformed sources would run at less than half of it. `npm test` builds first; when you run vitest yourself, keep
// `npx tsc -p . --watch` going.
const built = fileURLToPath(new URL('./dist/src/', import.meta.url));

const ALL = 'test/**/*.test.ts';
// Tests that change what belongs to a whole process (folder, streams, children), or use what other tests share with them
// (test/cli/helpers.ts), have a process of their own.
const OWN_PROCESS = [
  'test/{browser,cli,cluster,fuzz,package,parts}/**/*.test.ts',
  'test/plan/merge.test.ts',
  'test/report/reproduce.test.ts',
];

export default defineConfig({
  test: {
    // by default one core of each machine would idle
    maxWorkers: '100%',
    testTimeout: 120_000,
    hookTimeout: 120_000,
    alias: [{ find: /^(?:\.\.\/)+src\/(.*)$/, replacement: `${built}$1` }],
    server: { deps: { external: [/\/dist\/src\//] } },
    sequence: { sequencer: LongestFirst },
    projects: [
      { extends: true, test: { name: 'processes', include: OWN_PROCESS } },
      // The others share a process a core, in which the code is loaded and compiled once: a third of their time less.
      {
        extends: true,
        test: { name: 'library', include: [ALL], exclude: OWN_PROCESS, isolate: false },
      },
    ],
  },
});
