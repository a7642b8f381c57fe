/** Blocks computed by other workers: one at a time each. */
import type { BlockTask, TimedBlock } from '../../engine/tasks.js';
import { InvariantError } from '../../errors.js';
import type { HelperReply } from './messages.js';

type Waiting = {
  readonly task: BlockTask;
  readonly resolve: (block: TimedBlock) => void;
  readonly reject: (error: Error) => void;
};

export class Helpers {
  readonly count: number;
  readonly #idle: MessagePort[];
  readonly #queue: Waiting[] = [];

  constructor(ports: readonly MessagePort[]) {
    this.count = ports.length;
    this.#idle = [...ports];
  }

  readonly compute = (task: BlockTask): Promise<TimedBlock> =>
    new Promise((resolve, reject) => {
      this.#queue.push({ task, resolve, reject });
      this.#next();
    });

  #next(): void {
    const port = this.#idle[0];
    const waiting = port === undefined ? undefined : this.#queue.shift();
    if (port === undefined || waiting === undefined) return;
    this.#idle.shift();
    port.onmessage = ({ data }: MessageEvent<HelperReply>) => {
      this.#idle.push(port);
      if (data.kind === 'block') waiting.resolve(data.block);
      else waiting.reject(new InvariantError(data.message));
      this.#next();
    };
    port.postMessage(waiting.task);
  }
}
