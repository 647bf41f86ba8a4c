import { Select, Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useMemo, useRef } from 'react';
import {
  type Session,
  type SessionMessage,
  type TemplateFault,
  type TemplateSummary,
  templatesQuery,
} from '../../../api/templates.ts';
import { FieldPicker } from '../field-picker.tsx';
import { insertAtCaret } from '../insert-tag.ts';
import { byField, Faults, useFault } from '../parts/faults.ts';
import { PartFields } from '../parts/part-fields.tsx';
import { isKind, kinds } from './kinds.ts';

const names = Object.keys(kinds).filter(isKind);
const groups = Object.entries(Object.groupBy(names, (name) => kinds[name].group)).map(([group, of = []]) => ({
  group,
  items: of.map((name) => ({ value: name, label: kinds[name].label })),
}));

/** A free-form WhatsApp message: its kind, what it is made of, and what goes to those whom it may not go to. */
export function SessionFields({
  content,
  faults,
  tried,
  onChange,
}: {
  content: Session;
  /** What stands against saving it as it is written. */
  faults: readonly TemplateFault[];
  /** Somebody has tried to save it. */
  tried: boolean;
  onChange: (content: Session) => void;
}) {
  const { message } = content;
  const box = useRef<HTMLInputElement | HTMLTextAreaElement | null>(null);
  const told = useMemo(() => byField(faults, tried), [faults, tried]);
  return (
    <Faults value={told}>
      <Select
        label="Kind of message"
        data={groups}
        allowDeselect={false}
        searchable
        value={message.type}
        onChange={(kind) => isKind(kind) && onChange({ ...content, message: begun(kind, message) })}
      />
      <Stack
        key={message.type}
        role="group"
        aria-label="Message"
        onFocusCapture={({ target }) => {
          if (
            target instanceof HTMLTextAreaElement ||
            (target instanceof HTMLInputElement && isOfWords(target))
          )
            box.current = target;
        }}
      >
        <PartFields
          parts={kinds[message.type].parts}
          of={message}
          path="message"
          // The parts of a kind write what the kind is.
          onChange={(next) => onChange({ ...content, message: next as SessionMessage })}
        />
      </Stack>
      <FieldPicker onInsert={(tag) => insertAtCaret(box.current, tag)} />
      <Otherwise
        chosen={content.otherwiseTemplateId}
        onChange={(otherwiseTemplateId) => onChange({ ...content, otherwiseTemplateId })}
      />
    </Faults>
  );
}

const isOfWords = ({ type, role }: HTMLInputElement) => type === 'text' && role !== 'combobox';

/** A new message of a kind, with the body of the one before where both have one. */
function begun(kind: SessionMessage['type'], before: SessionMessage): SessionMessage {
  const { fresh } = kinds[kind];
  const has = 'body' in before && before.body && kinds[kind].parts.some(({ name }) => name === 'body');
  return has ? ({ ...fresh, body: before.body } as SessionMessage) : fresh;
}

/** The template that goes to whoever has not written within 24 hours. */
function Otherwise({ chosen, onChange }: { chosen: number | null; onChange: (id: number | null) => void }) {
  const { data = [] } = useQuery(templatesQuery);
  const options = data
    .filter(({ kind }) => kind === 'template')
    .map((template) => ({ value: String(template.templateId), label: nameOf(template) }));
  return (
    <Select
      label="A template instead"
      description="Goes to whoever has not written to you within 24 hours; without one they get nothing"
      placeholder="None"
      clearable
      clearButtonProps={{ 'aria-label': 'No template instead' }}
      searchable
      nothingFoundMessage="No such WhatsApp template"
      data={options}
      error={useFault('otherwiseTemplateId')}
      value={chosen === null ? null : String(chosen)}
      onChange={(id) => onChange(id === null ? null : Number(id))}
    />
  );
}

const nameOf = ({ name, status }: TemplateSummary) =>
  status === 'APPROVED' ? name : `${name} (not approved by Meta yet)`;
