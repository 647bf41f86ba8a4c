import { Alert, Card, SimpleGrid, Stack, Text, TextInput, Title } from '@mantine/core';
import { IconInfoCircle } from '@tabler/icons-react';
import type { Content } from '../../api/templates.ts';
import { fillIn } from '../../words/fill-in.ts';
import { counted } from '../../words/formats.ts';
import { countSegments } from '../../words/segments.ts';
import { textsOf } from './blank-template.ts';
import { EmailPreview } from './email-preview.tsx';
import { tagOf } from './insert-tag.ts';
import { SmsBubble, WhatsAppBubble } from './phone-bubbles.tsx';

/** The template as somebody would see it, with the fields of a person one can change. */
export function PreviewPanel({
  content,
  fields,
  sample,
  onSample,
}: {
  content: Content;
  fields: string[];
  sample: Record<string, string>;
  onSample: (sample: Record<string, string>) => void;
}) {
  const missing = fillIn(textsOf(content).join('\n'), sample).missing;
  return (
    <Card component="section" aria-labelledby="preview" pos="sticky" top={24}>
      <Title order={2} id="preview" mb="md">
        As they will see it
      </Title>
      <Stack>
        {content.medium === 'sms' && <SmsBubble content={content} sample={sample} />}
        {content.medium === 'whatsApp' && <WhatsAppBubble content={content} sample={sample} />}
        {content.medium === 'email' && <EmailPreview content={content} sample={sample} />}
        {content.medium === 'sms' && <SegmentLine text={fillIn(content.message, sample).text} />}
        {missing.length > 0 && (
          <Alert color="yellow" icon={<IconInfoCircle aria-hidden />} title="Fields without a value">
            {missing.join(', ')}. {lackWords(content.medium, missing.length)} With{' '}
            <span className="code">{`{{defaultIfEmpty ${tagOf(missing[0] ?? '').slice(2, -2)} "friend"}}`}</span>{' '}
            another word stands in.
          </Alert>
        )}
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

/** What happens to whoever lacks a field: Meta takes no empty one, the other media leave a gap. */
function lackWords(medium: Content['medium'], fields: number): string {
  const whoever = `Whoever lacks ${fields === 1 ? 'it' : 'one of them'}`;
  return medium === 'whatsApp'
    ? `${whoever} is skipped: Meta takes no empty field.`
    : `${whoever} still gets the message, with nothing in its place.`;
}

function SegmentLine({ text }: { text: string }) {
  const { encoding, units, segments } = countSegments(text);
  return (
    <Text size="sm" c="dimmed" ta="center">
      For this person: {counted(units, 'character')}, {counted(segments, 'segment')} ({encoding}), before
      links are shortened and an opt-out line is added
    </Text>
  );
}
