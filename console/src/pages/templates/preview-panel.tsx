import { Alert, Card, SimpleGrid, Stack, Text, TextInput, Title } from '@mantine/core';
import { IconInfoCircle } from '@tabler/icons-react';
import { useState } from 'react';
import type { Medium } from '../../api/media.ts';
import type { DraftPreview, TemplateDraft } from '../../api/templates.ts';
import { nameOf, type UserCard } from '../../api/users.ts';
import { localeName } from '../../words/locale-words.ts';
import { refusalWords } from '../../words/refusal-words.ts';
import { EmailPreview } from './email-preview.tsx';
import { PersonChoice } from './person-choice.tsx';
import { Phone, SmsBubble } from './phone-bubbles.tsx';
import { SendingLine } from './sending-line.tsx';
import { SessionBubble } from './session/session-bubble.tsx';
import { TemplateBubble } from './template-bubble.tsx';
import { useDraftPreview } from './use-draft-preview.ts';

/** The template as somebody would see it, made by the server: for a person of the project, or one made up here. */
export function PreviewPanel({
  draft,
  fields,
  sample,
  onSample,
}: {
  draft: TemplateDraft;
  fields: string[];
  sample: Record<string, string>;
  onSample: (sample: Record<string, string>) => void;
}) {
  const { content } = draft;
  const [person, setPerson] = useState<UserCard | null>(null);
  const { isWritten, ...preview } = useDraftPreview(draft, sample, person?.ref ?? null);
  const seen = isWritten && !preview.error ? preview.data : undefined;
  return (
    <Card component="section" aria-labelledby="preview" pos="sticky" top={24}>
      <Title order={2} id="preview" mb="md">
        As they will see it
      </Title>
      <Stack>
        <Shown medium={content.medium} seen={seen} />
        {isWritten && preview.error && (
          <Alert
            color="yellow"
            icon={<IconInfoCircle aria-hidden />}
            title="Cannot be shown as it is written"
            role="status"
          >
            <span className="anywhere">{refusalWords(preview.error)}</span>
          </Alert>
        )}
        {seen && <SendingLine preview={seen} />}
        {seen && person && <OtherLocale person={person} gets={seen.locale} shown={draft.locale} />}
        <PersonChoice person={person} onChange={setPerson} />
        {person === null && fields.length > 0 && (
          <Stack gap="xs" role="group" aria-label="Sample person">
            <Text size="sm" fw={600}>
              Sample person
            </Text>
            <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="xs">
              {fields.map((field) => (
                <TextInput
                  key={field}
                  label={field}
                  size="xs"
                  value={sample[field] ?? ''}
                  onChange={(event) => onSample({ ...sample, [field]: event.currentTarget.value })}
                />
              ))}
            </SimpleGrid>
          </Stack>
        )}
      </Stack>
    </Card>
  );
}

function Shown({ medium, seen }: { medium: Medium; seen: DraftPreview | undefined }) {
  const { message = null, whatsApp = null, session = null } = seen ?? {};
  if (message?.kind === 'email')
    return (
      <EmailPreview
        subject={message.subject}
        html={message.html}
        fromName={message.fromName}
        preheader={seen?.preheader ?? ''}
      />
    );
  const nothing = (
    <Text c="dimmed">{seen?.skip ? 'No message for this person.' : 'Your message shows here.'}</Text>
  );
  if (medium === 'email') return nothing;
  return (
    <Phone className={medium === 'whatsApp' ? 'whatsapp' : ''}>
      {message?.kind === 'sms' ? (
        <SmsBubble body={message.body} mediaUrls={message.mediaUrls} />
      ) : whatsApp ? (
        <TemplateBubble message={whatsApp} />
      ) : session ? (
        <SessionBubble message={session} />
      ) : (
        nothing
      )}
    </Phone>
  );
}

/** Says so where the text that is shown is not the one the person would get. */
function OtherLocale({
  person,
  gets,
  shown,
}: {
  person: UserCard;
  gets: string | null;
  shown: string | null;
}) {
  if (gets === shown) return null;
  const text = gets === null ? 'the default text' : `the text in ${localeName(gets)}`;
  return (
    <Alert color="blue" icon={<IconInfoCircle aria-hidden />} role="status">
      {nameOf(person)} would get {text}, by their language. This is how the one you are writing would look.
    </Alert>
  );
}
