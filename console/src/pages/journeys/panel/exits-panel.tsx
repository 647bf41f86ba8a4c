import { Button, Checkbox, Group, Paper, Select, Stack, Text, TextInput } from '@mantine/core';
import { IconDoorExit, IconPlus, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { randomKey } from '../../../words/random-key.ts';
import type { Part } from '../../segments/definition.ts';
import type { JourneyDocument } from '../document.ts';
import type { PlacedFault } from '../faults.ts';
import { AwaitedEventFields } from '../fields/awaited-event-fields.tsx';
import { DefinitionField } from '../fields/definition-field.tsx';
import { withField } from '../fields/set-field.ts';
import type { ChangeDocument } from '../use-drawing.ts';
import { GoalForm } from './goal-form.tsx';
import { PanelFrame, type TakesFocus } from './panel.tsx';

const mostRules = 20;

/** What takes people out of the journey, wherever they are, and what it is for. */
export function ExitsPanel({
  document,
  faults,
  takesFocus,
  onChange,
  onClose,
}: {
  document: JourneyDocument;
  faults: readonly PlacedFault[];
  takesFocus: TakesFocus;
  onChange: ChangeDocument;
  onClose: () => void;
}) {
  const rules = document.exits ?? [];
  const [keys, setKeys] = useState<readonly string[]>(() => rules.map(randomKey));
  const set = (next: readonly Part[], what?: string) =>
    onChange(
      (before) => withField(before, 'exits', next.length === 0 ? undefined : next) as JourneyDocument,
      what && `exits ${what}`,
    );
  return (
    <PanelFrame
      title="Exit rules and goal"
      Icon={IconDoorExit}
      colour="gray"
      {...{ takesFocus, faults, onClose }}
    >
      <Text size="sm" c="dimmed">
        What takes people out at once, wherever they are. What waits of their messages is taken back.
      </Text>
      {rules.map((rule, index) => (
        <Paper
          key={keys[index] ?? index}
          withBorder
          p="sm"
          radius="md"
          role="group"
          data-field={String(index)}
          aria-label={`Rule ${index + 1}: ${String(rule.name ?? '')}`}
        >
          <RuleForm
            rule={rule}
            onChange={(next, what) => set(rules.with(index, next), what && `${index} ${what}`)}
            onRemove={() => {
              setKeys(keys.toSpliced(index, 1));
              set(rules.toSpliced(index, 1));
            }}
          />
        </Paper>
      ))}
      {rules.length < mostRules && (
        <Group>
          <Button
            variant="default"
            size="xs"
            leftSection={<IconPlus size={14} aria-hidden />}
            onClick={() => {
              setKeys([...keys, randomKey()]);
              set([
                ...rules,
                { name: rules.length === 0 ? 'bought' : `rule ${rules.length + 1}`, purchase: {} },
              ]);
            }}
          >
            Add a rule
          </Button>
        </Group>
      )}
      <GoalForm document={document} onChange={onChange} />
    </PanelFrame>
  );
}

const forms = [
  { value: 'purchase', label: 'They buy something', begin: {} },
  { value: 'event', label: 'They do something (an event)', begin: { name: '' } },
  { value: 'becomes', label: 'Conditions hold of them', begin: { all: [] } },
] as const;

function RuleForm({
  rule,
  onChange,
  onRemove,
}: {
  rule: Part;
  onChange: (rule: Part, what?: string) => void;
  onRemove: () => void;
}) {
  const form = forms.find(({ value }) => rule[value] !== undefined);
  return (
    <Stack gap="sm">
      <TextInput
        label="Name"
        description="Told as the reason why they left"
        maxLength={60}
        value={String(rule.name ?? '')}
        onChange={(event) => onChange({ ...rule, name: event.currentTarget.value }, 'name')}
      />
      <Select
        label="When"
        allowDeselect={false}
        placeholder="Choose"
        data={forms.map(({ value, label }) => ({ value, label }))}
        value={form?.value ?? null}
        onChange={(next) => {
          const chosen = forms.find(({ value }) => value === next);
          if (!chosen || chosen === form) return;
          const { purchase: _, event: __, becomes: ___, sameKey, ...rest } = rule;
          const key = chosen.value === 'becomes' || sameKey === undefined ? {} : { sameKey };
          onChange({ ...rest, ...key, [chosen.value]: chosen.begin });
        }}
      />
      {form && form.value !== 'becomes' && <AwaitedEventFields part={rule} onChange={onChange} />}
      {form?.value === 'becomes' && (
        <DefinitionField
          label="What holds of them"
          definition={rule.becomes}
          onChange={(becomes) => onChange({ ...rule, becomes }, 'becomes')}
        />
      )}
      <Group justify="space-between">
        <Checkbox
          label="Who leaves by it has reached the goal"
          checked={rule.goal === true}
          onChange={(event) => onChange(withField(rule, 'goal', event.currentTarget.checked || undefined))}
        />
        <Button
          variant="subtle"
          color="gray"
          size="xs"
          aria-label={`Remove the rule ${String(rule.name ?? '')}`}
          leftSection={<IconTrash size={14} aria-hidden />}
          onClick={onRemove}
        >
          Remove
        </Button>
      </Group>
    </Stack>
  );
}
