import { MultiSelect } from '@mantine/core';
import { IconMessageCircle } from '@tabler/icons-react';
import { withField } from '../fields/set-field.ts';
import { TextsField } from '../fields/texts-field.tsx';
import { WordsField } from '../fields/words-field.tsx';
import type { EntryFormProps, EntryLook } from './entry-look.ts';
import { MediumField } from './message.tsx';

/** Somebody writes to us. */
export const receivedEntry: EntryLook = {
  ...{ name: 'received', label: 'Somebody writes to you', Icon: IconMessageCircle },
  begin: {},
  writes: ['keywords', 'contains', 'payloads', 'messageKinds', 'medium'],
  Form: ReceivedForm,
};

/** What people may send, in words. */
const kindsOfMessages = [
  { value: 'text', label: 'a text' },
  { value: 'media', label: 'a picture or another file' },
  { value: 'buttonReply', label: 'a press on a button' },
  { value: 'listReply', label: 'a choice from a list' },
  { value: 'flow', label: 'a filled-in form' },
  { value: 'location', label: 'a location' },
  { value: 'contacts', label: 'a contact' },
  { value: 'order', label: 'an order' },
  { value: 'reaction', label: 'a reaction' },
  { value: 'edit', label: 'an edit' },
  { value: 'revoke', label: 'a message taken back' },
  { value: 'callPermission', label: 'an answer on calls' },
  { value: 'unsupported', label: 'something else' },
];

function ReceivedForm({ of, onChange }: EntryFormProps) {
  const kinds = Array.isArray(of.messageKinds) ? of.messageKinds.map(String) : [];
  return (
    <>
      <TextsField of={of} onChange={onChange} />
      <WordsField
        label="With any of these payloads"
        description="Enter after each; what stands behind the button or row that they choose on WhatsApp, to the letter. Any where there are none"
        words={of.payloads}
        max={50}
        onChange={(words) => onChange(withField(of, 'payloads', words))}
      />
      <MultiSelect
        label="That is"
        clearable
        clearButtonProps={{ 'aria-label': 'That is anything' }}
        placeholder={kinds.length === 0 ? 'anything' : ''}
        data={kindsOfMessages}
        value={kinds}
        onChange={(next) => onChange(withField(of, 'messageKinds', next.length === 0 ? undefined : next))}
      />
      <MediumField medium={of.medium} onChange={(medium) => onChange(withField(of, 'medium', medium))} />
    </>
  );
}
