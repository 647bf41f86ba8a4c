import { Card, Group, Stack, Text, TextInput, Title } from '@mantine/core';
import { IconSend } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { messageQuery } from '../../api/messages.ts';
import { sendProof, type Template } from '../../api/templates.ts';
import { BusyButton } from '../../shell/busy-button.tsx';
import { HandsetLink } from '../../shell/handset-link.tsx';
import { Loaded, Problem } from '../../shell/problem.tsx';
import { MessageStatusBadge } from '../../shell/status-badge.tsx';
import { useAction } from '../../shell/use-action.ts';
import { instant } from '../../words/formats.ts';
import { messageStatusWords } from '../../words/message-statuses.ts';
import { skipReasonWords } from '../../words/skip-reasons.ts';

/** Sends one test, to oneself or to a handset of the simulator, and shows what becomes of it. */
export function ProofPanel({
  template,
  isChanged,
  sample,
}: {
  template: Template;
  isChanged: boolean;
  sample: Record<string, string>;
}) {
  const { medium } = template.content;
  const [to, setTo] = useState('');
  const send = useAction(() => sendProof(template, to.trim(), sample), { inPlace: true });
  const obstacle = obstacleOf(template, isChanged);
  return (
    <Card component="section" aria-labelledby="proof">
      <Title order={2} id="proof">
        Send a test
      </Title>
      <Text c="dimmed" size="sm" mb="sm">
        To yourself, or to any handset of the simulator, with the fields of the sample person.
      </Text>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (obstacle === null) send.act();
        }}
      >
        <Stack gap="sm">
          <Group align="flex-end">
            <TextInput
              {...(medium === 'email'
                ? { label: 'Email address', type: 'email' }
                : { label: 'Phone number', type: 'tel', placeholder: '+1…' })}
              required
              flex={1}
              value={to}
              onChange={(event) => setTo(event.currentTarget.value)}
            />
            <BusyButton
              type="submit"
              variant="light"
              disabled={obstacle !== null}
              busy={send.isBusy}
              leftSection={<IconSend size={18} aria-hidden />}
            >
              Send test
            </BusyButton>
          </Group>
          {obstacle !== null && <Text size="sm">{obstacle}</Text>}
          {send.error && <Problem error={send.error} />}
          {send.answer && !send.error && <ProofState messageId={send.answer.messageId} />}
        </Stack>
      </form>
    </Card>
  );
}

/** Why no test can be sent now, null when one can. */
function obstacleOf(template: Template, isChanged: boolean): string | null {
  if (isChanged) return 'Save the template first: a test sends what is saved.';
  if (template.content.medium === 'whatsApp' && template.status !== 'APPROVED')
    return 'Meta has not approved the template yet; nothing of it can be sent before.';
  return null;
}

function ProofState({ messageId }: { messageId: string }) {
  const message = useQuery(messageQuery(messageId));
  return (
    <div role="status">
      <Loaded query={message}>
        {({ status, skipReason, errorCode, errorDetail, dueAt, toAddress }) => (
          <Group gap="xs">
            <MessageStatusBadge status={status} />
            <Text size="sm" className="anywhere">
              The test to {toAddress ?? 'them'} {messageStatusWords(status).meaning}
              {status === 'queued' && dueAt !== null && dueAt > Date.now() && ` (due ${instant(dueAt)})`}
              {skipReason && `: ${skipReasonWords(skipReason)}`}
              {errorCode && `: carrier code ${errorCode}${errorDetail ? `, ${errorDetail}` : ''}`}.
            </Text>
            {toAddress?.startsWith('+') && <HandsetLink number={toAddress} />}
          </Group>
        )}
      </Loaded>
    </div>
  );
}
