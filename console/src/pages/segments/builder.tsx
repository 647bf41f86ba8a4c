import { Button, Card, Group, Menu, Paper, Select, SimpleGrid, Stack, Text } from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { memo, type Ref, useCallback, useMemo, useRef } from 'react';
import type { KnownNames } from '../../api/segments.ts';
import { ConfirmButton } from '../../shell/confirm-button.tsx';
import { counted } from '../../words/formats.ts';
import { ConditionForm } from './condition-form.tsx';
import {
  beginnings,
  type ChangePart,
  type GroupKind,
  groupKinds,
  groupOf,
  groupWords,
  keyOf,
  kindWords,
  leafOf,
  missingIn,
  type Part,
  partsOf,
} from './definition.ts';
import type { ToldOfConditions } from './told.ts';

interface BuilderProps {
  part: Part;
  /** `definition.all.0`. */
  place: string;
  names: KnownNames;
  /** The segment that is changed; null for a new one. */
  self: number | null;
  told: ToldOfConditions;
  onChange: ChangePart;
  /** Takes the part away; absent of the whole. */
  onRemove?: (place: string) => void;
}

/** A definition, to be read and changed part by part. */
export const Builder = memo((props: BuilderProps) => {
  const kind = groupOf(props.part);
  return kind ? <GroupEditor {...props} kind={kind} /> : <ConditionEditor {...props} />;
});

function GroupEditor({ kind, ...props }: BuilderProps & { kind: GroupKind }) {
  const { part, place, onChange, onRemove } = props;
  const parts = partsOf(part, kind);
  const isWhole = onRemove === undefined;
  const focus = useFocusOnParts();
  const add = (next: Part) => onChange(place, (before) => ({ [kind]: [...partsOf(before, kind), next] }));
  const remove = useCallback(
    (at: string) => {
      onChange(at, () => null);
      focus.toPartAt(Number(at.slice(at.lastIndexOf('.') + 1)));
    },
    [onChange, focus],
  );
  return (
    <Card
      role="group"
      aria-label={groupWords[kind].label}
      p={{ base: isWhole ? 'sm' : 'xs', sm: 'md' }}
      withBorder
    >
      <Stack gap="sm">
        <Group justify="space-between" align="flex-end">
          <Select
            label="Of whom"
            allowDeselect={false}
            w={280}
            maw="100%"
            data={groupKinds.map((each) => ({ value: each, label: groupWords[each].label }))}
            value={kind}
            onChange={(value) => {
              const next = groupKinds.find((each) => each === value);
              if (next) onChange(place, (before) => ({ [next]: partsOf(before, kind) }));
            }}
          />
          {!isWhole && <RemoveGroup size={parts.length} onRemove={() => onRemove(place)} />}
        </Group>
        {parts.length === 0 && isWhole && (
          <FirstConditions
            onAdd={(next) => {
              add(next);
              focus.toPartAt(0);
            }}
          />
        )}
        <Stack gap="sm" ref={focus.list}>
          {parts.map((each, index) => (
            <Stack key={keyOf(each)} gap="sm">
              {index > 0 && (
                <Text size="sm" fw={600} c="dimmed">
                  {groupWords[kind].between}
                </Text>
              )}
              <Builder {...props} part={each} place={`${place}.${kind}.${index}`} onRemove={remove} />
            </Stack>
          ))}
        </Stack>
        {(parts.length > 0 || !isWhole) && (
          <Group gap="xs">
            <AddMenu
              button={focus.button}
              onAdd={(next) => {
                focus.await();
                add(next);
              }}
              onClosed={focus.lead}
            />
          </Group>
        )}
      </Stack>
    </Card>
  );
}

/** Keeps the focus with the parts: in one that was just added, and beside one that was taken away. */
function useFocusOnParts() {
  const list = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const isAwaited = useRef(false);
  return useMemo(
    () => ({
      list,
      button,
      await: () => {
        isAwaited.current = true;
      },
      /** When the menu has closed, and given the focus back to its button. */
      lead: () => {
        if (isAwaited.current) controlIn(list.current?.lastElementChild)?.focus();
        isAwaited.current = false;
      },
      /** When it is drawn: to what stands at a place, else before it, else to the button that adds. */
      toPartAt: (index: number) =>
        requestAnimationFrame(() => {
          const parts = [...(list.current?.children ?? [])];
          (controlIn(parts[index] ?? parts.at(-1)) ?? button.current)?.focus();
        }),
    }),
    [],
  );
}

const controlIn = (part: Element | null | undefined) =>
  part?.querySelector<HTMLElement>('input, textarea, button');

/** What a first condition may be about, for whoever sees this for the first time. */
function FirstConditions({ onAdd }: { onAdd: (part: Part) => void }) {
  return (
    <Stack gap="xs" role="group" aria-label="Begin with">
      <Text>Nothing is said yet of who is meant. Begin with what they are, or what they did:</Text>
      <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="xs" verticalSpacing="xs">
        {Object.entries(beginnings).map(([kind, { label, hint, leaf }]) => (
          <Button
            key={kind}
            variant="default"
            h="auto"
            py="xs"
            justify="flex-start"
            styles={{ label: { whiteSpace: 'normal', textAlign: 'start' } }}
            onClick={() => onAdd({ [kind]: leaf })}
          >
            <span>
              {label}
              <Text span display="block" size="sm" c="dimmed">
                {hint}
              </Text>
            </span>
          </Button>
        ))}
      </SimpleGrid>
    </Stack>
  );
}

function AddMenu({
  button,
  onAdd,
  onClosed,
}: {
  button: Ref<HTMLButtonElement>;
  onAdd: (part: Part) => void;
  onClosed: () => void;
}) {
  return (
    <Menu position="bottom-start" withinPortal transitionProps={{ onExited: onClosed }}>
      <Menu.Target>
        <Button ref={button} variant="default" size="xs" leftSection={<IconPlus size={14} aria-hidden />}>
          Add a condition
        </Button>
      </Menu.Target>
      <Menu.Dropdown mah="min(70vh, 520px)" style={{ overflowY: 'auto' }}>
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

function ConditionEditor({ part, place, names, self, told, onChange, onRemove }: BuilderProps) {
  const { kind, leaf, unread } = leafOf(part);
  const set = (next: unknown) => onChange(place, () => ({ [kind]: next }));
  return (
    <Paper withBorder p={{ base: 'xs', sm: 'sm' }} radius="md" role="group" aria-label={kindWords(kind)}>
      <Stack gap="xs">
        <ConditionForm {...{ kind, leaf, unread, names, self }} onChange={set} onUnread={set} />
        <Group justify="space-between" align="flex-end" wrap="nowrap" mih={30}>
          <ToldOfOne part={part} told={told} />
          {onRemove && (
            <RemoveButton what={`condition (${kindWords(kind)})`} onRemove={() => onRemove(place)} />
          )}
        </Group>
      </Stack>
    </Paper>
  );
}

/** What a condition says, and of how many people it holds; what is missing of it; or what is wrong with it. */
function ToldOfOne({ part, told }: { part: Part; told: ToldOfConditions }) {
  const missing = missingIn(part);
  const fault = told.faults.get(part);
  const counts = told.counts.get(part);
  if (missing !== null || fault !== undefined)
    return (
      <Text size="sm" c={fault === undefined ? 'dimmed' : 'var(--mantine-color-error)'} className="anywhere">
        {missing === null ? `This condition ${fault}` : `${missing}.`}
      </Text>
    );
  return (
    <Text size="sm" c="dimmed" className="anywhere" dir="auto">
      {counts && (
        <>
          <b>{counted(counts.people, 'person', 'people')} by this alone</b>: {counts.sentence}
        </>
      )}
    </Text>
  );
}

function RemoveGroup({ size, onRemove }: { size: number; onRemove: () => void }) {
  if (size < 2) return <RemoveButton what="group" onRemove={onRemove} />;
  return (
    <ConfirmButton
      label="Remove"
      aria-label="Remove this group"
      variant="subtle"
      size="xs"
      color="gray"
      leftSection={<IconTrash size={14} aria-hidden />}
      question="Remove this group?"
      confirm="Remove the group"
      danger
      onConfirm={onRemove}
    >
      All {size} parts of it go.
    </ConfirmButton>
  );
}

function RemoveButton({ what, onRemove }: { what: string; onRemove: () => void }) {
  return (
    <Button
      variant="subtle"
      size="xs"
      color="gray"
      style={{ flex: 'none' }}
      aria-label={`Remove this ${what}`}
      leftSection={<IconTrash size={14} aria-hidden />}
      onClick={onRemove}
    >
      Remove
    </Button>
  );
}
