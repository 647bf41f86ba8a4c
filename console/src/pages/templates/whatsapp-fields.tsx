import { SegmentedControl, Select, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { useId, useRef } from 'react';
import type { WhatsApp, WhatsAppHeader } from '../../api/templates.ts';
import { FieldPicker } from './field-picker.tsx';
import { insertAtCaret } from './insert-tag.ts';
import { WhatsAppButtons } from './whatsapp-buttons.tsx';

const languages = [
  { value: 'en_US', label: 'English (US)' },
  { value: 'en_GB', label: 'English (UK)' },
  { value: 'es', label: 'Spanish' },
  { value: 'es_MX', label: 'Spanish (Mexico)' },
  { value: 'pt_BR', label: 'Portuguese (Brazil)' },
  { value: 'fr', label: 'French' },
  { value: 'de', label: 'German' },
  { value: 'it', label: 'Italian' },
  { value: 'nl', label: 'Dutch' },
  { value: 'hi', label: 'Hindi' },
  { value: 'id', label: 'Indonesian' },
  { value: 'ar', label: 'Arabic' },
  { value: 'tr', label: 'Turkish' },
];

const headerKinds = [
  { value: 'none', label: 'None' },
  { value: 'text', label: 'Text' },
  { value: 'image', label: 'Image' },
  { value: 'video', label: 'Video' },
  { value: 'document', label: 'File' },
];

/** A WhatsApp template: header, body, footer, buttons, and what Meta files it under. */
export function WhatsAppFields({
  content,
  onChange,
}: {
  content: WhatsApp;
  onChange: (content: WhatsApp) => void;
}) {
  const box = useRef<HTMLTextAreaElement>(null);
  const known = languages.some(({ value }) => value === content.language);
  return (
    <>
      <Select
        label="Language"
        data={known ? languages : [...languages, { value: content.language, label: content.language }]}
        allowDeselect={false}
        value={content.language}
        onChange={(value) => onChange({ ...content, language: value ?? content.language })}
      />
      <Select
        label="Category"
        description="Meta may file it elsewhere, and refuses marketing in disguise"
        data={[
          { value: 'MARKETING', label: 'Marketing' },
          { value: 'UTILITY', label: 'Utility: about something they did' },
        ]}
        allowDeselect={false}
        value={content.category}
        onChange={(value) => onChange({ ...content, category: value === 'UTILITY' ? value : 'MARKETING' })}
      />
      <Header header={content.header} onChange={(header) => onChange({ ...content, header })} />
      <Textarea
        ref={box}
        label="Body"
        required
        autosize
        minRows={4}
        maxLength={1024}
        value={content.body}
        onChange={(event) => onChange({ ...content, body: event.currentTarget.value })}
      />
      <FieldPicker onInsert={(tag) => insertAtCaret(box.current, tag)} />
      <TextInput
        label="Footer"
        description="Plain text, no fields"
        maxLength={60}
        value={content.footer ?? ''}
        onChange={(event) => onChange({ ...content, footer: event.currentTarget.value || null })}
      />
      <WhatsAppButtons buttons={content.buttons} onChange={(buttons) => onChange({ ...content, buttons })} />
    </>
  );
}

function Header({
  header,
  onChange,
}: {
  header: WhatsAppHeader | null;
  onChange: (header: WhatsAppHeader | null) => void;
}) {
  const label = useId();
  const change = (kind: string) => {
    if (kind === 'none') onChange(null);
    else if (kind === 'text') onChange({ kind, text: '' });
    else if (kind === 'image' || kind === 'video' || kind === 'document') onChange({ kind, url: '' });
  };
  return (
    <Stack gap={6}>
      <Text size="sm" fw={500} id={label}>
        Header
      </Text>
      <SegmentedControl
        aria-labelledby={label}
        data={headerKinds}
        value={header?.kind ?? 'none'}
        onChange={change}
        fullWidth
      />
      {header?.kind === 'text' && (
        <TextInput
          aria-label="Header text"
          required
          maxLength={60}
          value={header.text}
          onChange={(event) => onChange({ kind: 'text', text: event.currentTarget.value })}
        />
      )}
      {header && 'url' in header && (
        <TextInput
          aria-label={`Address of the ${header.kind}`}
          required
          type="url"
          placeholder="https://"
          value={header.url}
          onChange={(event) => onChange({ kind: header.kind, url: event.currentTarget.value })}
        />
      )}
    </Stack>
  );
}
