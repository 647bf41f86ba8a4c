import { Group, Textarea, TextInput } from '@mantine/core';
import { useRef } from 'react';
import type { Content } from '../../api/templates.ts';
import { FieldPicker } from './field-picker.tsx';
import { insertAtCaret } from './insert-tag.ts';

type Email = Extract<Content, { medium: 'email' }>;

/** An email: its head, its HTML, and a plain text for who wants none. */
export function EmailFields({ content, onChange }: { content: Email; onChange: (content: Email) => void }) {
  const box = useRef<HTMLTextAreaElement>(null);
  const field = (name: Exclude<keyof Email, 'medium'>) => ({
    value: content[name],
    onChange: (event: { currentTarget: { value: string } }) =>
      onChange({ ...content, [name]: event.currentTarget.value }),
  });
  return (
    <>
      <TextInput label="Subject" required {...field('subject')} />
      <TextInput label="Preheader" description="Shown beside the subject" {...field('preheaderText')} />
      <Group grow preventGrowOverflow={false}>
        <TextInput label="From name" {...field('fromName')} />
        <TextInput
          label="Replies go to"
          type="email"
          placeholder="the sender’s own address"
          {...field('replyToEmail')}
        />
      </Group>
      <Textarea
        ref={box}
        label="HTML"
        required
        autosize
        minRows={10}
        maxRows={24}
        spellCheck={false}
        classNames={{ input: 'code' }}
        {...field('html')}
      />
      <FieldPicker onInsert={(tag) => insertAtCaret(box.current, tag)} />
      <Textarea
        label="Plain text"
        description="Left empty it is made from the HTML"
        autosize
        minRows={2}
        maxRows={12}
        {...field('plainText')}
      />
    </>
  );
}
