import { Card, Group, Stack, Text, TextInput, Title } from '@mantine/core';
import { IconSend } from '@tabler/icons-react';
import { useState } from 'react';
import { isFreeForm, sendProof, type Template } from '../../api/templates.ts';
import { BusyButton } from '../../shell/busy-button.tsx';
import { Problem } from '../../shell/problem.tsx';
import { ProofState } from '../../shell/proof-state.tsx';
import { useAction } from '../../shell/use-action.ts';

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
        {isFreeForm(template.content) &&
          ' It goes to whoever has written to your WhatsApp number within 24 hours.'}
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
  if (template.verdict && template.verdict.status !== 'APPROVED')
    return 'Meta has not approved the template yet; nothing of it can be sent before.';
  return null;
}
