import { Button, Card, Group, Text, TextInput, Title } from '@mantine/core';
import { IconSend } from '@tabler/icons-react';
import { useState } from 'react';
import { sendProof, type Template } from '../../api/templates.ts';
import { useAction } from '../../shell/use-action.ts';

/** Sends one test, to oneself or to a handset of the simulator. */
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
  const send = useAction(() => sendProof(medium, template.templateId, to.trim(), sample), {
    done: 'The test is on its way',
  });
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
          send.mutate();
        }}
      >
        <Group align="flex-end">
          {medium === 'email' ? (
            <TextInput
              label="Email address"
              type="email"
              required
              flex={1}
              value={to}
              onChange={(event) => setTo(event.currentTarget.value)}
            />
          ) : (
            <TextInput
              label="Phone number"
              type="tel"
              required
              placeholder="+1…"
              flex={1}
              value={to}
              onChange={(event) => setTo(event.currentTarget.value)}
            />
          )}
          <Button
            type="submit"
            variant="light"
            disabled={isChanged}
            loading={send.isPending}
            leftSection={<IconSend size={18} aria-hidden />}
          >
            {isChanged ? 'Save it first' : 'Send test'}
          </Button>
        </Group>
      </form>
    </Card>
  );
}
