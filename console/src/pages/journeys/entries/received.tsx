import { IconMessageCircle } from '@tabler/icons-react';
import { withField } from '../fields/set-field.ts';
import { TextsField } from '../fields/texts-field.tsx';
import type { EntryFormProps, EntryLook } from './entry-look.ts';
import { MediumField } from './message.tsx';

/** Somebody writes to us. */
export const receivedEntry: EntryLook = {
  ...{ name: 'received', label: 'Somebody writes to you', Icon: IconMessageCircle },
  begin: {},
  writes: ['keywords', 'contains', 'medium'],
  Form: ReceivedForm,
};

function ReceivedForm({ of, onChange }: EntryFormProps) {
  return (
    <>
      <TextsField of={of} onChange={onChange} />
      <MediumField medium={of.medium} onChange={(medium) => onChange(withField(of, 'medium', medium))} />
    </>
  );
}
