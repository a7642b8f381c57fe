/** The workbench: two designs side by side, and what they lose. */
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { Problem } from '../../errors.js';
import { type Benches, chosen, edited, resolvedTexts } from '../../workbench/edits.js';
import { beginHistory, redo, settle, undo } from '../../workbench/history.js';
import type { Answer, Workbench } from '../../workbench/types.js';
import { EngineClient } from './engine.js';
import { Inputs } from './inputs.js';
import { Results } from './results.js';
import { saveText } from './save.js';
import type { Setup } from './setup.js';

/** An answer, and the workbench that was asked about. */
interface Shown {
  readonly answer: Answer;
  readonly bench: Workbench;
}

/** What cannot be run. */
interface Refused {
  readonly bench: Workbench;
  readonly problems: readonly Problem[];
}

export function App({ setup }: { readonly setup: Setup }) {
  const { start } = setup;
  const [history, setHistory] = useState<Benches>(() =>
    beginHistory({ bench: start.bench, origins: start.bench.sides }),
  );
  const [mating, setMating] = useState(0);
  const [shown, setShown] = useState<Shown>();
  const [refused, setRefused] = useState<Refused>();
  const [defect, setDefect] = useState<string>();
  const asked = useRef(new Map<number, Workbench>());
  const nextId = useRef(0);
  const { bench } = history.present;

  const engine = useMemo(
    () =>
      new EngineClient(setup, {
        answered: (answer) => {
          // Answers to older questions are shown as well, or nothing would move while a slider does.
          for (const id of asked.current.keys()) if (id < answer.id) asked.current.delete(id);
          const of = asked.current.get(answer.id);
          if (of === undefined) return;
          setShown({ answer, bench: of });
          setDefect(undefined);
          setHistory((last) => {
            // What was typed since must stay.
            if (last.present.bench !== of) return last;
            const present = resolvedTexts(last.present, answer.resolved);
            return present === last.present ? last : { ...last, present };
          });
        },
        refused: ({ id, problems: all }) => {
          const of = asked.current.get(id);
          if (of !== undefined) setRefused({ bench: of, problems: all });
        },
        failed: setDefect,
      }),
    [setup],
  );

  // Before the page is drawn again: the answer is on its way meanwhile.
  useLayoutEffect(() => {
    const id = nextId.current++;
    asked.current.set(id, bench);
    engine.ask({ id, bench, mating });
  }, [engine, bench, mating]);

  useEffect(() => {
    const listen = (event: KeyboardEvent): void => {
      const isText = (event.target as Element).matches(
        'textarea, input[type=number], input:not([type])',
      );
      if (isText || !(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== 'z') return;
      event.preventDefault();
      setHistory(event.shiftKey ? redo : undo);
    };
    document.addEventListener('keydown', listen);
    return () => document.removeEventListener('keydown', listen);
  }, []);

  const download = async (): Promise<void> => {
    if (shown === undefined) return;
    const text = await engine.file(shown.bench, shown.answer.matings);
    saveText(text, `${fileName(shown.bench.name)}.yaml`);
  };

  const problems = refused?.bench === bench ? refused.problems : [];
  const isCurrent = shown !== undefined && shown.bench === bench;
  return (
    <div class="workbench" onChange={() => setHistory(settle)}>
      <div class="bar">
        <button type="button" disabled={history.past.length === 0} onClick={() => setHistory(undo)}>
          Undo
        </button>
        <button
          type="button"
          disabled={history.future.length === 0}
          onClick={() => setHistory(redo)}
        >
          Redo
        </button>
        <button type="button" disabled={!isCurrent} onClick={download}>
          Download scenario
        </button>
        <span
          class="status"
          role="status"
          data-current={isCurrent}
          data-last={isCurrent && shown.answer.isLast}
        >
          {statusText(shown, isCurrent, problems.length > 0)}
        </span>
        {shown !== undefined && <strong class="short">{shortText(shown.answer)}</strong>}
      </div>
      {start.leftOut.length > 0 && (
        <p class="note">
          A workbench mates each design with itself, at random. Left out of this scenario:{' '}
          {start.leftOut.join(', ')}.
        </p>
      )}
      {defect !== undefined && <p class="problem">The engine has failed: {defect}</p>}
      {problems.length > 0 && <Problems problems={problems} />}
      {shown?.answer.warnings.map((warning) => (
        <p key={warning} class="note">
          {warning}
        </p>
      ))}
      <div class="columns">
        <Inputs
          state={history.present}
          choices={start.choices}
          onEdit={(index, keys, value, gesture) =>
            setHistory((last) => edited(last, index, keys, value, gesture))
          }
          onChoose={(index, choice) => setHistory((last) => chosen(last, index, choice))}
        />
        {shown !== undefined && (
          <Results answer={shown.answer} mating={mating} onMating={setMating} />
        )}
      </div>
    </div>
  );
}

function Problems({ problems }: { readonly problems: readonly Problem[] }) {
  return (
    <ul class="problem" role="alert">
      {problems.map(({ message, expected, suggestion }) => (
        <li key={message}>
          {message}
          {expected !== undefined && `; expected: ${expected}`}
          {suggestion !== undefined && `; ${suggestion}`}
        </li>
      ))}
    </ul>
  );
}

/** What has to stay in sight. */
function shortText({ pairs }: Answer): string {
  const losses = pairs.map(({ name, il }) => `${name} ${il.p97.value.toFixed(3)}`);
  return `97 %: ${losses.join(', ')} dB`;
}

function statusText(shown: Shown | undefined, isCurrent: boolean, isRefused: boolean): string {
  if (isRefused) return 'Not run: see below. What is shown is what could be run last.';
  if (shown === undefined) return 'Starting…';
  const { matings, milliseconds, isLast } = shown.answer;
  const count = `${matings.toLocaleString('en').replaceAll(',', ' ')} matings a design`;
  const time = `${Math.round(milliseconds)} ms`;
  return `${count}, ${time}${isCurrent && isLast ? '' : ', going on…'}`;
}

function fileName(name: string): string {
  return `${name.replaceAll(/[^\p{L}\p{N}]+/gu, '-').replaceAll(/^-+|-+$/g, '') || 'scenario'}-workbench`;
}
