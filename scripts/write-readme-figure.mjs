// Writes the figure with which the README opens, from the shipped scenario at its shipped seed: npm run figure. With a
// path: writes it there.
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { loadScenario, simulate } from '../dist/src/index.js';
import { figuresOf } from '../dist/src/report/figures/index.js';
import { onPaper, renderSvg } from '../dist/src/report/render.js';

const NAME = 'mpo-vs-mtp';
const inPackage = (path) => fileURLToPath(new URL(`../${path}`, import.meta.url));

const { scenario } = loadScenario(inPackage(`scenarios/${NAME}.yaml`));
const result = await simulate(scenario);
const figure = figuresOf({ kind: 'run', result }).find(({ id }) => id === 'exceedance');
if (figure === undefined) throw new Error('the report has no such figure');
const target = process.argv[2] ?? inPackage(`docs/figures/${NAME}.svg`);
await mkdir(dirname(target), { recursive: true });
await writeFile(target, `${onPaper(await renderSvg(figure))}\n`);
