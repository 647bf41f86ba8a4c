import { Badge, Card, Group, Select, Stack, Text, TextInput, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { sendersQuery } from '../../api/senders.ts';
import { submitCodeTemplate, type VerificationProfile } from '../../api/verifications.ts';
import { ActionForm } from '../../shell/action-form.tsx';
import { useAction } from '../../shell/use-action.ts';

const colours: Record<string, string> = { APPROVED: 'green', PENDING: 'gray' };

/** Where codes on WhatsApp stand with Meta, language by language, and having another approved. */
export function WhatsAppCard({ profile }: { profile: VerificationProfile }) {
  const { data: senders = [] } = useQuery(sendersQuery);
  const able = senders.filter((each) => each.medium === 'whatsApp' && each.purpose === 'transactional');
  const [chosen, setChosen] = useState<string | null>(null);
  const senderId = chosen ?? (able[0] ? String(able[0].id) : null);
  const [language, setLanguage] = useState('en_US');
  const submit = useAction(() => submitCodeTemplate(profile.id, { senderId: Number(senderId), language }), {
    ...{ inPlace: true, refresh: [['codes']], done: 'Meta has it' },
  });
  return (
    <Card component="section" aria-labelledby="whatsapp">
      <Stack>
        <Title order={2} id="whatsapp">
          On WhatsApp
        </Title>
        <Text size="sm">
          The words are Meta’s own. A code goes out in a language once Meta has approved it, mostly within
          minutes.
          {profile.whatsAppApps &&
            ' It holds your apps: after a change of them have it approved anew; until then codes go by the next channel.'}
        </Text>
        {profile.whatsApp.map(({ language: tag, status, reason }) => (
          <Group key={tag} justify="space-between">
            <Text>{tag}</Text>
            <Badge color={colours[status] ?? 'red'} variant="light">
              {status.toLowerCase()}
            </Badge>
            {reason && (
              <Text size="sm" c="dimmed">
                {reason}
              </Text>
            )}
          </Group>
        ))}
        <ActionForm action={submit} submit="Have it approved" isMinor gap="sm">
          <Select
            label="For the account of"
            required
            allowDeselect={false}
            data={able.map(({ id, name }) => ({ value: String(id), label: name }))}
            value={senderId}
            onChange={setChosen}
          />
          <TextInput
            label="Language"
            description="Meta’s code, as en_US or de"
            required
            value={language}
            onChange={(event) => setLanguage(event.currentTarget.value)}
          />
        </ActionForm>
      </Stack>
    </Card>
  );
}
