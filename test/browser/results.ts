/** Results of all kinds as files, from a scenario whose every name tries to be more than text. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { formatResult } from '../../src/result/files.js';
import { ScenarioText } from '../../src/scenario/index.js';
import { parseTolerances } from '../../src/scenario/read-allocation.js';
import { parseSweepParameter } from '../../src/scenario/read-sweep.js';
import { allocationStudy } from '../../src/studies/allocate/study.js';
import { exceedance } from '../../src/studies/exceedance.js';
import { sensitivity } from '../../src/studies/sensitivity/sensitivity.js';
import { simulate } from '../../src/studies/simulate.js';
import { sweep } from '../../src/studies/sweep/sweep.js';

/** Each would call alert, one way or the other, if it were markup. */
export const EVIL = [
  '</script><script>alert(1)</script>',
  '--></style><svg onload=alert(2)>',
  '"><img src=x onerror=alert(3)>',
  "' onmouseover='alert(4)' x='",
  '<a href="javascript:alert(5)">javascript:alert(5)</a>',
  ']]></text><text onclick="alert(6)">',
] as const;

const [SCRIPT, STYLE, IMAGE, QUOTE, LINK, TEXT] = EVIL.map((text) => JSON.stringify(text));

const EVIL_SCENARIO = `name: ${LINK}
description: ${STYLE}
designs: { ${IMAGE}: { extends: mtp-standard }, mpo: { extends: generic-mpo } }
pairs:
  ${SCRIPT}: { pinned: ${IMAGE}, unpinned: ${IMAGE}, limits: [p97 <= 0.6 dB] }
  ${TEXT}: { pinned: mpo, unpinned: mpo }
  ${QUOTE}: { pinned: mpo, unpinned: ${IMAGE} }
comparisons: [[${SCRIPT}, ${TEXT}]]
matings: 2000`;

const PLAIN_SCENARIO = `name: plain
designs: { mtp: { extends: mtp-standard }, mpo: { extends: generic-mpo } }
pairs: { mtp: { pinned: mtp, unpinned: mtp, limits: [p97 <= 0.6 dB] } }
matings: 1000`;

const LINK_SCENARIO = `name: steps and lanes
designs: { e: { extends: mtp-elite } }
pairs: { e: { pinned: e, unpinned: e } }
matings: 300
experiment: { type: stress, steps: { room: {}, hot: { temperature: 85 degC } } }
channels:
  link: { fibre: OS2, spans: [{ polarity: B, length: 5 m }, { polarity: B, length: 5 m }], connectors: [e], budget: 0.5 dB, lanes: [{ transmit: 1, receive: 1 }, { transmit: 3, receive: 3 }] }`;

const workers = 0;
const parsed = (text: string) => new ScenarioText(text).parse().scenario;

/** Writes a result of each kind into a folder; their names. */
export async function writeResults(folder: string): Promise<string[]> {
  const plain = parsed(PLAIN_SCENARIO);
  const grid = ['mating.friction=range(0.1, 0.2, 30)', 'designs.mtp.mounting.type=floating, fixed'];
  const results = [
    await simulate(parsed(EVIL_SCENARIO), { workers }),
    await simulate(parsed(LINK_SCENARIO), { workers }),
    await sweep(
      new ScenarioText(PLAIN_SCENARIO),
      { design: 'grid', points: null, parameters: grid.map(parseSweepParameter) },
      { workers },
    ),
    await sensitivity(plain, { workers }),
    await allocationStudy(plain, {
      pair: 'mtp',
      question: 'widest',
      tolerances: parseTolerances('--widest', ['designs.mtp.bores.positionError'], ['mtp', 'mpo'], {
        least: 0.5,
        most: 2,
      }),
      workers,
    }),
    await exceedance(plain, { aboveDb: [0.5, 1], workers, maxReplicates: 20 }),
  ];
  return results.map((result, i) => {
    writeFileSync(join(folder, `r${i}.json`), formatResult(result));
    return `r${i}.json`;
  });
}
