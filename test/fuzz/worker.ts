/** The thread that runs one target: what it does with each input, and what goes wrong. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';
import { UserError } from '../../src/errors.js';
import { Chance } from '../support/chance.js';
import { confineWrites, pollution, rememberShared } from './guard.js';
import type { Done, Failure, Order } from './order.js';
import { shrink } from './shrink.js';
import { hash, type Target } from './target.js';
import { TARGETS } from './targets/index.js';

const { target: name, seed, from, to, folder, single, show, progress } = workerData as Order;
const at = new Int32Array(progress);
const FULL_CHECK = 500;
const MB = 2 ** 20;

let trespass: string | undefined;
let refused = 0;
confineWrites(folder, (what) => {
  trespass = what;
});
mkdirSync(join(folder, name), { recursive: true });
const setup = TARGETS[name];
if (setup === undefined) throw new Error(`no target ${name}`);
const target: Target = await (await setup())({ folder: join(folder, name) });
rememberShared();
const rssBefore = process.memoryUsage.rss();
const heard = new Set<string>();

function inputOf(index: number): string {
  return target.make(new Chance(hash(`${seed} ${name} ${index}`)), index);
}

/** What went wrong with an input, in words that are the same for the like; undefined if nothing did. */
async function wrongWith(input: string, isThorough = false): Promise<string | undefined> {
  trespass = undefined;
  try {
    await target.run(input);
  } catch (error) {
    const isRefusal =
      error instanceof UserError || target.refusals?.some((of) => error instanceof of);
    if (isRefusal) refused += 1;
    else if (trespass === undefined) return messageOf(error);
  }
  return trespass ?? pollution(isThorough);
}

/** The error, and the first line of its stack that is ours. */
function messageOf(error: unknown): string {
  if (!(error instanceof Error)) return `thrown: ${String(error)}`;
  const frames = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
  const own = frames.find((line) => line.includes('/dist/src/')) ?? frames[0] ?? '';
  return `${error.name}: ${error.message.split('\n')[0]?.slice(0, 300)} ${own.trim()}`;
}

const kindOf = (message: string): string => message.replaceAll(/\d+|"[^"]*"/g, '');

async function look(input: string, index: number): Promise<void> {
  const message = await wrongWith(input, index % FULL_CHECK === 0);
  if (message === undefined) return;
  const kind = kindOf(message);
  if (heard.has(kind)) return;
  heard.add(kind);
  Atomics.store(at, 1, 1); // shrinking takes its time
  const small = await shrink(input, async (text) => {
    const again = await wrongWith(text);
    return again !== undefined && kindOf(again) === kind;
  });
  Atomics.store(at, 1, 0);
  parentPort?.postMessage({ target: name, index, input: small, message } satisfies Failure);
}

let slowestMs = 0;
let slowest = -1;

async function measure(input: string, index: number): Promise<void> {
  const before = process.cpuUsage();
  Atomics.store(at, 0, index);
  await look(input, index);
  const { user, system } = process.cpuUsage(before);
  if ((user + system) / 1000 > slowestMs) {
    slowestMs = (user + system) / 1000;
    slowest = index;
  }
  const grownMb = (process.memoryUsage.rss() - rssBefore) / MB;
  if (grownMb > at[2]!) Atomics.store(at, 2, grownMb);
}

if (show === true) parentPort?.postMessage({ shown: inputOf(from) });
else if (single !== undefined) await measure(single, 0);
else {
  for (let index = from; index < to; index++) {
    await measure(inputOf(index), index);
    // lets messages out, and what was left for later be done
    if (index % 20 === 0) await new Promise(setImmediate);
  }
}
parentPort?.postMessage({ done: true, slowestMs, slowest, refused } satisfies Done);
