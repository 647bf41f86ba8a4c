import { Textarea, TextInput } from '@mantine/core';
import { useRef } from 'react';
import type { Content } from '../../api/templates.ts';
import { FieldPicker } from './field-picker.tsx';
import { insertAtCaret } from './insert-tag.ts';

type Sms = Extract<Content, { medium: 'sms' }>;

/** A text message: what it says, and a picture that makes it an MMS. */
export function SmsFields({ content, onChange }: { content: Sms; onChange: (content: Sms) => void }) {
  const box = useRef<HTMLTextAreaElement>(null);
  return (
    <>
      <Textarea
        ref={box}
        label="Message"
        description="Name your brand. A line that says how to opt out is added where it is due."
        required
        autosize
        minRows={4}
        maxLength={1600}
        value={content.message}
        onChange={(event) => onChange({ ...content, message: event.currentTarget.value })}
      />
      <FieldPicker onInsert={(tag) => insertAtCaret(box.current, tag)} />
      <TextInput
        label="Picture"
        description="An address; with one the message leaves as MMS"
        type="url"
        placeholder="https://"
        value={content.mediaUrls[0] ?? ''}
        onChange={(event) => {
          const url = event.currentTarget.value.trim();
          onChange({ ...content, mediaUrls: url === '' ? [] : [url, ...content.mediaUrls.slice(1)] });
        }}
      />
    </>
  );
}
