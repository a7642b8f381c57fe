/** What the two designs come to: verdict, figures, pictures of one mating. */
import { useMemo, useState } from 'preact/hooks';
import type { Figure } from '../../report/figure.js';
import { causesFigure } from '../../report/figures/causes.js';
import { endFaceFigures } from '../../report/figures/end-face.js';
import { lossFigures } from '../../report/figures/losses.js';
import { matedFacesFigure } from '../../report/figures/mated-faces.js';
import { comparisonAnswer, lossAnswer } from '../../report/run-answers.js';
import { decibelText, percentText } from '../../report/text.js';
import type { PairResult } from '../../result/schema.js';
import type { Estimate } from '../../statistics/intervals.js';
import type { Answer } from '../../workbench/types.js';
import { FigureView } from './figure-view.js';

const VIEWS = ['exceedance', 'distribution', 'causes', 'fibres'] as const;
/** What the first stage still tells: ten fibres in fifty thousand. */
const LEAST_SHARE = 2e-4;
type ViewName = (typeof VIEWS)[number];

interface ResultsProps {
  readonly answer: Answer;
  readonly mating: number;
  readonly onMating: (mating: number) => void;
}

export function Results({ answer, mating, onMating }: ResultsProps) {
  const [view, setView] = useState<ViewName>('exceedance');
  const figures = useMemo(() => figuresOf(answer, view), [answer, view]);
  const faces = useMemo(
    () =>
      answer.faces.map((face, side) =>
        matedFacesFigure(face, answer.pairs[side]!.name, null, `Mating ${face.mating}`),
      ),
    [answer],
  );
  const worst = answer.pairs.map(({ worstMatings }) => worstMatings[0]?.mating);
  return (
    <div class="results">
      <p class="verdict" data-matings={answer.matings}>
        {answer.pairs.map(lossAnswer).join(' ')}
        {answer.difference !== null && ` ${comparisonAnswer(answer.difference)}`}
      </p>
      <Numbers answer={answer} />
      <Limits answer={answer} />
      <fieldset class="tabs" aria-label="Figure">
        {VIEWS.map((name) => (
          <button
            key={name}
            type="button"
            aria-pressed={name === view}
            onClick={() => setView(name)}
          >
            {name}
          </button>
        ))}
      </fieldset>
      {figures.map((figure) => (
        <FigureView key={figure.id} figure={figure} />
      ))}
      <p class="mating">
        <label>
          Mating drawn{' '}
          <input
            type="number"
            min={0}
            step={1}
            value={mating}
            onChange={({ currentTarget }) => {
              const index = currentTarget.valueAsNumber;
              if (Number.isSafeInteger(index) && index >= 0) onMating(index);
            }}
          />
        </label>{' '}
        {worst.map((index, side) =>
          index === undefined ? null : (
            <button key={side === 0 ? 'a' : 'b'} type="button" onClick={() => onMating(index)}>
              worst of {answer.pairs[side]!.name}
            </button>
          ),
        )}
      </p>
      {faces.map((figure) => (
        <FigureView key={figure.id} figure={figure} isLater={true} />
      ))}
    </div>
  );
}

function figuresOf(answer: Answer, view: ViewName): Figure[] {
  const { pairs, resolved } = answer;
  const designs = Object.fromEntries(resolved.map(({ name, design }) => [name, design]));
  switch (view) {
    case 'distribution':
    case 'exceedance': {
      const [distribution, exceedance] = lossFigures(
        {
          pairs: [...pairs],
          scenario: { designs },
        },
        LEAST_SHARE,
      );
      return [view === 'distribution' ? distribution! : exceedance!];
    }
    case 'causes':
      return [causesFigure({ pairs: [...pairs] })];
    case 'fibres':
      return endFaceFigures([...pairs]);
  }
}

type NumberRow = readonly [string, (pair: PairResult) => Estimate, (estimate: Estimate) => string];

const NUMBER_ROWS: readonly NumberRow[] = [
  ['mean', ({ il }) => il.mean, decibelText],
  ['median', ({ il }) => il.p50, decibelText],
  ['97 %', ({ il }) => il.p97, decibelText],
  ['worst fibre, 97 %', ({ worstFibre }) => worstFibre.p97, decibelText],
  ['≤ 0.25 dB', ({ yields }) => yields.find(({ limitDb }) => limitDb === 0.25)!.fibre, percentText],
  ['air gap', ({ gapFraction }) => gapFraction, percentText],
];

/** Where the scenario asks for return losses. */
const RETURN_LOSS_ROWS: readonly NumberRow[] = [
  ['return loss, median', ({ returnLoss }) => returnLoss!.all.p50, decibelText],
  ['return loss, 97 % reach', ({ returnLoss }) => returnLoss!.all.p3, decibelText],
];

/** In short; the `data` elements hold all digits. */
function Numbers({ answer }: { readonly answer: Answer }) {
  const hasReturnLoss = answer.pairs.every(({ returnLoss }) => returnLoss !== null);
  const rows = [...NUMBER_ROWS, ...(hasReturnLoss ? RETURN_LOSS_ROWS : [])];
  return (
    <table class="numbers">
      <thead>
        <tr>
          <th scope="col">loss</th>
          {answer.pairs.map(({ name }) => (
            <th key={name} scope="col">
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map(([title, of, text]) => (
          <tr key={title}>
            <th scope="row">{title}</th>
            {answer.pairs.map((pair) => (
              <td key={pair.name}>
                <data value={String(of(pair).value)}>{text(of(pair))}</data>
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** Whether the limits of the scenario are kept. */
function Limits({ answer }: { readonly answer: Answer }) {
  const limits = answer.pairs.flatMap(({ name, limits: all }) =>
    all.map(({ limit, verdict }) => ({ name, limit, verdict })),
  );
  if (limits.length === 0) return null;
  return (
    <ul class="limits">
      {limits.map(({ name, limit, verdict }) => (
        <li key={`${name}: ${limit}`} data-verdict={verdict}>
          {name}: {limit}: <strong>{verdict}</strong>
        </li>
      ))}
    </ul>
  );
}
