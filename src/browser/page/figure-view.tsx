/** A figure of the report, alive: drawn again when it changes, only its data where nothing else has. */
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { parse, View } from 'vega';
import { expressionInterpreter } from 'vega-interpreter';
import { compile, type TopLevelSpec } from 'vega-lite';
import type { Figure, FigureTable } from '../../report/figure.js';
import { CONFIG, INK } from '../../report/theme.js';
import { saveFigure } from './save.js';

/** After the frame in which the others appear. */
const LATER_MS = 20;

interface Drawn {
  readonly shape: string;
  readonly view: View;
}

interface FigureViewProps {
  readonly figure: Figure;
  /** Whether others may be drawn before it. */
  readonly isLater?: boolean;
}

export function FigureView({ figure, isLater = false }: FigureViewProps) {
  const place = useRef<HTMLDivElement>(null);
  const drawn = useRef<Drawn | undefined>(undefined);
  const latest = useRef(figure);
  const timer = useRef<number | undefined>(undefined);
  latest.current = figure;
  useLayoutEffect(() => {
    const drawNow = (): void => {
      timer.current = undefined;
      if (place.current === null) return;
      drawn.current = draw(latest.current.spec, place.current, drawn.current);
    };
    if (!isLater) drawNow();
    else timer.current ??= window.setTimeout(drawNow, LATER_MS);
  }, [figure, isLater]);
  useEffect(
    () => () => {
      clearTimeout(timer.current);
      drawn.current?.view.finalize();
    },
    [],
  );
  const save = (kind: 'svg' | 'png'): void => {
    const svg = place.current?.querySelector('svg');
    if (svg !== null && svg !== undefined) void saveFigure(svg, `${figure.id}.${kind}`, kind);
  };
  return (
    <figure class="live" data-name={figure.id}>
      <h2>{figure.title}</h2>
      <div class="drawing" role="img" aria-label={figure.title}>
        <div aria-hidden={true} ref={place} />
      </div>
      <figcaption>{figure.note}</figcaption>
      <p class="tools">
        {(['svg', 'png'] as const).map((kind) => (
          <button
            key={kind}
            type="button"
            aria-label={`${kind.toUpperCase()} of ${figure.title}`}
            onClick={() => save(kind)}
          >
            {kind.toUpperCase()}
          </button>
        ))}
      </p>
      <Numbers table={figure.table} title={figure.title} />
    </figure>
  );
}

/** Its numbers, put in the page when they are asked for: they change with every step of a slider. */
function Numbers({ table, title }: { readonly table: FigureTable; readonly title: string }) {
  const [isOpen, setOpen] = useState(false);
  return (
    <details onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary>Numbers</summary>
      {isOpen && (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keyboard
        <section class="table" tabIndex={0} aria-label={`Numbers of ${title}`}>
          <table>
            <thead>
              <tr>
                {table.columns.map((column) => (
                  <th key={column} scope="col">
                    {column}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {table.rows.map((row) => (
                <tr key={row.join()}>
                  {row.map((cell, c) => (
                    <td key={table.columns[c]}>
                      {typeof cell === 'number' ? Number(cell.toPrecision(5)) : (cell ?? '–')}
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      )}
    </details>
  );
}

function draw(spec: TopLevelSpec, place: HTMLDivElement, last: Drawn | undefined): Drawn {
  const tables = new Map<string, readonly object[]>();
  const shape = JSON.stringify(withoutData(spec, tables)).replaceAll(INK, 'currentColor');
  if (last !== undefined && last.shape === shape) {
    for (const [name, values] of tables) last.view.data(name, copies(values));
    last.view.run();
    return last;
  }
  last?.view.finalize();
  // Only what marks say of themselves: what is drawn may be enlarged.
  const config = JSON.parse(
    JSON.stringify({ ...CONFIG, mark: { tooltip: false } }).replaceAll(INK, 'currentColor'),
  );
  const compiled = compile(JSON.parse(shape) as TopLevelSpec, { config }).spec;
  // Without eval, which the page does not allow itself.
  const view = new View(parse(compiled, undefined, { ast: true }), {
    expr: expressionInterpreter,
    renderer: 'svg',
    container: place,
    hover: true,
  });
  for (const [name, values] of tables) view.data(name, copies(values));
  view.run();
  return { shape, view };
}

/** Vega writes into the rows that it is given. */
function copies(values: readonly object[]): object[] {
  return values.map((row) => ({ ...row }));
}

/** The spec with each inline table replaced by a name. */
function withoutData(part: unknown, tables: Map<string, readonly object[]>): unknown {
  if (Array.isArray(part)) return part.map((item) => withoutData(item, tables));
  if (part === null || typeof part !== 'object') return part;
  return Object.fromEntries(
    Object.entries(part).map(([key, value]) => {
      if (key !== 'data' || !Array.isArray(value?.values)) return [key, withoutData(value, tables)];
      const name = `table${tables.size}`;
      tables.set(name, value.values);
      return [key, { name }];
    }),
  );
}
