import { Card, SimpleGrid, Stack, Text, TextInput, Title } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { draftPreviewQuery, type TemplateDraft } from '../../api/templates.ts';
import { Problem } from '../../shell/problem.tsx';
import { textsOf } from './blank-template.ts';
import { EmailPreview } from './email-preview.tsx';
import { SmsBubble, WhatsAppBubble } from './phone-bubbles.tsx';
import { PersonChoice, SendingLine } from './server-preview.tsx';

/** The template as somebody would see it, with the fields of a person one can change. */
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
  const [person, setPerson] = useState('');
  const [asked] = useDebouncedValue(JSON.stringify({ draft, sample, person: person.trim() }), 400);
  const inQuestion = JSON.parse(asked) as {
    draft: TemplateDraft;
    sample: Record<string, string>;
    person: string;
  };
  const preview = useQuery({
    ...draftPreviewQuery(inQuestion.draft, inQuestion.sample, inQuestion.person),
    enabled: textsOf(inQuestion.draft.content).some((text) => text.trim() !== ''),
  });
  const body = preview.data?.message?.body;
  return (
    <Card component="section" aria-labelledby="preview" pos="sticky" top={24}>
      <Title order={2} id="preview" mb="md">
        As they will see it
      </Title>
      <Stack>
        {content.medium === 'sms' && <SmsBubble content={content} sample={sample} body={body} />}
        {content.medium === 'whatsApp' && <WhatsAppBubble content={content} sample={sample} />}
        {content.medium === 'email' && <EmailPreview content={content} sample={sample} />}
        {preview.error ? (
          <Problem error={preview.error} />
        ) : (
          preview.data && <SendingLine preview={preview.data} />
        )}
        <PersonChoice value={person} onChange={setPerson} />
        {fields.length > 0 && (
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
