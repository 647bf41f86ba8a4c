import { Select } from '@mantine/core';
import { IconMessageCircle } from '@tabler/icons-react';
import { withField } from '../fields/set-field.ts';
import { WordsField } from '../fields/words-field.tsx';
import type { EntryFormProps, EntryLook } from './entry-look.ts';
import { MediumField } from './message.tsx';

/** Somebody writes to us. */
export const receivedEntry: EntryLook = {
  ...{ name: 'received', label: 'Somebody writes to you', Icon: IconMessageCircle },
  begin: {},
  writes: ['keywords', 'contains', 'medium'],
  Form: ReceivedForm,
};

const forms = [
  { value: 'any', label: 'any text' },
  { value: 'keywords', label: 'a word by itself: JOIN' },
  { value: 'contains', label: 'a text with a word in it' },
] as const;

function ReceivedForm({ of, onChange }: EntryFormProps) {
  const form = of.keywords !== undefined ? 'keywords' : of.contains !== undefined ? 'contains' : 'any';
  const bare = withField(withField(of, 'keywords', undefined), 'contains', undefined);
  return (
    <>
      <Select
        label="What"
        allowDeselect={false}
        data={[...forms]}
        value={form}
        onChange={(next) => onChange(next === 'any' || next === null ? bare : { ...bare, [next]: [] })}
      />
      {form !== 'any' && (
        <WordsField
          label={form === 'keywords' ? 'Any of these words' : 'Any of these in it'}
          description="Enter after each; upper and lower case are the same"
          words={of[form]}
          max={50}
          onChange={(words) => onChange({ ...bare, [form]: words ?? [] })}
        />
      )}
      <MediumField medium={of.medium} onChange={(medium) => onChange(withField(of, 'medium', medium))} />
    </>
  );
}
