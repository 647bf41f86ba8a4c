import { ActionIcon, Button, Card, Group, NumberInput, Select, Stack, Text, Title } from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { isMedium } from '../../api/media.ts';
import { changeProject, type FrequencyCap } from '../../api/project.ts';
import { BusyButton } from '../../shell/busy-button.tsx';
import { Problem } from '../../shell/problem.tsx';
import { useAction } from '../../shell/use-action.ts';
import { randomKey } from '../../words/random-key.ts';

const mostCaps = 10;
const mediumChoices = [
  { value: 'all', label: 'All channels' },
  { value: 'sms', label: 'SMS' },
  { value: 'whatsApp', label: 'WhatsApp' },
  { value: 'email', label: 'Email' },
];

/** How many messages one person may get over all campaigns, whatever the law allows. */
export function CapsCard({ caps }: { caps: FrequencyCap[] }) {
  const [rows, setRows] = useState(() => caps.map((cap) => ({ ...cap, key: randomKey() })));
  const save = useAction(() => changeProject({ frequencyCaps: rows.map(({ key: _, ...cap }) => cap) }), {
    ...{ inPlace: true, done: 'The limits are saved' },
    refresh: [['project']],
  });
  const change = (key: string, part: Partial<FrequencyCap>) =>
    setRows((before) => before.map((row) => (row.key === key ? { ...row, ...part } : row)));
  return (
    <Card component="section" aria-labelledby="caps">
      <Title order={2} id="caps">
        Your own limits
      </Title>
      <Text c="dimmed" size="sm" mb="md">
        At most so many promotional messages to one person within so many hours, over all campaigns. The law’s
        limits hold besides. Whoever has had as many is skipped, unless a campaign says to wait.
      </Text>
      <Stack>
        {rows.map((row, place) => (
          <Group key={row.key} align="flex-end" gap="sm" role="group" aria-label={`Limit ${place + 1}`}>
            <NumberInput
              label="Messages"
              min={1}
              w={110}
              value={row.messages}
              onChange={(value) => change(row.key, { messages: Number(value) || 1 })}
            />
            <NumberInput
              label="within hours"
              min={1}
              max={8760}
              w={110}
              value={row.hours}
              onChange={(value) => change(row.key, { hours: Number(value) || 1 })}
            />
            <Select
              label="on"
              data={mediumChoices}
              allowDeselect={false}
              w={160}
              value={row.medium ?? 'all'}
              onChange={(value) => change(row.key, { medium: value && isMedium(value) ? value : null })}
            />
            <ActionIcon
              variant="default"
              size={36}
              aria-label={`Remove limit ${place + 1}`}
              onClick={() => setRows(rows.filter(({ key }) => key !== row.key))}
            >
              <IconTrash size={18} aria-hidden />
            </ActionIcon>
          </Group>
        ))}
        {rows.length === 0 && <Text>None yet.</Text>}
        {save.error && <Problem error={save.error} />}
        <Group>
          <Button
            variant="default"
            disabled={rows.length >= mostCaps}
            leftSection={<IconPlus size={18} aria-hidden />}
            onClick={() => setRows([...rows, { messages: 5, hours: 168, medium: null, key: randomKey() }])}
          >
            Add a limit
          </Button>
          <BusyButton busy={save.isBusy} onClick={() => save.act()}>
            Save limits
          </BusyButton>
        </Group>
      </Stack>
    </Card>
  );
}
