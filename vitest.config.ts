import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

// Tests import src/ but run the built code in dist/: what is tested is what is shipped, and at full speed, since the
// transformed sources would run at less than half of it. `npm test` builds first; when you run vitest yourself, keep
// `npx tsc -p . --watch` going.
const built = fileURLToPath(new URL('./dist/src/', import.meta.url));

export default defineConfig({
  test: {
    // by default one core of each machine would idle
    maxWorkers: '100%',
    include: ['test/**/*.test.ts'],
    testTimeout: 120_000,
    hookTimeout: 120_000,
    alias: [{ find: /^(?:\.\.\/)+src\/(.*)$/, replacement: `${built}$1` }],
    server: { deps: { external: [/\/dist\/src\//] } },
  },
});
