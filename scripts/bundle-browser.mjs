// Bundles what runs in a browser: the page of the workbench and its workers, into dist/browser/.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
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

const { metafile } = await build({
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
  metafile: true,
});

if (process.argv.includes('--sizes')) {
  for (const [file, { bytes }] of Object.entries(metafile.outputs)) console.log(file, bytes);
}

/** The licences of the packages whose code was bundled, each text once. */
const packages = new Set();
for (const input of Object.keys(metafile.inputs)) {
  const [path] = /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(input) ?? [];
  if (path !== undefined) packages.add(path);
}
const namesByText = new Map();
for (const path of [...packages].sort()) {
  const { name, version, license } = JSON.parse(readFileSync(`${path}/package.json`, 'utf8'));
  const file = readdirSync(path).find((entry) => /^licen[cs]e/i.test(entry));
  const text = file === undefined ? license : readFileSync(`${path}/${file}`, 'utf8').trim();
  namesByText.set(text, [...(namesByText.get(text) ?? []), `${name} ${version} (${license})`]);
}
const licences = [...namesByText].map(([text, names]) => `${names.join('\n')}\n\n${text}\n`);
writeFileSync(`${root}dist/browser/licences.txt`, licences.join(`\n${'-'.repeat(78)}\n\n`));
