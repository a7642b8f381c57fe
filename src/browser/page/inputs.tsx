/** All inputs of both sides, row by row. */
import { useMemo } from 'preact/hooks';
import type { BenchState, SideIndex } from '../../workbench/edits.js';
import { type RowGroup, rowsOf } from '../../workbench/fields.js';
import { valueAt } from '../../workbench/tree.js';
import type { Json, Side } from '../../workbench/types.js';
import { Control } from './controls.js';

interface InputsProps {
  readonly state: BenchState;
  readonly choices: readonly Side[];
  readonly onEdit: (
    index: SideIndex,
    keys: readonly string[],
    value: Json,
    gesture: string | null,
  ) => void;
  readonly onChoose: (index: SideIndex, choice: Side) => void;
}

const SIDES = [0, 1] as const;

export function Inputs({ state, choices, onEdit, onChoose }: InputsProps) {
  const { sides } = state.bench;
  const groups = useMemo(() => rowsOf(sides), [sides]);
  return (
    <section class="inputs" aria-label="Designs">
      <div class="row heads">
        {SIDES.map((index) => (
          <div key={index} class={`head side${index}`}>
            <strong>{sides[index].name}</strong>
            <select
              aria-label={`Design in place of ${sides[index].name}`}
              value=""
              onChange={({ currentTarget }) => {
                const choice = choices[Number(currentTarget.value)];
                if (choice !== undefined) onChoose(index, choice);
                currentTarget.value = '';
              }}
            >
              <option value="">put here…</option>
              {choices.map(({ name }, k) => (
                <option key={name} value={k}>
                  {name}
                </option>
              ))}
            </select>
            <button type="button" onClick={() => onChoose(index, sides[index === 0 ? 1 : 0])}>
              copy of {sides[index === 0 ? 1 : 0].name}
            </button>
          </div>
        ))}
      </div>
      {groups.map((group, g) => (
        <Group key={group.title} group={group} isOpen={g < 4} state={state} onEdit={onEdit} />
      ))}
    </section>
  );
}

interface GroupProps extends Pick<InputsProps, 'state' | 'onEdit'> {
  readonly group: RowGroup;
  readonly isOpen: boolean;
}

function Group({ group, isOpen, state: { bench, origins }, onEdit }: GroupProps) {
  return (
    <details class="group" open={isOpen}>
      <summary>{group.title}</summary>
      {group.rows.map((row) => (
        <div class="row" key={row.keys.join('.')}>
          <span class="label">
            {row.label} <small>{row.description}</small>
          </span>
          {SIDES.map((index) => {
            const value = valueAt(bench.sides[index], row.keys);
            const origin = valueAt(origins[index], row.keys);
            const name = bench.sides[index].name;
            return (
              <div
                key={index}
                class={`cell side${index}`}
                data-changed={JSON.stringify(value) !== JSON.stringify(origin)}
              >
                {value !== undefined && (
                  <Control
                    label={`${name}: ${group.title.toLowerCase()}, ${row.label}`}
                    row={row}
                    value={value}
                    origin={origin}
                    onChange={(to, gesture) => onEdit(index, row.keys, to, gesture)}
                  />
                )}
              </div>
            );
          })}
        </div>
      ))}
    </details>
  );
}
