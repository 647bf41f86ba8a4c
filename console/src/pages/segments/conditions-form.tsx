import { Button, Group, Select, Stack, Text } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { randomKey } from '../../words/random-key.ts';
import { ComparisonForm, isShownComparison, type KnownField, pathText } from './comparison-form.tsx';
import { comparisonsOf, type Leaf } from './definition.ts';

/** What holds of the fields of an event, a purchase or an item: comparisons, all of which are true, or any. */
export function ConditionsForm({
  conditions,
  fields,
  begin,
  add,
  onChange,
}: {
  /** Undefined for none. */
  conditions: unknown;
  fields: readonly KnownField[];
  /** What stands before the first: `where`, `with an item of which`. */
  begin: string;
  /** What the button says: `Only those where …`. */
  add: string;
  onChange: (conditions: Leaf | undefined) => void;
}) {
  const { kind, each } = comparisonsOf(conditions) ?? { kind: 'all', each: [] };
  // They have no names of their own: each keeps a key while it is written.
  const [keys, setKeys] = useState<readonly string[]>(() => each.map(randomKey));
  const set = (next: readonly Leaf[], as: 'all' | 'any' = kind) =>
    onChange(next.length === 0 ? undefined : { [as]: next });
  return (
    <>
      {each.length > 0 && (
        <Stack gap="xs" pl={{ base: 0, sm: 'md' }}>
          {each.length > 1 && (
            <Select
              label="How many of these"
              allowDeselect={false}
              maw={280}
              data={[
                { value: 'all', label: 'all are true' },
                { value: 'any', label: 'at least one is true' },
              ]}
              value={kind}
              onChange={(value) => set(each, value === 'any' ? 'any' : 'all')}
            />
          )}
          {each.map((comparison, index) => (
            <div className="condition-line" key={keys[index] ?? index}>
              <Text size="sm" c="dimmed" className="binding-word">
                {index === 0 ? begin : kind === 'all' ? 'and' : 'or'}
              </Text>
              <ComparisonForm
                label="Its"
                comparison={comparison}
                fields={fields}
                onChange={(next) => set(each.with(index, next))}
              />
              <Button
                variant="subtle"
                size="xs"
                color="gray"
                mb={4}
                aria-label={`Remove what holds of ${pathText(comparison.path) || 'its field'}`}
                onClick={() => {
                  setKeys(keys.toSpliced(index, 1));
                  set(each.toSpliced(index, 1));
                }}
              >
                Remove
              </Button>
            </div>
          ))}
        </Stack>
      )}
      <Group>
        <Button
          variant="subtle"
          size="xs"
          leftSection={<IconPlus size={14} aria-hidden />}
          onClick={() => {
            setKeys([...keys, randomKey()]);
            set([...each, { path: '', is: '' }]);
          }}
        >
          {each.length === 0 ? add : 'And where …'}
        </Button>
      </Group>
    </>
  );
}

/** Whether the form can show them whole. */
export const isShownConditions = (conditions: unknown): boolean =>
  comparisonsOf(conditions)?.each.every(isShownComparison) ?? false;
