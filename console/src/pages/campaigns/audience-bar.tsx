import { Card, Group, Text, Title } from '@mantine/core';
import type { Live } from '../../api/numbers.ts';
import { count, share } from '../../words/formats.ts';

/** How far a campaign is through its audience: its parts beside each other, with a legend that carries the figures. */
export function AudienceBar({ live }: { live: Live }) {
  const { totals: numbers } = live;
  const isPaused = live.state === 'Paused';
  // A pause holds everything, whatever its hour.
  const waiting = isPaused ? numbers.pending : live.waiting;
  const parts = [
    { label: 'Delivered', value: numbers.delivered, colour: 'var(--mantine-color-green-7)' },
    { label: 'Awaiting receipt', value: numbers.awaitingReceipt, colour: 'var(--mantine-color-blue-5)' },
    { label: 'Bounced', value: numbers.bounced, colour: 'var(--mantine-color-red-7)' },
    { label: 'In doubt', value: numbers.inDoubt, colour: 'var(--mantine-color-orange-6)' },
    { label: 'Skipped', value: numbers.skips, colour: 'var(--mantine-color-yellow-5)' },
    { label: 'Pending, in turn', value: numbers.pending - waiting, colour: 'var(--mantine-color-gray-5)' },
    {
      label: isPaused ? 'Pending, held by the pause' : 'Pending, until their hour or limit allows',
      value: waiting,
      colour: 'var(--mantine-color-grape-4)',
    },
  ].filter((part) => part.value > 0);
  const settled = numbers.audience - numbers.pending;
  return (
    <Card component="section" aria-label="Progress">
      <Group justify="space-between" mb="sm">
        <Title order={2}>Progress</Title>
        <Text fw={600}>
          {count(settled)} of {count(numbers.audience)} sent or skipped · {share(settled, numbers.audience)}
        </Text>
      </Group>
      <div
        className="parts-bar"
        role="progressbar"
        aria-label="Sent or skipped"
        aria-valuemin={0}
        aria-valuemax={numbers.audience}
        aria-valuenow={settled}
        aria-valuetext={`${count(settled)} of ${count(numbers.audience)}`}
      >
        {parts.map((part) => (
          <span
            key={part.label}
            style={{ width: `${(100 * part.value) / numbers.audience}%`, background: part.colour }}
          />
        ))}
      </div>
      <Group gap="lg" mt="sm" mb={0} component="ul" p={0} style={{ listStyle: 'none', rowGap: 4 }}>
        {parts.map((part) => (
          <Group key={part.label} gap={6} component="li">
            <span className="swatch" style={{ background: part.colour }} aria-hidden />
            <Text size="sm">
              {part.label} <strong>{count(part.value)}</strong>
            </Text>
          </Group>
        ))}
      </Group>
    </Card>
  );
}
