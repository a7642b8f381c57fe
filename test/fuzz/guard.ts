/** Watches over what no input may do: change what all objects share, or write files elsewhere. */
import { constants } from 'node:fs';
import { createRequire, syncBuiltinESMExports } from 'node:module';
import { resolve, sep } from 'node:path';

const SHARED: Readonly<Record<string, object>> = {
  'Object.prototype': Object.prototype,
  'Array.prototype': Array.prototype,
  'Function.prototype': Function.prototype,
  'String.prototype': String.prototype,
  'Number.prototype': Number.prototype,
  'Boolean.prototype': Boolean.prototype,
  'Map.prototype': Map.prototype,
  'Set.prototype': Set.prototype,
  'RegExp.prototype': RegExp.prototype,
  'Error.prototype': Error.prototype,
  'Promise.prototype': Promise.prototype,
  'Float64Array.prototype': Float64Array.prototype,
  Object,
  Array,
  Math,
  JSON,
  Reflect,
  globalThis,
};

type Snapshot = ReadonlyMap<PropertyKey, PropertyDescriptor>;

function snapshot(of: object): Snapshot {
  return new Map(Reflect.ownKeys(of).map((key) => [key, describe(of, key)]));
}

function describe(of: object, key: PropertyKey): PropertyDescriptor {
  return Object.getOwnPropertyDescriptor(of, key) ?? {};
}

let before: ReadonlyMap<string, Snapshot> = new Map();

/** Takes what is there now, with all that libraries have put there, as what has to stay. */
export function rememberShared(): void {
  before = new Map(Object.entries(SHARED).map(([name, of]) => [name, snapshot(of)]));
}

const QUICK = ['Object.prototype', 'Array.prototype', 'Function.prototype'];

/** What was changed of that which all objects share, and is now as it was; undefined if nothing was. */
export function pollution(isThorough: boolean): string | undefined {
  for (const name of isThorough ? Object.keys(SHARED) : QUICK) {
    const of = SHARED[name] as object;
    const was = before.get(name) as Snapshot;
    const keys = Reflect.ownKeys(of);
    for (const key of keys) {
      const old = was.get(key);
      // globals of the machine load themselves when they are first asked for
      if (old === undefined ? name !== 'globalThis' : hasChanged(old, describe(of, key), name)) {
        if (old === undefined) Reflect.deleteProperty(of, key);
        else Object.defineProperty(of, key, old);
        return `${name}.${String(key)} was changed`;
      }
    }
    if (keys.length < was.size) return `${name} has lost a property`;
  }
  return undefined;
}

function hasChanged(old: PropertyDescriptor, now: PropertyDescriptor, name: string): boolean {
  if (name === 'globalThis') return false;
  return old.value !== now.value || old.get !== now.get || old.set !== now.set;
}

/** Functions of node:fs that change something, and which of their arguments name what. */
const WRITERS: Readonly<Record<string, readonly number[]>> = {
  appendFile: [0],
  copyFile: [1],
  cp: [1],
  createWriteStream: [0],
  link: [1],
  mkdir: [0],
  mkdtemp: [0],
  rename: [0, 1],
  rm: [0],
  rmdir: [0],
  symlink: [1],
  truncate: [0],
  unlink: [0],
  writeFile: [0],
};
const { O_WRONLY, O_RDWR, O_CREAT, O_TRUNC, O_APPEND } = constants;
const WRITING = O_WRONLY | O_RDWR | O_CREAT | O_TRUNC | O_APPEND;

/** Whether a file that is opened with these flags may be read only. */
function isReading(flags: unknown): boolean {
  if (typeof flags === 'number') return (flags & WRITING) === 0;
  return flags === undefined || flags === 'r' || flags === 'rs';
}

type Call = (...details: unknown[]) => unknown;

/** Lets nothing of this thread write outside `folder`; `tell` hears of whoever tries. */
export function confineWrites(folder: string, tell: (what: string) => void): void {
  const require = createRequire(import.meta.url);
  const check = (name: string, path: unknown): void => {
    if (typeof path !== 'string' && !(path instanceof URL) && !Buffer.isBuffer(path)) return;
    const full = resolve(path instanceof URL ? path.pathname : String(path));
    if (full === folder || full.startsWith(folder + sep)) return;
    tell(`${name} of ${full}`);
    throw new Error(`the fuzzed code may not write ${full}`);
  };
  for (const fs of [require('node:fs'), require('node:fs/promises')] as Record<string, Call>[]) {
    for (const [name, paths] of Object.entries(WRITERS)) {
      for (const full of [name, `${name}Sync`]) {
        const call = fs[full];
        if (call === undefined) continue;
        fs[full] = (...details) => {
          for (const p of paths) check(full, details[p]);
          return call(...details);
        };
      }
    }
    for (const name of ['open', 'openSync']) {
      const call = fs[name];
      if (call === undefined) continue;
      fs[name] = (...details) => {
        const flags = typeof details[1] === 'function' ? undefined : details[1];
        if (!isReading(flags)) check(name, details[0]);
        return call(...details);
      };
    }
  }
  syncBuiltinESMExports();
}
