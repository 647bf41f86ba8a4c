import { Button, Card, Group, Menu, Paper, Select, Stack, Text } from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { useRef } from 'react';
import type { KnownNames } from '../../api/segments.ts';
import { counted } from '../../words/formats.ts';
import { ConditionForm } from './condition-form.tsx';
import {
  beginnings,
  type GroupKind,
  groupKinds,
  groupOf,
  groupWords,
  leafOf,
  type Part,
  partsOf,
} from './definition.ts';

interface BuilderProps {
  part: Part;
  /** `definition.all.0`. */
  place: string;
  names: KnownNames;
  /** How many people each condition holds of, by its place. */
  counts: ReadonlyMap<string, number>;
  onChange: (part: Part) => void;
  /** Takes the part away; absent of the whole. */
  onRemove?: () => void;
}

/** A definition, to be read and changed part by part. */
export function Builder(props: BuilderProps) {
  const kind = groupOf(props.part);
  return kind ? <GroupEditor {...props} kind={kind} /> : <ConditionEditor {...props} />;
}

function GroupEditor({
  part,
  place,
  names,
  counts,
  onChange,
  onRemove,
  kind,
}: BuilderProps & { kind: GroupKind }) {
  const parts = partsOf(part, kind);
  const focus = useFocusOnLast();
  return (
    <Card component="section" aria-label={groupWords[kind].label} p="md" withBorder>
      <Stack gap="sm">
        <Group justify="space-between" align="flex-end">
          <Select
            label="Of whom"
            allowDeselect={false}
            w={280}
            maw="100%"
            data={groupKinds.map((each) => ({ value: each, label: groupWords[each].label }))}
            value={kind}
            onChange={(next) => onChange({ [groupKinds.find((each) => each === next) ?? kind]: parts })}
          />
          {onRemove && <RemoveButton what="group" onRemove={onRemove} />}
        </Group>
        <Stack gap="sm" ref={focus.list}>
          {parts.map((each, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: parts have no names; they are told by their places
            <Stack key={`${index} of ${parts.length}`} gap="sm">
              {index > 0 && (
                <Text size="sm" fw={600} c="dimmed">
                  {groupWords[kind].between}
                </Text>
              )}
              <Builder
                part={each}
                place={`${place}.${kind}.${index}`}
                names={names}
                counts={counts}
                onChange={(next) => onChange({ [kind]: parts.with(index, next) })}
                {...(parts.length > 1 && { onRemove: () => onChange({ [kind]: parts.toSpliced(index, 1) }) })}
              />
            </Stack>
          ))}
        </Stack>
        <Group gap="xs">
          <AddMenu
            onAdd={(next) => {
              focus.await();
              onChange({ [kind]: [...parts, next] });
            }}
            onClosed={focus.lead}
          />
        </Group>
      </Stack>
    </Card>
  );
}

/** Leads the focus into a part that was just added, so that one writes on where one was. */
function useFocusOnLast() {
  const list = useRef<HTMLDivElement>(null);
  const isAwaited = useRef(false);
  return {
    list,
    await: () => {
      isAwaited.current = true;
    },
    /** When the menu has closed, and given the focus back to its button. */
    lead: () => {
      if (isAwaited.current) list.current?.lastElementChild?.querySelector('input')?.focus();
      isAwaited.current = false;
    },
  };
}

function AddMenu({ onAdd, onClosed }: { onAdd: (part: Part) => void; onClosed: () => void }) {
  return (
    <Menu position="bottom-start" withinPortal transitionProps={{ onExited: onClosed }}>
      <Menu.Target>
        <Button variant="default" size="xs" leftSection={<IconPlus size={14} aria-hidden />}>
          Add a condition
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {Object.entries(beginnings).map(([kind, { label, leaf }]) => (
          <Menu.Item key={kind} onClick={() => onAdd({ [kind]: leaf })}>
            {label}
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Item onClick={() => onAdd({ any: [{ field: beginnings.field?.leaf }] })}>
          A group of conditions
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

function ConditionEditor({ part, place, names, counts, onChange, onRemove }: BuilderProps) {
  const { kind, leaf } = leafOf(part);
  const people = counts.get(`${place}.${kind}`);
  return (
    <Paper withBorder p="sm" radius="md">
      <Stack gap="xs">
        <ConditionForm
          kind={kind}
          leaf={leaf}
          names={names}
          onChange={(next) => onChange({ [kind]: next })}
        />
        <Group justify="space-between" mih={30}>
          <Text size="sm" c="dimmed">
            {people === undefined ? '' : `${counted(people, 'person', 'people')} by itself`}
          </Text>
          {onRemove && (
            <RemoveButton what={`condition (${beginnings[kind]?.label ?? kind})`} onRemove={onRemove} />
          )}
        </Group>
      </Stack>
    </Paper>
  );
}

function RemoveButton({ what, onRemove }: { what: string; onRemove: () => void }) {
  return (
    <Button
      variant="subtle"
      size="xs"
      color="gray"
      aria-label={`Remove this ${what}`}
      leftSection={<IconTrash size={14} aria-hidden />}
      onClick={onRemove}
    >
      Remove
    </Button>
  );
}
