/**
 * Loaded before the command line by `node --import`: makes worker threads fail in chosen tasks, so that no product code knows of
 * faults. What to do stands in MATEDPAIR_FAULT as JSON:
 *
 *   kinds  of blocks, or replicates, by their number: throw, half (after the block was counted), exit, memory, loop,
 *          slow (60 ms more, and all is well)
 *   plans  plans of a pool whose blocks fail; all unless given
 *   times  how often each fails; for ever unless given
 *   log    file with a line for each attempt at one of these tasks
 */
import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { isMainThread } from 'node:worker_threads';

const text = process.env.MATEDPAIR_FAULT;
if (text !== undefined && !isMainThread) await inject(JSON.parse(text));

async function inject({ kinds, plans, times = Number.POSITIVE_INFINITY, log }) {
  const attempted = (task) => {
    const before = existsSync(log) ? readFileSync(log, 'utf8').split('\n') : [];
    appendFileSync(log, `${task}\n`);
    return before.filter((line) => line === String(task)).length;
  };

  const { Kernel } = await import('../../dist/src/kernel/kernel.js');
  const { BlockComputer } = await import('../../dist/src/engine/tasks.js');
  const compute = BlockComputer.prototype.compute;
  BlockComputer.prototype.compute = function (task) {
    const isChosen = task.block in kinds && (plans?.includes(task.number) ?? true);
    if (isChosen && attempted(task.block) < times) fail(kinds[task.block], Kernel);
    return compute.call(this, task);
  };

  const { Explorer } = await import('../../dist/src/engine/splitting/explore.js');
  const explore = Explorer.prototype.explore;
  Explorer.prototype.explore = function (streams, level, ...rest) {
    const replicate = streams.index % 2 ** 32;
    if (level === 0 && replicate in kinds && attempted(replicate) < times)
      fail(kinds[replicate], Kernel);
    return explore.call(this, streams, level, ...rest);
  };
}

function fail(kind, Kernel) {
  if (kind === 'throw') throw new Error('boom');
  if (kind === 'exit') process.exit(9);
  if (kind === 'half') {
    const { take } = Kernel.prototype;
    Kernel.prototype.take = () => {
      Kernel.prototype.take = take;
      throw new Error('half of it');
    };
  }
  if (kind === 'memory') {
    for (const all = []; ; ) all.push(new Array(1e6).fill(0.5));
  }
  if (kind === 'slow') Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 60);
  if (kind === 'loop') {
    for (;;);
  }
}
