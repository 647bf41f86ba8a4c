import {
  ActionIcon,
  Button,
  Card,
  Checkbox,
  Fieldset,
  Group,
  JsonInput,
  NumberInput,
  SegmentedControl,
  Select,
  Stack,
  TagsInput,
  Text,
  Textarea,
  TextInput,
} from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { useId, useState } from 'react';
import { useFault, useFaultOfAny } from './faults.ts';
import { type Part, textAt, type Written, withPart, writtenAt } from './part.ts';

interface FieldProps<As extends Part['as']> {
  part: Extract<Part, { as: As }>;
  /** What the part stands in, and its path. */
  of: Written;
  path: string;
  onChange: (of: Written) => void;
}

/** The form of what is made of parts. */
export function PartFields({
  parts,
  of,
  path,
  onChange,
}: {
  parts: readonly Part[];
  of: Written;
  path: string;
  onChange: (of: Written) => void;
}) {
  return parts.map((part) => (
    <PartField
      key={part.name}
      part={part}
      of={of}
      path={path === '' ? part.name : `${path}.${part.name}`}
      onChange={onChange}
    />
  ));
}

function PartField({ part, ...rest }: FieldProps<Part['as']>) {
  switch (part.as) {
    case 'line':
    case 'area':
      return <WordsPart part={part} {...rest} />;
    case 'number':
      return <NumberPart part={part} {...rest} />;
    case 'check':
      return <CheckPart part={part} {...rest} />;
    case 'named':
      return <NamedPart part={part} {...rest} />;
    case 'words':
      return <ManyWords part={part} {...rest} />;
    case 'json':
      return <JsonPart part={part} {...rest} />;
    case 'many':
      return <ManyParts part={part} {...rest} />;
    case 'group':
      return <GroupPart part={part} {...rest} />;
    case 'either':
      return <EitherPart part={part} {...rest} />;
  }
}

function WordsPart({ part, of, path, onChange }: FieldProps<'line' | 'area'>) {
  const { name, label, description, required = false, leads } = part;
  const text = textAt(of, name);
  const write = (next: string) => {
    const written = withPart(of, name, next === '' && !required ? undefined : next);
    onChange(leads !== undefined && textAt(of, leads) === text ? { ...written, [leads]: next } : written);
  };
  const shared = { ...{ label, description, required, value: text }, error: useFault(path) };
  if (part.as === 'line')
    return <TextInput {...shared} onChange={(event) => write(event.currentTarget.value)} />;
  return <Textarea {...shared} autosize minRows={2} onChange={(event) => write(event.currentTarget.value)} />;
}

function NumberPart({ part: { name, label, description }, of, path, onChange }: FieldProps<'number'>) {
  const value = of[name];
  return (
    <NumberInput
      {...{ label, description, error: useFault(path) }}
      required
      decimalScale={8}
      value={typeof value === 'number' ? value : 0}
      onChange={(next) => typeof next === 'number' && onChange(withPart(of, name, next))}
    />
  );
}

function CheckPart({ part: { name, label, description }, of, onChange }: FieldProps<'check'>) {
  return (
    <Checkbox
      {...{ label, description }}
      checked={of[name] === true}
      onChange={(event) => onChange(withPart(of, name, event.currentTarget.checked || undefined))}
    />
  );
}

/** Numbers alone are Meta's. */
function NamedPart({ part, of, path, onChange }: FieldProps<'named'>) {
  const { name, label, description, otherwise } = part;
  const named = writtenAt(of, name) ?? {};
  return (
    <TextInput
      {...{ label, description, error: useFault(path, 'id', otherwise) }}
      required
      value={textAt(named, 'id') || textAt(named, otherwise)}
      onChange={(event) => {
        const text = event.currentTarget.value.trim();
        onChange({ ...of, [name]: { [/^\d+$/.test(text) ? 'id' : otherwise]: text } });
      }}
    />
  );
}

function ManyWords({ part, of, path, onChange }: FieldProps<'words'>) {
  const { name, label, description, max } = part;
  const value = of[name];
  return (
    <TagsInput
      {...{ label, description, error: useFaultOfAny(path) }}
      required
      maxTags={max}
      acceptValueOnBlur
      clearable
      clearButtonProps={{ 'aria-label': `Clear: ${label}` }}
      value={Array.isArray(value) ? value.map(String) : []}
      onChange={(next) => onChange({ ...of, [name]: next })}
    />
  );
}

/** While what is written is no JSON object, the one before holds. */
function JsonPart({ part: { name, label, description }, of, onChange }: FieldProps<'json'>) {
  const kept = writtenAt(of, name);
  const [text, setText] = useState(() => (kept ? JSON.stringify(kept, null, 2) : ''));
  const read = readObject(text);
  return (
    <JsonInput
      {...{ label, description }}
      autosize
      minRows={2}
      classNames={{ input: 'code' }}
      error={read === null ? 'is no JSON object; write it as {"name": "value"}' : undefined}
      value={text}
      onChange={(next) => {
        setText(next);
        const object = readObject(next);
        if (object !== null) onChange(withPart(of, name, object));
      }}
    />
  );
}

/** Undefined for nothing, null for what is no object. */
function readObject(text: string): Written | undefined | null {
  if (text.trim() === '') return undefined;
  try {
    return writtenAt({ read: JSON.parse(text) }, 'read') ?? null;
  } catch {
    return null;
  }
}

function ManyParts({ part, of, path, onChange }: FieldProps<'many'>) {
  const { name, label, one, fresh, parts } = part;
  const value = of[name];
  const list = Array.isArray(value) ? (value as Written[]) : [];
  const fault = useFault(path);
  const set = (next: Written[]) => onChange({ ...of, [name]: next });
  return (
    <Stack gap="xs" role="group" aria-label={label}>
      <Text size="sm" fw={500}>
        {label}
      </Text>
      {list.map((each, place) => (
        <Card
          // biome-ignore lint/suspicious/noArrayIndexKey: one of several is known by its place and nothing else
          key={place}
          padding="sm"
          role="group"
          aria-label={`${capital(one)} ${place + 1}`}
        >
          <Group justify="space-between" wrap="nowrap">
            <Text size="sm" c="dimmed">
              {capital(one)} {place + 1}
            </Text>
            <ActionIcon
              variant="default"
              size="lg"
              aria-label={`Remove ${one} ${place + 1}`}
              onClick={() => set(list.filter((_, index) => index !== place))}
            >
              <IconTrash size={18} aria-hidden />
            </ActionIcon>
          </Group>
          <Stack gap="xs">
            <PartFields
              parts={parts}
              of={each}
              path={`${path}.${place}`}
              onChange={(next) => set(list.map((other, index) => (index === place ? next : other)))}
            />
          </Stack>
        </Card>
      ))}
      {fault && <Fault>{fault}</Fault>}
      <Button
        variant="default"
        size="xs"
        w="fit-content"
        leftSection={<IconPlus size={16} aria-hidden />}
        onClick={() => set([...list, fresh])}
      >
        Add {/^[aeiou]/.test(one) ? 'an' : 'a'} {one}
      </Button>
    </Stack>
  );
}

const capital = (word: string) => word.slice(0, 1).toUpperCase() + word.slice(1);

/** What is wrong with several fields together. */
export function Fault({ children }: { children: string }) {
  return (
    <Text size="sm" c="var(--mantine-color-error)" role="status">
      {children}
    </Text>
  );
}

function GroupPart({ part: { name, label, parts }, of, path, onChange }: FieldProps<'group'>) {
  const fault = useFault(path);
  return (
    <Fieldset legend={label}>
      <Stack gap="xs">
        <PartFields
          parts={parts}
          of={writtenAt(of, name) ?? {}}
          path={path}
          onChange={(next) => onChange(withPart(of, name, Object.keys(next).length === 0 ? undefined : next))}
        />
        {fault && <Fault>{fault}</Fault>}
      </Stack>
    </Fieldset>
  );
}

/** More kinds than that are chosen from a list. */
const mostBesideEachOther = 5;

function EitherPart({ part: { name, label, by, choices }, of, path, onChange }: FieldProps<'either'>) {
  const heading = useId();
  const written = writtenAt(of, name);
  const kind = written === undefined ? null : textAt(written, by);
  const chosen = choices.find(({ value }) => value === kind);
  const data = choices.map((choice) => ({ value: choice.value ?? '', label: choice.label }));
  const choose = (next: string | null) => {
    const choice = choices.find(({ value }) => (value ?? '') === next);
    onChange(withPart(of, name, choice?.value == null ? undefined : choice.fresh));
  };
  return (
    <Stack gap={6} role="group" aria-labelledby={heading}>
      <Text size="sm" fw={500} id={heading}>
        {label}
      </Text>
      {choices.length > mostBesideEachOther ? (
        <Select
          aria-labelledby={heading}
          data={data}
          allowDeselect={false}
          value={kind ?? ''}
          onChange={choose}
        />
      ) : (
        <SegmentedControl
          aria-labelledby={heading}
          data={data}
          value={kind ?? ''}
          onChange={choose}
          fullWidth
        />
      )}
      {chosen && (
        <PartFields
          parts={chosen.parts}
          of={written ?? {}}
          path={path}
          onChange={(next) => onChange({ ...of, [name]: next })}
        />
      )}
    </Stack>
  );
}
