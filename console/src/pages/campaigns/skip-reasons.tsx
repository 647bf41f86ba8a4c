import { Card, Group, Progress, Stack, Text, Title } from '@mantine/core';
import { count, share } from '../../words/formats.ts';
import { skipReasonWords } from '../../words/skip-reasons.ts';

/** Why messages were not sent, the commonest reason first. */
export function SkipReasons({ reasons, total }: { reasons: Record<string, number>; total: number }) {
  const sorted = Object.entries(reasons)
    .filter(([, number]) => number > 0)
    .sort((a, b) => b[1] - a[1]);
  return (
    <Card component="section" aria-labelledby="skips">
      <Title order={2} id="skips" mb="md">
        {count(total)} not sent, and why
      </Title>
      <Stack gap="sm" component="ul" p={0} m={0} style={{ listStyle: 'none' }}>
        {sorted.map(([reason, number]) => (
          <li key={reason}>
            <Group justify="space-between" wrap="nowrap" align="flex-start">
              <Text size="sm">{skipReasonWords(reason)}</Text>
              <Text size="sm" fw={600} style={{ whiteSpace: 'nowrap' }}>
                {count(number)} · {share(number, total)}
              </Text>
            </Group>
            <Progress value={(100 * number) / total} color="yellow.5" size="sm" mt={4} aria-hidden />
          </li>
        ))}
      </Stack>
    </Card>
  );
}
