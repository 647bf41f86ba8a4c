import { Select } from '@mantine/core';
import { NumberField } from '../../shell/number-field.tsx';
import { isPart, type Leaf } from './definition.ts';

const tests = [
  { value: 'atLeast', label: 'at least' },
  { value: 'atMost', label: 'at most' },
  { value: 'moreThan', label: 'more than' },
  { value: 'lessThan', label: 'less than' },
  { value: 'is', label: 'exactly' },
  { value: 'between', label: 'from … to …' },
] as const;
type Test = (typeof tests)[number]['value'];

const testOf = (test: Leaf): Test => tests.find(({ value }) => value in test)?.value ?? 'atLeast';
/** The numbers of a test; both ends of a range, else the same twice. */
const endsOf = (value: unknown): [number, number] => {
  const [from = 0, to = from] = [value].flat().map(Number);
  return [from, to];
};

/** How a number is compared: `{ "atLeast": 2 }`. */
export function NumberTestField({
  label,
  test,
  onChange,
}: {
  label: string;
  test: Leaf;
  onChange: (test: Leaf) => void;
}) {
  const chosen = testOf(test);
  const [from, to] = endsOf(test[chosen]);
  const made = (as: Test, low: number, high: number): Leaf => ({
    [as]: as === 'between' ? [low, high] : low,
  });
  return (
    <>
      <Select
        label={label}
        allowDeselect={false}
        data={tests}
        value={chosen}
        onChange={(next) => {
          const other = tests.find(({ value }) => value === next)?.value;
          if (other) onChange(made(other, from, Math.max(from, to)));
        }}
      />
      <NumberField
        label={chosen === 'between' ? 'Lowest' : 'Number'}
        className="short-field"
        value={from}
        onChange={(low) => onChange(made(chosen, low, Math.max(low, to)))}
      />
      {chosen === 'between' && (
        <NumberField
          label="Highest"
          className="short-field"
          value={to}
          min={from}
          onChange={(high) => onChange(made(chosen, from, high))}
        />
      )}
    </>
  );
}

/** Whether the field can show a test, with what else stands beside it. */
export const isShownNumberTest = (test: unknown, beside: readonly string[] = []): test is Leaf => {
  if (!isPart(test)) return false;
  const [name, ...more] = Object.keys(test).filter((each) => !beside.includes(each));
  return more.length === 0 && tests.some(({ value }) => value === name);
};
