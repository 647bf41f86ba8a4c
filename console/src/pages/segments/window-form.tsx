import { Group, NumberInput, Select, TextInput } from '@mantine/core';
import { isPart, type Leaf } from './definition.ts';

/** Ways to say when, by what stands in `during`. */
const ways = [
  { value: 'ever', label: 'at any time' },
  { value: 'days', label: 'in the last … × 24 hours' },
  { value: 'hours', label: 'in the last … hours' },
  { value: 'lastDays', label: 'in the last … days of the calendar' },
  { value: 'next', label: 'in the next … × 24 hours' },
  { value: 'range', label: 'from day to day' },
] as const;
type Way = (typeof ways)[number]['value'];

/** When something happened, or a date lies; undefined for at any time. `isDate` adds what is still to come. */
export function WindowForm({
  window,
  isDate = false,
  onChange,
}: {
  window: Leaf | undefined;
  isDate?: boolean;
  onChange: (window: Leaf | undefined) => void;
}) {
  const way = wayOf(window);
  const shown = ways.filter(({ value }) => (isDate ? value !== 'ever' : value !== 'next'));
  return (
    <Group gap="xs" align="flex-end">
      <Select
        label="When"
        allowDeselect={false}
        data={shown}
        value={way}
        onChange={(value) =>
          onChange(beginningOf(shown.find((each) => each.value === value)?.value ?? 'ever'))
        }
      />
      {window && way !== 'range' && way !== 'ever' && (
        <NumberInput
          label={way === 'hours' ? 'Hours' : 'Days'}
          min={1}
          w={96}
          value={numberOf(window, way)}
          onChange={(value) => onChange(withNumber(way, Number(value) || 1))}
        />
      )}
      {window && way === 'range' && (
        <>
          <Day label="From" value={window.from} onChange={(from) => onChange(rangeOf(from, window.to))} />
          <Day
            label="To the end of"
            value={window.to}
            onChange={(to) => onChange(rangeOf(window.from, to))}
          />
        </>
      )}
    </Group>
  );
}

function Day({ label, value, onChange }: { label: string; value: unknown; onChange: (day: string) => void }) {
  return (
    <TextInput
      label={label}
      type="date"
      value={typeof value === 'string' ? value.slice(0, 10) : ''}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}

function wayOf(window: Leaf | undefined): Way {
  if (!window) return 'ever';
  if ('lastDays' in window) return 'lastDays';
  if ('next' in window) return 'next';
  if (isPart(window.last)) return 'hours' in window.last ? 'hours' : 'days';
  return 'range';
}

const today = () => new Date().toISOString().slice(0, 10);

const rangeOf = (from: unknown, to: unknown): Leaf => ({
  ...(from ? { from } : {}),
  ...(to || !from ? { to: to || today() } : {}),
});

function beginningOf(way: Way): Leaf | undefined {
  if (way === 'ever') return undefined;
  return way === 'range' ? { from: today() } : withNumber(way, way === 'hours' ? 24 : 30);
}

function withNumber(way: Way, number: number): Leaf {
  if (way === 'lastDays') return { lastDays: number };
  if (way === 'next') return { next: { days: number } };
  return { last: { [way]: number } };
}

function numberOf(window: Leaf, way: Way): number {
  if (way === 'lastDays') return Number(window.lastDays);
  const span = isPart(window.next) ? window.next : isPart(window.last) ? window.last : {};
  return Number(span[way === 'hours' ? 'hours' : 'days'] ?? 1);
}

/** Whether the form can show a window whole. */
export function isShownWindow(window: unknown): boolean {
  if (window === undefined) return true;
  if (!isPart(window)) return false;
  const span = window.last ?? window.next;
  if (span !== undefined)
    return (
      isPart(span) &&
      Object.keys(span).every((unit) => unit === 'days' || (unit === 'hours' && 'last' in window))
    );
  if ('lastDays' in window) return true;
  return [window.from, window.to].every(
    (day) => day === undefined || (typeof day === 'string' && day.length === 10),
  );
}
