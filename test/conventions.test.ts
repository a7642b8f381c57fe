/** House rules that a compiler does not check: portable arithmetic, one-way imports, short files. */
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const SOURCE = fileURLToPath(new URL('../src/', import.meta.url));

interface SourceFile {
  /** Path below src/ with forward slashes. */
  readonly path: string;
  /** First folder of the path; '' for files in src/ itself. */
  readonly folder: string;
  readonly text: string;
}

const files: readonly SourceFile[] = readdirSync(SOURCE, { recursive: true, encoding: 'utf8' })
  .map((path) => path.replaceAll('\\', '/'))
  .filter((path) => /\.tsx?$/.test(path))
  .map((path) => ({
    path,
    folder: path.includes('/') ? path.slice(0, path.indexOf('/')) : '',
    text: readFileSync(SOURCE + path, 'utf8'),
  }));

function withoutComments(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(^|\s)\/\/.*$/gm, '');
}

/** Every match of a pattern in the code of some files, as `path: match`. */
function matches(among: readonly SourceFile[], pattern: RegExp): string[] {
  return among.flatMap(({ path, text }) =>
    Array.from(withoutComments(text).matchAll(pattern), ([match]) => `${path}: ${match}`),
  );
}

/** Folders whose numbers go into the plan or the result. */
const PORTABLE = ['numerics', 'random', 'model', 'plan', 'statistics'];

/** Members of Math that the language defines to the last bit. All others may differ between engines. */
const EXACT =
  'abs|ceil|clz32|floor|fround|imul|max|min|round|sign|sqrt|trunc|E|LN10|LN2|LOG10E|LOG2E|PI|SQRT1_2|SQRT2';
const INEXACT_MATH = new RegExp(
  `\\bMath\\s*(\\.\\s*(?!(?:${EXACT})\\b)\\w+|\\[)|=\\s*Math\\b(?!\\s*[.[])`,
  'g',
);

/** `**` goes through Math.pow; only literal powers of two, which are exact everywhere, are let through. */
const INEXACT_POWER = /(?:\S+\s+)?\*\*(?:=|\s*\S+)/g;
const LITERAL_POWER_OF_TWO = /: \(?-?2 \*\* -?\d+/;

function inexactPowers(among: readonly SourceFile[]): string[] {
  return matches(among, INEXACT_POWER).filter((match) => !LITERAL_POWER_OF_TWO.test(match));
}

describe('portable arithmetic', () => {
  const portable = files.filter(({ folder }) => PORTABLE.includes(folder));

  it('uses no function of Math that may differ between engines', () => {
    expect(portable.length).toBeGreaterThan(20);
    expect(matches(portable, INEXACT_MATH)).toEqual([]);
    expect(inexactPowers(portable)).toEqual([]);
  });

  it('knows no clock and no other source of chance', () => {
    expect(matches(portable, /\bMath\.random|\bDate\b|\bperformance\b|\bcrypto\b/g)).toEqual([]);
  });

  it('the patterns find what they are for', () => {
    const text =
      'a = Math.exp(1); b = x ** 3; c = 2 ** k; d = 2 ** -32; // Math.log\n const { sin } = Math;';
    const sample = [{ path: 'x', folder: 'x', text }];
    expect(matches(sample, INEXACT_MATH)).toEqual(['x: Math.exp', 'x: = Math']);
    expect(inexactPowers(sample)).toEqual(['x: x ** 3;', 'x: 2 ** k;']);
  });
});

/** For each folder, the folders that it may import besides itself. errors.ts is open to all. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  numerics: [],
  random: ['numerics'],
  model: ['numerics'],
  kernel: ['plan', 'statistics', 'model', 'random', 'numerics'],
  statistics: ['numerics', 'model'],
  scenario: ['random', 'numerics'],
  plan: ['scenario', 'model', 'random', 'numerics'],
  engine: ['plan', 'statistics', 'model', 'kernel', 'random', 'numerics'],
  result: ['engine', 'plan', 'scenario', 'statistics', 'numerics'],
  parts: ['result', 'engine', 'plan', 'scenario', 'statistics'],
  studies: [
    'parts',
    'result',
    'engine',
    'plan',
    'scenario',
    'statistics',
    'model',
    'random',
    'numerics',
  ],
  report: ['result', 'statistics', 'scenario', 'numerics'],
  workbench: ['result', 'engine', 'plan', 'scenario', 'statistics'],
  browser: ['workbench', 'report', 'result', 'engine', 'plan', 'statistics'],
  studio: ['workbench', 'report', 'engine'],
  cluster: ['scenario'],
  cli: [
    'cluster',
    'parts',
    'studio',
    'workbench',
    'studies',
    'report',
    'result',
    'engine',
    'plan',
    'scenario',
    'statistics',
    'model',
    'random',
    'numerics',
  ],
};

/** Folders that know numbers only: of the files in src/ itself they may import errors.ts alone. */
const NUMBERS_ONLY = ['numerics', 'random', 'model', 'kernel', 'statistics'];

/** What a file imports from elsewhere in src: `folder` or, for files in src/ itself, `errors.js`. */
function importedFolders({ path, text }: SourceFile): string[] {
  const imports = withoutComments(text).matchAll(/(?:from|import)\s*\(?\s*'(\.[^']*)'/g);
  return Array.from(imports, ([, target]) => {
    const url = new URL(target as string, `file:///src/${path}`);
    return url.pathname.slice('/src/'.length).split('/')[0] as string;
  });
}

function isAllowed(folder: string, imported: string): boolean {
  if (imported === 'errors.js' || imported === folder) return true;
  if (imported.endsWith('.js')) return !NUMBERS_ONLY.includes(folder);
  return MAY_IMPORT[folder]?.includes(imported) ?? false;
}

describe('imports between the folders', () => {
  const inFolders = files.filter(({ folder }) => folder !== '');

  it('every folder has its rule', () => {
    const folders = new Set(inFolders.map(({ folder }) => folder));
    expect([...folders].filter((folder) => !(folder in MAY_IMPORT))).toEqual([]);
  });

  it('go one way: cli → studies, report → result → engine → plan → scenario, and numbers know numbers only', () => {
    const wrong = inFolders.flatMap((file) =>
      importedFolders(file)
        .filter((imported) => !isAllowed(file.folder, imported))
        .map((imported) => `${file.path} imports ${imported}`),
    );
    expect(wrong).toEqual([]);
  });

  it('the rules form no circle', () => {
    const visit = (folder: string, above: readonly string[]): void => {
      expect(above, 'circle').not.toContain(folder);
      for (const next of MAY_IMPORT[folder] ?? []) visit(next, [...above, folder]);
    };
    for (const folder of Object.keys(MAY_IMPORT)) visit(folder, []);
  });

  it('an import against the direction is found', () => {
    const text =
      "import type { Plan } from '../plan/types.js';\nimport { log } from '../numerics/elementary.js';";
    const [plan, numerics] = importedFolders({ path: 'model/x.ts', folder: 'model', text });
    expect(isAllowed('model', plan as string)).toBe(false);
    expect(isAllowed('model', numerics as string)).toBe(true);
    expect(isAllowed('model', 'package-root.js')).toBe(false);
  });
});

describe('files', () => {
  it('have at most 300 lines', () => {
    const long = files.filter(({ text }) => text.trimEnd().split('\n').length > 300);
    expect(long.map(({ path }) => path)).toEqual([]);
  });
});
