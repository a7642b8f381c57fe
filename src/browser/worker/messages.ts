/** What the page and its workers say to each other. */

import type { TimedBlock } from '../../engine/tasks.js';
import type { Answer, Question, Refusal, Workbench } from '../../workbench/types.js';

/** To the director, first. */
export interface DirectorStart {
  readonly kernel: WebAssembly.Module;
  readonly helpers: readonly MessagePort[];
}

/** To a helper, first. */
export interface HelperStart {
  readonly kernel: WebAssembly.Module;
  readonly director: MessagePort;
}

/** To the director. */
export type Request =
  | { readonly kind: 'ask'; readonly question: Question }
  | {
      readonly kind: 'file';
      readonly id: number;
      readonly bench: Workbench;
      readonly matings: number;
    };

/** From the director. */
export type Reply =
  | Answer
  | Refusal
  | { readonly kind: 'file'; readonly id: number; readonly text: string }
  | { readonly kind: 'defect'; readonly message: string };

/** From a helper, to each task. */
export type HelperReply =
  | { readonly kind: 'block'; readonly block: TimedBlock }
  | { readonly kind: 'defect'; readonly message: string };
