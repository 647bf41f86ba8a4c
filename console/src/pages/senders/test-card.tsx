import { Card, Group, Select, Stack, Text, TextInput, Title } from '@mantine/core';
import { IconSend } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { messageTypesQuery } from '../../api/channels.ts';
import { providerAccountsQuery } from '../../api/provider-accounts.ts';
import type { Sender } from '../../api/senders.ts';
import { sendProofFrom, type TemplateSummary, templatesQuery } from '../../api/templates.ts';
import { BusyButton } from '../../shell/busy-button.tsx';
import { Loaded, Problem } from '../../shell/problem.tsx';
import { ProofState } from '../../shell/proof-state.tsx';
import { TextLink } from '../../shell/router-link.tsx';
import { useAction } from '../../shell/use-action.ts';
import { mediumWords } from '../../words/message-statuses.ts';

/** Sends a test from this very sender to one's own phone or mailbox. */
export function TestCard({ sender }: { sender: Sender }) {
  const templates = useQuery(templatesQuery);
  const types = useQuery(messageTypesQuery);
  return (
    <Card component="section" aria-labelledby="test">
      <Title order={2} id="test">
        Try it
      </Title>
      <Loaded query={templates}>
        {(all) => (
          <Loaded query={types}>
            {(known) => {
              const fitting = all.filter((template) => {
                const type = known.find(({ id }) => id === template.messageTypeId);
                return template.medium === sender.medium && type?.purpose === sender.purpose;
              });
              return fitting.length === 0 ? (
                <NoTemplate sender={sender} />
              ) : (
                <TestForm sender={sender} templates={fitting} />
              );
            }}
          </Loaded>
        )}
      </Loaded>
    </Card>
  );
}

function NoTemplate({ sender: { medium, purpose } }: { sender: Sender }) {
  return (
    <Text size="sm">
      A test needs words to send.{' '}
      <TextLink to="/templates/$medium/new" params={{ medium }}>
        Write a {purpose} template for {mediumWords(medium)}
      </TextLink>{' '}
      first.
    </Text>
  );
}

function TestForm({ sender, templates }: { sender: Sender; templates: readonly TemplateSummary[] }) {
  const [templateId, setTemplateId] = useState(String(templates[0]?.templateId ?? ''));
  const [to, setTo] = useState('');
  const accounts = useQuery(providerAccountsQuery);
  const isSimulated = accounts.data?.find(({ id }) => id === sender.providerAccountId)?.simulated ?? false;
  const send = useAction(() => sendProofFrom(sender, Number(templateId), to.trim()), { inPlace: true });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        send.act();
      }}
    >
      <Text c="dimmed" size="sm" mb="sm">
        {isSimulated
          ? 'To any handset of the simulator, from this sender.'
          : 'To your own, from this sender. On a real network you must have opted in as anybody: add yourself under Users with your number, and record your opt-in there.'}
      </Text>
      <Stack gap="sm">
        <Group align="flex-end">
          <Select
            label="Template"
            data={templates.map((template) => ({
              value: String(template.templateId),
              label: template.name,
            }))}
            searchable
            allowDeselect={false}
            flex="1 1 200px"
            value={templateId}
            onChange={(value) => setTemplateId(value ?? templateId)}
          />
          <TextInput
            {...(sender.medium === 'email'
              ? { label: 'Your email address', type: 'email' }
              : { label: 'Your phone number', type: 'tel', placeholder: '+1…' })}
            required
            flex="1 1 200px"
            value={to}
            onChange={(event) => setTo(event.currentTarget.value)}
          />
          <BusyButton
            type="submit"
            variant="light"
            busy={send.isBusy}
            leftSection={<IconSend size={18} aria-hidden />}
          >
            Send test
          </BusyButton>
        </Group>
        {send.error && <Problem error={send.error} />}
        {send.answer && !send.error && <ProofState messageId={send.answer.messageId} />}
      </Stack>
    </form>
  );
}
