import {
  Anchor,
  Button,
  Checkbox,
  Chip,
  Group,
  Radio,
  Select,
  Stack,
  Text,
  Textarea,
  TextInput,
} from '@mantine/core';
import { type Json, objectsAt, textAt } from './flow-screens.ts';

interface PartProps {
  part: Json;
  value: unknown;
  onAnswer: (value: unknown) => void;
  onAct: () => void;
}

const sizes: Record<string, { size: string; fw: number; c?: string }> = {
  TextHeading: { size: 'lg', fw: 700 },
  TextSubheading: { size: 'md', fw: 600 },
  TextBody: { size: 'sm', fw: 400 },
  RichText: { size: 'sm', fw: 400 },
  TextCaption: { size: 'xs', fw: 400, c: 'dimmed' },
};

const choicesOf = (part: Json) =>
  objectsAt(part, 'data-source').map((each) => ({
    ...{ value: textAt(each, 'id'), label: textAt(each, 'title') || textAt(each, 'id') },
    description: textAt(each, 'description'),
  }));

const textsOf = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter((each): each is string => typeof each === 'string') : [];

/** One part of a flow's screen, as a phone shows it. */
export function FlowPart({ part, value, onAnswer, onAct }: PartProps) {
  const type = textAt(part, 'type');
  const text = sizes[type];
  const label = textAt(part, 'label');
  const common = { label, required: part.required === true, description: textAt(part, 'helper-text') };
  if (text)
    return (
      <Text {...text} dir="auto" style={{ whiteSpace: 'pre-wrap' }}>
        {textAt(part, 'text')}
      </Text>
    );
  switch (type) {
    case 'TextInput':
    case 'DatePicker':
    case 'CalendarPicker':
      return (
        <TextInput
          {...common}
          type={type === 'TextInput' ? inputType(textAt(part, 'input-type')) : 'date'}
          value={String(value ?? '')}
          onChange={(event) => onAnswer(event.currentTarget.value)}
        />
      );
    case 'TextArea':
      return (
        <Textarea
          {...common}
          value={String(value ?? '')}
          onChange={(event) => onAnswer(event.currentTarget.value)}
        />
      );
    case 'CheckboxGroup':
      return (
        <Checkbox.Group {...common} value={textsOf(value)} onChange={onAnswer}>
          <Stack gap="xs" mt="xs">
            {choicesOf(part).map((choice) => (
              <Checkbox key={choice.value} {...choice} />
            ))}
          </Stack>
        </Checkbox.Group>
      );
    case 'RadioButtonsGroup':
      return (
        <Radio.Group {...common} value={String(value ?? '')} onChange={onAnswer}>
          <Stack gap="xs" mt="xs">
            {choicesOf(part).map((choice) => (
              <Radio key={choice.value} {...choice} />
            ))}
          </Stack>
        </Radio.Group>
      );
    case 'ChipsSelector':
      return (
        <Stack gap={4}>
          <Text size="sm">{label}</Text>
          <Chip.Group multiple value={textsOf(value)} onChange={onAnswer}>
            <Group gap="xs">
              {choicesOf(part).map((choice) => (
                <Chip key={choice.value} value={choice.value}>
                  {choice.label}
                </Chip>
              ))}
            </Group>
          </Chip.Group>
        </Stack>
      );
    case 'Dropdown':
      return (
        <Select
          {...common}
          data={choicesOf(part).map(({ value: id, label: title }) => ({ value: id, label: title }))}
          value={typeof value === 'string' ? value : null}
          onChange={onAnswer}
        />
      );
    case 'OptIn':
      return (
        <Checkbox
          label={label}
          required={common.required}
          checked={value === true}
          onChange={(event) => onAnswer(event.currentTarget.checked)}
        />
      );
    case 'EmbeddedLink':
      return (
        <Anchor component="button" type="button" underline="always" size="sm" ta="start" onClick={onAct}>
          {textAt(part, 'text')}
        </Anchor>
      );
    case 'Footer':
      return (
        <Button fullWidth onClick={onAct}>
          {label || 'Continue'}
        </Button>
      );
    default:
      return (
        <Text size="sm" c="dimmed">
          {label || textAt(part, 'alt-text') || type} ({type || 'nothing'} is shown on phones only)
        </Text>
      );
  }
}

const inputType = (type: string): string =>
  ({ number: 'text', email: 'email', phone: 'tel', password: 'password' })[type] ?? 'text';
