/** The engine as the page sees it: questions go in, answers come out as they are found. */
import type { Answer, Question, Refusal, Workbench } from '../../workbench/types.js';
import type { DirectorStart, HelperStart, Reply, Request } from '../worker/messages.js';
import type { Setup } from './setup.js';

/** Beside the director; more would only wait for it. */
const MOST_HELPERS = 8;

export interface Listener {
  readonly answered: (answer: Answer) => void;
  readonly refused: (refusal: Refusal) => void;
  readonly failed: (message: string) => void;
}

export class EngineClient {
  readonly #director: Worker;
  readonly #files = new Map<number, (text: string) => void>();
  #nextFile = 0;

  constructor({ director, helper, kernel }: Setup, listener: Listener) {
    const start = (
      script: string,
      message: DirectorStart | HelperStart,
      ports: readonly MessagePort[],
    ): Worker => {
      const worker = new Worker(script);
      worker.onerror = (event) => listener.failed(event.message || 'a worker could not be started');
      worker.postMessage(message, [...ports]);
      return worker;
    };
    // One core is left to the page and the director, so that the next first curve need not wait.
    const count = Math.min(MOST_HELPERS, Math.max(1, (navigator.hardwareConcurrency || 2) - 1));
    const helpers = Array.from({ length: count }, () => {
      const { port1, port2 } = new MessageChannel();
      start(helper, { kernel, director: port2 }, [port2]);
      return port1;
    });
    this.#director = start(director, { kernel, helpers }, helpers);
    this.#director.onmessage = ({ data }: MessageEvent<Reply>) => {
      if (data.kind === 'answer') listener.answered(data);
      else if (data.kind === 'refusal') listener.refused(data);
      else if (data.kind === 'defect') listener.failed(data.message);
      else {
        this.#files.get(data.id)?.(data.text);
        this.#files.delete(data.id);
      }
    };
  }

  ask(question: Question): void {
    this.#send({ kind: 'ask', question });
  }

  /** The scenario file of a workbench. */
  file(bench: Workbench, matings: number): Promise<string> {
    const id = this.#nextFile++;
    return new Promise((resolve) => {
      this.#files.set(id, resolve);
      this.#send({ kind: 'file', id, bench, matings });
    });
  }

  #send(request: Request): void {
    this.#director.postMessage(request);
  }
}
