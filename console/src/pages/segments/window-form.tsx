import { Select, TextInput } from '@mantine/core';
import { NumberField } from '../../shell/number-field.tsx';
import { localInput } from '../../words/formats.ts';
import { isPart, type Leaf } from './definition.ts';
import { isShownSpan, SpanField } from './span-field.tsx';
import { ZoneField } from './zone-field.tsx';

/** Ways to say when, by what stands in `during`. */
const ways = [
  { value: 'ever', label: 'at any time' },
  { value: 'last', label: 'in the last …' },
  { value: 'next', label: 'in the next …' },
  { value: 'lastDays', label: 'on the last … days' },
  { value: 'range', label: 'from day to day' },
] as const;
type Way = (typeof ways)[number]['value'];

/** A window, undefined for at any time, and by whose clock its days go, undefined for the project's. */
export interface WindowAndZone {
  window: Leaf | undefined;
  zone: unknown;
}

/** A leaf whose window stands in `during`, with another one. */
export function withWindow(leaf: Leaf, { window, zone }: WindowAndZone): Leaf {
  const { during: _, zone: __, ...rest } = leaf;
  return { ...rest, ...(window && { during: window }), ...(zone === undefined ? {} : { zone }) };
}

/** When something happened, or a date lies. `isAlways`: that there is a window; `isDate`: what is to come too, and a zone in any case. */
export function WindowForm({
  window,
  zone,
  label = 'When',
  isAlways = false,
  isDate = false,
  onChange,
}: WindowAndZone & {
  label?: string;
  isAlways?: boolean;
  isDate?: boolean;
  onChange: (next: WindowAndZone) => void;
}) {
  const way = wayOf(window);
  const shown = ways.filter(({ value }) => (value !== 'ever' || !isAlways) && (value !== 'next' || isDate));
  const span = window?.[way];
  const set = (next: Leaf | undefined) => onChange({ window: next, zone });
  return (
    <>
      <Select
        label={label}
        allowDeselect={false}
        data={shown}
        value={way}
        onChange={(value) => set(beginningOf(shown.find((each) => each.value === value)?.value ?? 'last'))}
      />
      {isShownSpan(span) && (
        <SpanField label="How long" span={span} onChange={(next) => set({ [way]: next })} />
      )}
      {window && way === 'lastDays' && (
        <NumberField
          label="With today"
          className="short-field"
          suffix=" days"
          min={1}
          max={36_500}
          allowDecimal={false}
          value={Number(window.lastDays)}
          onChange={(days) => set({ lastDays: days })}
        />
      )}
      {window && way === 'range' && (
        <>
          <Day label="From" value={window.from} onChange={(from) => set(rangeOf(from, window.to))} />
          <Day label="To the end of" value={window.to} onChange={(to) => set(rangeOf(window.from, to))} />
        </>
      )}
      {window && (isDate || way === 'lastDays' || way === 'range') && (
        <ZoneField zone={zone} onChange={(next) => onChange({ window, zone: next })} />
      )}
    </>
  );
}

function Day({ label, value, onChange }: { label: string; value: unknown; onChange: (day: string) => void }) {
  return (
    <TextInput
      label={label}
      type="date"
      value={typeof value === 'string' ? value : ''}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}

function wayOf(window: Leaf | undefined): Way {
  if (!window) return 'ever';
  return (['lastDays', 'next', 'last'] as const).find((way) => way in window) ?? 'range';
}

/** Today by the reader's calendar, as a field of a date has it. */
export const today = () => localInput(Date.now()).slice(0, 10);

const rangeOf = (from: unknown, to: unknown): Leaf => ({
  ...(from ? { from } : {}),
  ...(to ? { to } : {}),
});

function beginningOf(way: Way): Leaf | undefined {
  switch (way) {
    case 'ever':
      return undefined;
    case 'lastDays':
      return { lastDays: 30 };
    case 'range':
      return { from: today() };
    default:
      return { [way]: { days: 30 } };
  }
}

/** Whether the form can show a window whole. */
export function isShownWindow(window: unknown): boolean {
  if (window === undefined) return true;
  if (!isPart(window)) return false;
  const way = wayOf(window);
  if (way === 'last' || way === 'next') return isShownSpan(window[way]);
  if (way === 'lastDays') return true;
  return [window.from, window.to].every(
    (day) => day === undefined || (typeof day === 'string' && day.length === 10),
  );
}
