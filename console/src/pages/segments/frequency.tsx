import { Select } from '@mantine/core';
import { NumberField } from '../../shell/number-field.tsx';
import { isPart, type Leaf } from './definition.ts';

/** How often, as one says it, by the test of a number that it is. */
const frequencies = [
  { value: 'once', label: 'at least once', test: { atLeast: 1 } },
  { value: 'never', label: 'never', test: { is: 0 } },
  { value: 'atLeast', label: 'at least … times', test: { atLeast: 2 } },
  { value: 'atMost', label: 'at most … times', test: { atMost: 2 } },
  { value: 'is', label: 'exactly … times', test: { is: 2 } },
  { value: 'moreThan', label: 'more than … times', test: { moreThan: 2 } },
  { value: 'lessThan', label: 'less than … times', test: { lessThan: 2 } },
] as const;

const once: Leaf = { atLeast: 1 };

/** How often something happened, as a test of a number; `others` is what else may be asked in its place, of which `other` is chosen. */
export function Frequency({
  label,
  times,
  others = [],
  other = null,
  onChange,
  onOther,
}: {
  label: string;
  times: unknown;
  others?: readonly { value: string; label: string }[];
  other?: string | null;
  onChange: (times: Leaf) => void;
  onOther?: (name: string) => void;
}) {
  const [[comparator, number] = ['atLeast', 1]] = Object.entries(isPart(times) ? times : once);
  const frequency =
    comparator === 'atLeast' && number === 1
      ? 'once'
      : comparator === 'is' && number === 0
        ? 'never'
        : comparator;
  const chosen = other ?? frequency;
  return (
    <>
      <Select
        label={label}
        allowDeselect={false}
        data={[...frequencies.map(({ value, label: words }) => ({ value, label: words })), ...others]}
        value={chosen}
        onChange={(value) => {
          const next = frequencies.find((each) => each.value === value);
          if (next) onChange(next.test);
          else if (value !== null) onOther?.(value);
        }}
      />
      {other === null && frequency !== 'once' && frequency !== 'never' && (
        <NumberField
          label="Times"
          className="short-field"
          min={comparator === 'atLeast' ? 2 : 1}
          allowDecimal={false}
          value={Number(number)}
          onChange={(next) => onChange({ [comparator]: next })}
        />
      )}
    </>
  );
}

/** Whether it can be shown whole. */
export const isShownFrequency = (times: unknown): boolean => {
  if (times === undefined) return true;
  if (!isPart(times)) return false;
  const [[name, number] = [], ...more] = Object.entries(times);
  return (
    more.length === 0 &&
    frequencies.some(({ value }) => value === name) &&
    Number.isInteger(number) &&
    Number(number) >= (name === 'is' ? 0 : 1)
  );
};
