/** A figure of the report, alive: drawn again when it changes, only its data where nothing else has. */
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import { parse, View } from 'vega';
import { expressionInterpreter } from 'vega-interpreter';
import { compile, type TopLevelSpec } from 'vega-lite';
import type { Figure } from '../../report/figure.js';
import { CONFIG, INK } from '../../report/theme.js';

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
  useLayoutEffect(() => {
    const drawNow = (): void => {
      if (place.current !== null) drawn.current = draw(figure.spec, place.current, drawn.current);
    };
    if (!isLater) {
      drawNow();
      return undefined;
    }
    const timer = setTimeout(drawNow, LATER_MS);
    return () => clearTimeout(timer);
  }, [figure, isLater]);
  useEffect(() => () => void drawn.current?.view.finalize(), []);
  return (
    <figure class="live" data-name={figure.id}>
      <h2>{figure.title}</h2>
      <div class="drawing" role="img" aria-label={figure.title}>
        <div aria-hidden={true} ref={place} />
      </div>
      <figcaption>{figure.note}</figcaption>
    </figure>
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
  const config = JSON.parse(JSON.stringify(CONFIG).replaceAll(INK, 'currentColor'));
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
