import { Autocomplete, Checkbox, Group, NumberInput, Select, TagsInput, TextInput } from '@mantine/core';
import { isPart, type Leaf } from './definition.ts';
import { isShownWindow, WindowForm } from './window-form.tsx';

/** Comparators, and what they take. */
const comparators = [
  { value: 'is', label: 'is', takes: 'value' },
  { value: 'isNot', label: 'is not, or is missing', takes: 'value' },
  { value: 'isAnyOf', label: 'is one of', takes: 'values' },
  { value: 'isNoneOf', label: 'is none of, or is missing', takes: 'values' },
  { value: 'contains', label: 'contains', takes: 'text' },
  { value: 'doesNotContain', label: 'does not contain, or is missing', takes: 'text' },
  { value: 'startsWith', label: 'starts with', takes: 'text' },
  { value: 'endsWith', label: 'ends with', takes: 'text' },
  { value: 'matches', label: 'matches the pattern', takes: 'text' },
  { value: 'moreThan', label: 'is more than', takes: 'number' },
  { value: 'atLeast', label: 'is at least', takes: 'number' },
  { value: 'lessThan', label: 'is less than', takes: 'number' },
  { value: 'atMost', label: 'is at most', takes: 'number' },
  { value: 'before', label: 'lies before the day', takes: 'day' },
  { value: 'on', label: 'lies on the day', takes: 'day' },
  { value: 'after', label: 'lies after the day', takes: 'day' },
  { value: 'during', label: 'is a date that lies', takes: 'window' },
  { value: 'anniversary', label: 'has its anniversary', takes: 'anniversary' },
  { value: 'exists', label: 'is there', takes: 'nothing' },
  { value: 'missing', label: 'is missing', takes: 'nothing' },
] as const;
type Comparator = (typeof comparators)[number];

const caseMatters: ReadonlySet<string> = new Set(['value', 'values', 'text']);

/** A field with its comparison, as a line that can be read. */
export function ComparisonForm({
  comparison,
  fields,
  label,
  onChange,
}: {
  comparison: Leaf;
  fields: readonly { name: string; type: string }[];
  /** What the field is of: “Their”, “Its”. */
  label: string;
  onChange: (comparison: Leaf) => void;
}) {
  const path = typeof comparison.path === 'string' ? comparison.path : '';
  const type = fields.find(({ name }) => name === path)?.type;
  const chosen = comparatorOf(comparison);
  const base = { path: comparison.path };
  return (
    <Group gap="xs" align="flex-end">
      <Autocomplete
        label={`${label} field`}
        data={fields.map(({ name }) => name)}
        value={path}
        onChange={(value) => onChange({ ...comparison, path: value })}
      />
      <Select
        label="How"
        allowDeselect={false}
        searchable
        data={comparators.map(({ value, label: words }) => ({ value, label: words }))}
        value={chosen.value}
        onChange={(value) => {
          const next = comparators.find((each) => each.value === value);
          if (next) onChange({ ...base, ...beginningOf(next, comparison[chosen.value], type) });
        }}
      />
      <Value
        comparator={chosen}
        comparison={comparison}
        type={type}
        onChange={(part) => onChange({ ...comparison, ...part })}
      />
      {caseMatters.has(chosen.takes) && typeof comparison[chosen.value] !== 'number' && (
        <Checkbox
          label="Upper and lower case alike"
          mb={8}
          checked={comparison.ignoringCase === true}
          onChange={(event) => {
            const { ignoringCase: _, ...rest } = comparison;
            onChange(event.currentTarget.checked ? { ...rest, ignoringCase: true } : rest);
          }}
        />
      )}
    </Group>
  );
}

function Value({
  comparator,
  comparison,
  type,
  onChange,
}: {
  comparator: Comparator;
  comparison: Leaf;
  type: string | undefined;
  onChange: (part: Leaf) => void;
}) {
  const { value: name, takes } = comparator;
  const value = comparison[name];
  const set = (next: unknown) => onChange({ [name]: next });
  const isNumber = type === 'long' || type === 'double';
  if (takes === 'number' || (takes === 'value' && (isNumber || typeof value === 'number')))
    return (
      <NumberInput
        label="Number"
        w={140}
        value={typeof value === 'number' ? value : ''}
        onChange={(next) => set(Number(next) || 0)}
      />
    );
  if (takes === 'value' && (type === 'boolean' || typeof value === 'boolean'))
    return (
      <Select
        label="Value"
        allowDeselect={false}
        data={['true', 'false']}
        value={String(value === true)}
        onChange={(next) => set(next === 'true')}
      />
    );
  if (takes === 'value' || takes === 'text')
    return (
      <TextInput
        label={name === 'matches' ? 'Pattern' : 'Text'}
        value={typeof value === 'string' ? value : ''}
        onChange={(event) => set(event.currentTarget.value)}
      />
    );
  if (takes === 'values')
    return (
      <TagsInput
        label="Values"
        description="Enter after each"
        value={Array.isArray(value) ? value.map(String) : []}
        onChange={(next) => set(isNumber ? next.map(Number).filter((each) => !Number.isNaN(each)) : next)}
      />
    );
  if (takes === 'day')
    return (
      <TextInput
        label="Day"
        type="date"
        value={typeof value === 'string' ? value : ''}
        onChange={(event) => set(event.currentTarget.value)}
      />
    );
  if (takes === 'window')
    return <WindowForm isDate window={isPart(value) ? value : undefined} onChange={set} />;
  if (takes === 'nothing') return null;
  const { from = 0, to = 7 } = isPart(value) ? value : {};
  return (
    <>
      <NumberInput
        label="From days ahead"
        w={140}
        value={Number(from)}
        onChange={(next) => set({ from: Number(next) || 0, to })}
      />
      <NumberInput
        label="To days ahead"
        w={140}
        value={Number(to)}
        onChange={(next) => set({ from, to: Number(next) || 0 })}
      />
    </>
  );
}

function comparatorOf(comparison: Leaf): Comparator {
  if (comparison.exists === false)
    return comparators.find(({ value }) => value === 'missing') ?? comparators[0];
  return comparators.find(({ value }) => value in comparison) ?? comparators[0];
}

/** What a comparator begins with; what was written before stays where it fits. */
function beginningOf({ value, takes }: Comparator, before: unknown, type: string | undefined): Leaf {
  const isNumber = type === 'long' || type === 'double';
  switch (takes) {
    case 'value':
      if (type === 'boolean') return { [value]: true };
      return { [value]: isNumber ? Number(before) || 0 : typeof before === 'string' ? before : '' };
    case 'values':
      return { [value]: before === undefined || before === '' || isPart(before) ? [] : [before].flat() };
    case 'text':
      return { [value]: typeof before === 'string' ? before : '' };
    case 'number':
      return { [value]: Number(before) || 0 };
    case 'day':
      return {
        [value]:
          typeof before === 'string' && /^\d{4}-/.test(before)
            ? before
            : new Date().toISOString().slice(0, 10),
      };
    case 'window':
      return { during: { last: { days: 30 } } };
    case 'anniversary':
      return { anniversary: { from: 0, to: 7 } };
    case 'nothing':
      return { exists: value === 'exists' };
  }
}

/** Whether the form can show a comparison whole. */
export function isShownComparison(comparison: unknown): comparison is Leaf {
  if (!isPart(comparison) || typeof comparison.path !== 'string') return false;
  const others = Object.keys(comparison).filter((name) => !['path', 'ignoringCase', 'zone'].includes(name));
  const [name, ...more] = others;
  if (name === undefined || more.length > 0) return false;
  if (name === 'during') return isShownWindow(comparison.during);
  if (name === 'before' || name === 'after') return String(comparison[name]).length === 10;
  return name === 'exists' || comparators.some(({ value }) => value === name);
}
