import { ActionIcon, Button, Group, Select, Stack, Text } from '@mantine/core';
import { IconPlus, IconX } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { fieldsQuery } from '../../api/catalogs.ts';
import { randomKey } from '../../words/random-key.ts';
import { ComparisonForm, isShownLine, type KnownField, pathText } from './comparison-form.tsx';
import { comparisonsOf, isPart, type Leaf, saysOnly } from './definition.ts';

/** A comparison on a line, `remove` at its end, and below it what holds of the item whose id it compares. */
export function ComparisonLine({
  comparison,
  fields,
  label,
  begin,
  remove,
  onChange,
}: {
  comparison: Leaf;
  fields: readonly KnownField[];
  label: string;
  /** The word before it. */
  begin?: ReactNode;
  remove?: ReactNode;
  onChange: (comparison: Leaf) => void;
}) {
  const { inCatalog } = comparison;
  const item =
    isPart(inCatalog) && typeof inCatalog.catalog === 'string' && inCatalog.catalog !== '' ? inCatalog : null;
  return (
    <>
      <div className="condition-line">
        {begin}
        <ComparisonForm label={label} comparison={comparison} fields={fields} onChange={onChange} />
        {remove}
      </div>
      {item && (
        <ItemConditions
          key={String(item.catalog)}
          item={item}
          onChange={(next) => onChange({ ...comparison, inCatalog: next })}
        />
      )}
    </>
  );
}

/** What holds of the item of a catalog. */
function ItemConditions({ item, onChange }: { item: Leaf; onChange: (item: Leaf) => void }) {
  const { data: known } = useQuery(fieldsQuery(String(item.catalog)));
  const fields = known
    ? [
        ...Object.entries(known.definedMappings).map(([name, type]) => ({ name, type })),
        ...known.undefinedFields.map((name) => ({ name, type: '' })),
      ]
    : [];
  const { where: _, ...rest } = item;
  return (
    <ConditionsForm
      conditions={item.where}
      fields={fields}
      begin="and of the item"
      add="Only items where …"
      onChange={(where) => onChange(where === undefined ? rest : { ...rest, where })}
    />
  );
}

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
            <ComparisonLine
              key={keys[index] ?? index}
              label="Its"
              begin={
                <Text size="sm" c="dimmed" className="binding-word">
                  {index === 0 ? begin : kind === 'all' ? 'and' : 'or'}
                </Text>
              }
              comparison={comparison}
              fields={fields}
              onChange={(next) => set(each.with(index, next))}
              remove={
                <ActionIcon
                  variant="subtle"
                  color="gray"
                  size={36}
                  aria-label={`Remove what holds of ${pathText(comparison.path) || 'its field'}`}
                  onClick={() => {
                    setKeys(keys.toSpliced(index, 1));
                    set(each.toSpliced(index, 1));
                  }}
                >
                  <IconX size={18} aria-hidden />
                </ActionIcon>
              }
            />
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

/** Whether a line, with what holds of an item below it, can show a comparison whole. */
export function isShownComparison(comparison: unknown): comparison is Leaf {
  if (!isShownLine(comparison)) return false;
  const { inCatalog } = comparison;
  if (inCatalog === undefined) return true;
  return isPart(inCatalog) && saysOnly(inCatalog, ['catalog', 'where']) && isShownConditions(inCatalog.where);
}

/** Whether the form can show them whole. */
export const isShownConditions = (conditions: unknown): boolean =>
  comparisonsOf(conditions)?.each.every(isShownComparison) ?? false;
