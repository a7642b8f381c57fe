/** The worker of the fuzzer as JavaScript, for threads that read nothing else. */
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const BUILT = join(ROOT, 'dist', 'src');

/** Bundles this folder's worker; what it fuzzes stays outside, as it was built. */
export async function bundleWorker(): Promise<string> {
  // below node_modules, so that packages are found from there
  const outdir = join(ROOT, 'node_modules', '.cache', `matedpair-fuzz-${process.pid}`);
  await build({
    entryPoints: [fileURLToPath(new URL('./worker.ts', import.meta.url))],
    outdir,
    bundle: true,
    splitting: true,
    outExtension: { '.js': '.mjs' },
    platform: 'node',
    format: 'esm',
    packages: 'external',
    logLevel: 'error',
    plugins: [
      {
        name: 'built',
        setup: ({ onResolve }) => {
          onResolve({ filter: /^(?:\.\.\/)+src\// }, ({ path }) => ({
            path: pathToFileURL(join(BUILT, path.replace(/^(?:\.\.\/)+src\//, ''))).href,
            external: true,
          }));
        },
      },
    ],
  });
  return join(outdir, 'worker.mjs');
}
