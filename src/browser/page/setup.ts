/** What a page brings along: the start of its workbench and the engine, fetched or embedded. */
import type { Start } from '../../workbench/types.js';

export interface Setup {
  readonly start: Start;
  readonly kernel: WebAssembly.Module;
  /** Addresses of the scripts of the workers. */
  readonly director: string;
  readonly helper: string;
}

/** From the studio's server, from files beside the page. */
export async function fetchedSetup(): Promise<Setup> {
  const [start, kernel] = await Promise.all([fetched('start.json'), fetched('kernel.wasm')]);
  return {
    start: (await start.json()) as Start,
    kernel: await WebAssembly.compile(await kernel.arrayBuffer()),
    director: 'director.js',
    helper: 'helper.js',
  };
}

async function fetched(name: string): Promise<Response> {
  const response = await fetch(name);
  if (!response.ok) throw new Error(`${name}: ${response.status} ${response.statusText}`);
  return response;
}

/** From elements of a page that stands alone. */
export async function embeddedSetup(): Promise<Setup> {
  const octets = Uint8Array.from(atob(embedded('kernel')), (letter) => letter.charCodeAt(0));
  return {
    start: embedded<Start>('start'),
    kernel: await WebAssembly.compile(octets),
    director: scriptUrl(embedded('director')),
    helper: scriptUrl(embedded('helper')),
  };
}

function scriptUrl(script: string): string {
  return URL.createObjectURL(new Blob([script], { type: 'text/javascript' }));
}

function embedded<T = string>(name: string): T {
  return JSON.parse(document.getElementById(`matedpair-${name}`)?.textContent ?? '""') as T;
}
