import { Select, TextInput } from '@mantine/core';
import { localInputIn } from '../../../words/formats.ts';
import type { Part } from '../../segments/definition.ts';
import { ZoneField } from '../../segments/zone-field.tsx';
import { ClockField } from './clock-field.tsx';
import { LengthField } from './length-field.tsx';

const dayMs = 86_400_000;

const forms = [
  { value: 'any', label: 'whenever it may' },
  { value: 'within', label: 'within some time of coming here' },
  { value: 'at', label: 'before a time of the day' },
  { value: 'date', label: 'before a day and a time' },
] as const;
type Form = (typeof forms)[number]['value'];

/** What a form begins with; undefined for no end. */
function beginOf(form: Form): Part | undefined {
  switch (form) {
    case 'any':
      return undefined;
    case 'within':
      return { within: { hours: 24 } };
    case 'at':
      return { at: '21:00' };
    case 'date':
      return { date: `${localInputIn(Date.now() + dayMs, 'UTC').slice(0, 10)}T18:00` };
  }
}

/** By when a message has to leave. */
export function BeforeField({
  before,
  onChange,
}: {
  /** Undefined for no end. */
  before: Part | undefined;
  onChange: (before: Part | undefined, what?: string) => void;
}) {
  const form = forms.find(({ value }) => before?.[value] !== undefined)?.value ?? 'any';
  return (
    <>
      <Select
        label="It has to leave"
        description={
          form === 'any' ? undefined : 'Who could not be sent to by then gets none, and goes on by “Skipped”'
        }
        allowDeselect={false}
        data={[...forms]}
        value={form}
        onChange={(next) => {
          const chosen = forms.find(({ value }) => value === next);
          if (chosen && chosen.value !== form) onChange(beginOf(chosen.value));
        }}
      />
      {form === 'within' && (
        <LengthField
          label="Within"
          length={before?.within}
          onChange={(within) => onChange({ within }, 'before')}
        />
      )}
      {form === 'at' && (
        <ClockField
          label="Before"
          at={before?.at}
          onChange={(at) => at && onChange({ ...before, at }, 'before')}
        />
      )}
      {form === 'date' && (
        <TextInput
          type="datetime-local"
          label="Before"
          required
          value={String(before?.date ?? '')}
          onChange={(event) => {
            const date = event.currentTarget.value.slice(0, 16);
            if (date !== '') onChange({ ...before, date }, 'before');
          }}
        />
      )}
      {(form === 'at' || form === 'date') && (
        <ZoneField
          label="By the clock"
          zone={before?.zone ?? 'person'}
          onChange={(zone) => onChange({ ...before, zone })}
        />
      )}
    </>
  );
}
