// Bundles what runs in a browser: the page of the workbench and its workers, into dist/browser/.
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('..', import.meta.url));
const shim = (name) => `${root}src/browser/shims/${name}.ts`;

/** What a browser does not have, or takes in another way. */
const shims = {
  name: 'shims',
  setup({ onResolve }) {
    onResolve({ filter: /^node:(fs|path)$/ }, () => ({ path: shim('no-files') }));
    onResolve({ filter: /^csv-parse\b/ }, () => ({ path: shim('no-csv') }));
    onResolve({ filter: /\/package-root\.js$/ }, () => ({ path: shim('package-root') }));
    onResolve({ filter: /^\.\/mathjs\.js$/ }, () => ({ path: shim('mathjs') }));
  },
};

await build({
  entryPoints: {
    director: `${root}src/browser/worker/direct.ts`,
    helper: `${root}src/browser/worker/help.ts`,
    page: `${root}src/browser/page/index.tsx`,
  },
  outdir: `${root}dist/browser`,
  bundle: true,
  minify: true,
  format: 'iife',
  platform: 'browser',
  target: 'es2022',
  charset: 'utf8',
  legalComments: 'eof',
  logLevel: 'warning',
  plugins: [shims],
  metafile: process.argv.includes('--sizes'),
}).then(({ metafile }) => {
  if (metafile === undefined) return;
  for (const [file, { bytes }] of Object.entries(metafile.outputs)) console.log(file, bytes);
});
