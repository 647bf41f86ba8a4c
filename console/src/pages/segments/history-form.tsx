import { Autocomplete, Button, Group, NumberInput, Select, Stack, Text } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import type { KnownNames } from '../../api/segments.ts';
import { ComparisonForm, isShownComparison } from './comparison-form.tsx';
import { isPart, type Leaf, saysOnly } from './definition.ts';
import { isShownWindow, WindowForm } from './window-form.tsx';

const frequencies = [
  { value: 'once', label: 'at least once', test: { atLeast: 1 } },
  { value: 'never', label: 'never', test: { is: 0 } },
  { value: 'atLeast', label: 'at least … times', test: { atLeast: 2 } },
  { value: 'atMost', label: 'at most … times', test: { atMost: 2 } },
  { value: 'is', label: 'exactly … times', test: { is: 2 } },
] as const;

/** What somebody did, or bought: how often, when, and what holds of it. */
export function HistoryForm({
  kind,
  leaf,
  names,
  onChange,
}: {
  kind: 'event' | 'purchase';
  leaf: Leaf;
  names: KnownNames;
  onChange: (leaf: Leaf) => void;
}) {
  const name = kind === 'purchase' ? 'purchase' : String(leaf.name ?? '');
  const fields = names.events.find((each) => each.name === name)?.fields ?? [];
  const conditions = conditionsOf(leaf);
  const setConditions = (next: readonly Leaf[]) => {
    const { where: _, ...rest } = leaf;
    onChange(next.length === 0 ? rest : { ...rest, where: { all: next } });
  };
  return (
    <Stack gap="xs">
      <Group gap="xs" align="flex-end">
        {kind === 'event' && (
          <Autocomplete
            label="They did"
            placeholder="The name of an event"
            data={names.events.map((each) => each.name).filter((each) => each !== 'purchase')}
            value={name}
            onChange={(value) => onChange({ ...leaf, name: value })}
          />
        )}
        <Frequency
          label={kind === 'event' ? 'How often' : 'They bought'}
          times={leaf.times}
          onChange={(times) => onChange({ ...leaf, times })}
        />
        <WindowForm
          window={isPart(leaf.during) ? leaf.during : undefined}
          onChange={(during) => {
            const { during: _, zone: __, ...rest } = leaf;
            onChange(during ? { ...rest, during } : rest);
          }}
        />
      </Group>
      {conditions.map((condition, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: they have no names, and stay in their order
        <Group key={index} gap="xs" align="flex-end" pl="md">
          <Text size="sm" c="dimmed" mb={8}>
            {index === 0 ? 'where' : 'and'}
          </Text>
          <ComparisonForm
            label="Its"
            comparison={condition}
            fields={fields}
            onChange={(next) => setConditions(conditions.with(index, next))}
          />
          <Button
            variant="subtle"
            size="xs"
            mb={4}
            aria-label={`Remove what holds of ${String(condition.path)}`}
            onClick={() => setConditions(conditions.toSpliced(index, 1))}
          >
            Remove
          </Button>
        </Group>
      ))}
      <Group>
        <Button
          variant="subtle"
          size="xs"
          leftSection={<IconPlus size={14} aria-hidden />}
          onClick={() => setConditions([...conditions, { path: fields[0]?.name ?? '', is: '' }])}
        >
          {kind === 'event' ? 'Only those where …' : 'Only purchases where …'}
        </Button>
      </Group>
    </Stack>
  );
}

/** How often, as a number test. */
export function Frequency({
  label,
  times,
  onChange,
}: {
  label: string;
  times: unknown;
  onChange: (times: Leaf) => void;
}) {
  const test = isPart(times) ? times : { atLeast: 1 };
  const [[comparator, number] = ['atLeast', 1]] = Object.entries(test);
  const chosen =
    comparator === 'atLeast' && number === 1
      ? 'once'
      : comparator === 'is' && number === 0
        ? 'never'
        : comparator;
  return (
    <>
      <Select
        label={label}
        allowDeselect={false}
        data={frequencies.map(({ value, label: words }) => ({ value, label: words }))}
        value={chosen}
        onChange={(value) =>
          onChange(frequencies.find((each) => each.value === value)?.test ?? { atLeast: 1 })
        }
      />
      {chosen !== 'once' && chosen !== 'never' && (
        <NumberInput
          label="Times"
          w={96}
          min={chosen === 'atLeast' ? 2 : 1}
          value={Number(number)}
          onChange={(value) => onChange({ [comparator]: Math.max(1, Number(value) || 1) })}
        />
      )}
    </>
  );
}

function conditionsOf({ where }: Leaf): Leaf[] {
  if (!isPart(where)) return [];
  const all = Array.isArray(where.all) ? where.all : [where];
  return all.filter(isPart);
}

/** Whether the form can show it whole. */
export function isShownHistory(leaf: Leaf): boolean {
  const isTimes =
    leaf.times === undefined || (isPart(leaf.times) && saysOnly(leaf.times, ['atLeast', 'atMost', 'is']));
  return (
    saysOnly(leaf, ['name', 'times', 'during', 'zone', 'where']) &&
    isTimes &&
    isShownWindow(leaf.during) &&
    conditionsOf(leaf).every(isShownComparison)
  );
}
