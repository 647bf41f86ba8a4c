import { Select, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { useMemo, useRef } from 'react';
import type { TemplateFault, WhatsApp, WhatsAppButton } from '../../api/templates.ts';
import { localeName } from '../../words/locale-words.ts';
import { FieldPicker } from './field-picker.tsx';
import { insertAtCaret } from './insert-tag.ts';
import { byField, Faults, useFault } from './parts/faults.ts';
import { Fault, PartFields } from './parts/part-fields.tsx';
import { WhatsAppButtons } from './whatsapp-buttons.tsx';
import { WhatsAppCards } from './whatsapp-cards.tsx';
import { anyHeader, asLayout, buttonKinds, layoutOf, layouts, offerHeader } from './whatsapp-parts.ts';

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

interface Props {
  content: WhatsApp;
  onChange: (content: WhatsApp) => void;
}

/** A WhatsApp template: its kind, what it is made of, and what Meta files it under; what Meta would refuse stands beside its field. */
export function WhatsAppFields({
  content,
  faults,
  tried,
  onChange,
}: Props & {
  /** What stands against saving it as it is written. */
  faults: readonly TemplateFault[];
  /** Somebody has tried to save it. */
  tried: boolean;
}) {
  const told = useMemo(() => byField(faults, tried), [faults, tried]);
  const layout = layoutOf(content);
  return (
    <Faults value={told}>
      <Select
        label="Kind of template"
        description={layouts.find(({ value }) => value === layout)?.description}
        data={layouts.map(({ value, label }) => ({ value, label }))}
        allowDeselect={false}
        value={layout}
        onChange={(value) => value !== null && value !== layout && onChange(asLayout(content, value))}
      />
      <Filing content={content} onChange={onChange} />
      <Parts key={layout} content={content} onChange={onChange} />
    </Faults>
  );
}

/** Its language, and what Meta files it under. */
function Filing({ content, onChange }: Props) {
  const known = languages.some(({ value }) => value === content.language);
  return (
    <>
      <Select
        label="Written in"
        description="Meta refuses a text in another language"
        data={
          known
            ? languages
            : [
                ...languages,
                { value: content.language, label: localeName(content.language.replaceAll('_', '-')) },
              ]
        }
        allowDeselect={false}
        error={useFault('language')}
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
        error={useFault('category')}
        value={content.category}
        onChange={(value) => onChange({ ...content, category: value === 'UTILITY' ? value : 'MARKETING' })}
      />
    </>
  );
}

/** The parts of a kind, with a picker of fields that writes where one wrote last. */
function Parts({ content, onChange }: Props) {
  const box = useRef<HTMLInputElement | HTMLTextAreaElement | null>(null);
  const layout = layoutOf(content);
  const hasHeader = layout === 'plain' || layout === 'call' || layout === 'offer';
  const hasFooter = layout === 'plain' || layout === 'call';
  const hasButtons = layout === 'plain' || layout === 'offer';
  const { carousel } = content;
  const [bodyFault, footerFault] = [useFault('body'), useFault('footer')];
  return (
    <Stack
      role="group"
      aria-label="Template"
      onFocusCapture={({ target }) => {
        if (
          target instanceof HTMLTextAreaElement ||
          (target instanceof HTMLInputElement && isOfWords(target))
        )
          box.current = target;
      }}
    >
      {hasHeader && <Header content={content} onChange={onChange} />}
      {content.offer && <Offer content={content} offer={content.offer} onChange={onChange} />}
      <Textarea
        label="Body"
        required
        autosize
        minRows={4}
        error={bodyFault}
        value={content.body}
        onChange={(event) => onChange({ ...content, body: event.currentTarget.value })}
      />
      <FieldPicker onInsert={(tag) => insertAtCaret(box.current, tag)} />
      {hasFooter && (
        <TextInput
          label="Footer"
          description="Plain text, no fields"
          error={footerFault}
          value={content.footer ?? ''}
          onChange={(event) => onChange({ ...content, footer: event.currentTarget.value || null })}
        />
      )}
      {hasButtons && (
        <WhatsAppButtons<WhatsAppButton>
          buttons={content.buttons}
          types={layout === 'offer' ? ['copyCode', 'url'] : buttonTypes}
          most={layout === 'offer' ? 2 : 10}
          path="buttons"
          onChange={(buttons) => onChange({ ...content, buttons })}
        />
      )}
      {carousel && (
        <WhatsAppCards carousel={carousel} onChange={(next) => onChange({ ...content, carousel: next })} />
      )}
      <Rest />
    </Stack>
  );
}

const isOfWords = ({ type, role }: HTMLInputElement) => type === 'text' && role !== 'combobox';
const buttonTypes = Object.keys(buttonKinds) as WhatsAppButton['type'][];

function Header({ content, onChange }: Props) {
  const fault = useFault('header');
  return (
    <div>
      <PartFields
        parts={[content.offer ? offerHeader : anyHeader]}
        of={content.header === null ? {} : { header: content.header }}
        path=""
        onChange={({ header = null }) => onChange({ ...content, header: header as WhatsApp['header'] })}
      />
      {fault && <Fault>{fault}</Fault>}
    </div>
  );
}

function Offer({ content, offer, onChange }: Props & { offer: NonNullable<WhatsApp['offer']> }) {
  const change = (next: Partial<typeof offer>) => onChange({ ...content, offer: { ...offer, ...next } });
  return (
    <>
      <TextInput
        label="What is offered"
        description="Up to 16 characters, no fields"
        required
        error={useFault('offer.text')}
        value={offer.text}
        onChange={(event) => change({ text: event.currentTarget.value })}
      />
      <TextInput
        label="Ends at"
        description="An instant, as 2026-12-24T18:00:00Z, or a field that holds one; empty shows no end"
        error={useFault('offer.expiresAt')}
        value={offer.expiresAt ?? ''}
        onChange={(event) => change({ expiresAt: event.currentTarget.value || null })}
      />
    </>
  );
}

/** What stands against parts that are not shown. */
function Rest() {
  const fault = useFault('asksToCall', 'carousel');
  return fault ? (
    <Text size="sm" c="var(--mantine-color-error)" role="status">
      {fault}
    </Text>
  ) : null;
}
