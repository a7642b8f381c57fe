/** Sliders and fields of one row of one side. */
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { unitText } from '../../report/text.js';
import { CHOICES } from '../../workbench/choices.js';
import type { Row } from '../../workbench/fields.js';
import { type Handle, handlesOf } from '../../workbench/law-moves.js';
import { readQuantity, writeQuantity } from '../../workbench/quantity.js';
import { centreRange, numberRange, type Range, widthRange } from '../../workbench/ranges.js';
import type { Json, JsonMap } from '../../workbench/types.js';

/** @param gesture names a drag, so that it is undone as a whole */
export type Change = (value: Json, gesture: string | null) => void;

interface ControlProps {
  /** Of the side and the row, for names of fields. */
  readonly label: string;
  readonly row: Row;
  readonly value: Json;
  readonly origin: Json | undefined;
  readonly onChange: Change;
}

export function Control(props: ControlProps): JSX.Element {
  if (props.row.kind === 'choice') return <Choice {...props} />;
  return props.row.kind === 'law' ? <Law {...props} /> : <PlainNumber {...props} />;
}

function Choice({ label, row, value, onChange }: ControlProps) {
  const options = CHOICES[row.keys.join('.')] ?? [];
  return (
    <select
      aria-label={label}
      value={String(value)}
      onChange={({ currentTarget }) => {
        const option = options.find((one) => String(one) === currentTarget.value);
        if (option !== undefined) onChange(option, null);
      }}
    >
      {options.map((option) => (
        <option key={option} value={String(option)}>
          {option}
        </option>
      ))}
    </select>
  );
}

function PlainNumber({ label, row, value, origin, onChange }: ControlProps) {
  const quantity = readQuantity(value);
  if (quantity === undefined) return <Text label={label} value={value} onChange={onChange} />;
  const from = readQuantity(origin);
  const range = numberRange(
    from?.unit === quantity.unit ? from.value : quantity.value,
    quantity.unit,
    row.plausible,
    quantity.value,
  );
  return (
    <Slider
      label={label}
      name=""
      range={range}
      value={quantity.value}
      unit={quantity.unit}
      onChange={(to, gesture) => onChange(writeQuantity({ ...quantity, value: to }), gesture)}
    />
  );
}

function Law({ label, row, value, origin, onChange }: ControlProps) {
  const { centre, width } = handlesOf(value);
  const from = handlesOf(origin ?? null);
  const moved =
    (handle: Handle) =>
    (to: number, gesture: string | null): void =>
      onChange(handle.moved(value as JsonMap, to), gesture);
  const originOf = (handle: Handle, other: Handle | undefined): number =>
    other !== undefined && other.unit === handle.unit ? other.value : handle.value;
  return (
    <div class="law">
      {centre !== undefined && (
        <Slider
          label={`${label}, ${centre.label}`}
          name={centre.label}
          range={centreRange(
            originOf(centre, from.centre),
            from.width?.value ?? 0,
            centre.unit,
            row.plausible,
            centre.value,
          )}
          value={centre.value}
          unit={centre.unit}
          onChange={moved(centre)}
        />
      )}
      {width !== undefined && (
        <Slider
          label={`${label}, ${width.label}`}
          name={width.label}
          range={widthRange(originOf(width, from.width), width.value)}
          value={width.value}
          unit={width.unit}
          onChange={moved(width)}
        />
      )}
      <details>
        <summary>{lawName(value)}</summary>
        <Text label={`${label}, distribution`} value={value} onChange={onChange} />
      </details>
    </div>
  );
}

function lawName(value: Json): string {
  if (Array.isArray(value)) return 'sum of laws';
  return typeof value === 'object' && value !== null
    ? String((value as JsonMap)['distribution'])
    : 'law';
}

interface SliderProps {
  readonly label: string;
  /** Which number of a law it is. */
  readonly name: string;
  readonly range: Range;
  readonly value: number;
  readonly unit: string;
  readonly onChange: (to: number, gesture: string | null) => void;
}

function Slider({ label, name, range, value, unit, onChange }: SliderProps) {
  const { low, high, step } = range;
  const [draft, setDraft] = useState<string>();
  return (
    <span class="slider">
      <span class="name">{name}</span>
      <input
        type="range"
        aria-label={`${label}, slider`}
        min={low}
        max={high}
        step={step}
        value={value}
        onInput={({ currentTarget }) => onChange(currentTarget.valueAsNumber, label)}
      />
      <input
        type="number"
        aria-label={unit === '' ? label : `${label}, ${unit}`}
        step="any"
        value={draft ?? value}
        onInput={({ currentTarget }) => setDraft(currentTarget.value)}
        onChange={({ currentTarget }) => {
          setDraft(undefined);
          if (Number.isFinite(currentTarget.valueAsNumber))
            onChange(currentTarget.valueAsNumber, null);
        }}
      />
      <span class="unit">{unitText(unit)}</span>
    </span>
  );
}

/**
 * A value as it would stand in a scenario file: a law in full, a shorthand, an expression.
 *
 * What is being typed stays until it is done: the page is drawn again with every answer.
 */
function Text({ label, value, onChange }: Pick<ControlProps, 'label' | 'value' | 'onChange'>) {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  const [draft, setDraft] = useState<string>();
  return (
    <textarea
      aria-label={label}
      rows={text.length > 40 ? 4 : 1}
      spellcheck={false}
      value={draft ?? text}
      onInput={({ currentTarget }) => setDraft(currentTarget.value)}
      onChange={({ currentTarget }) => {
        setDraft(undefined);
        onChange(readText(currentTarget.value), null);
      }}
    />
  );
}

function readText(text: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return text.trim();
  }
}
