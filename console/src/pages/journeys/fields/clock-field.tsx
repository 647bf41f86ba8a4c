import { TextInput } from '@mantine/core';

/** A time of the day by a clock of 24 hours: `09:30`; undefined for none. */
export function ClockField({
  label,
  at,
  isOptional = false,
  onChange,
}: {
  label: string;
  at: unknown;
  isOptional?: boolean;
  onChange: (at: string | undefined) => void;
}) {
  return (
    <TextInput
      type="time"
      label={label}
      required={!isOptional}
      w={150}
      value={typeof at === 'string' ? at : ''}
      onChange={(event) => onChange(event.currentTarget.value || undefined)}
    />
  );
}
