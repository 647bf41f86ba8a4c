import { Card, Group, Select, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { sendersQuery } from '../../api/senders.ts';
import { submitToMeta, type Template } from '../../api/templates.ts';
import { BusyButton } from '../../shell/busy-button.tsx';
import { Problem } from '../../shell/problem.tsx';
import { useAction } from '../../shell/use-action.ts';
import { ApprovalBadge } from './approval-badge.tsx';

/** Where a WhatsApp template stands with Meta, and the button that asks. */
export function ApprovalPanel({ template, isChanged }: { template: Template; isChanged: boolean }) {
  const mayAsk = template.status === null || template.status === 'REJECTED';
  return (
    <Card component="section" aria-labelledby="approval">
      <Group gap="sm">
        <Title order={2} id="approval">
          Meta’s approval
        </Title>
        <span role="status">
          <ApprovalBadge status={template.status} />
        </span>
      </Group>
      <Text c="dimmed" size="sm" mt={4}>
        {template.statusReason ?? 'Nothing of it is sent before Meta approves it; a change asks anew.'}
      </Text>
      {mayAsk && <Submit templateId={template.templateId} isChanged={isChanged} />}
    </Card>
  );
}

function Submit({ templateId, isChanged }: { templateId: number; isChanged: boolean }) {
  const { data: senders = [] } = useQuery(sendersQuery);
  const options = senders
    .filter((sender) => sender.medium === 'whatsApp')
    .map((sender) => ({ value: String(sender.id), label: `${sender.name} (${sender.address})` }));
  const [chosen, setChosen] = useState<string | null>(null);
  const senderId = chosen ?? options[0]?.value;
  const submit = useAction((id: number) => submitToMeta(templateId, id), {
    inPlace: true,
    done: 'Submitted to Meta',
    refresh: [['templates']],
  });
  if (senderId === undefined) return <Text mt="sm">Set up a WhatsApp sender first.</Text>;
  return (
    <Stack mt="sm">
      <Group align="flex-end">
        {options.length > 1 && (
          <Select
            label="In the account of"
            data={options}
            allowDeselect={false}
            value={senderId}
            onChange={setChosen}
          />
        )}
        <BusyButton disabled={isChanged} busy={submit.isBusy} onClick={() => submit.act(Number(senderId))}>
          {isChanged ? 'Save it first' : 'Submit to Meta'}
        </BusyButton>
      </Group>
      {submit.error && <Problem error={submit.error} />}
    </Stack>
  );
}
