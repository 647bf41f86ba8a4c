import { Anchor, Card, Group, Progress, Stack, Text, Title } from '@mantine/core';
import { useId } from 'react';
import { count, share } from '../../words/formats.ts';
import { isSkipReason, type SkipReason, skipReasonWords } from '../../words/skip-reasons.ts';

/**
 * Why messages were not sent, the commonest reason first; `ahead` when they are yet to be sent. Who is behind a reason
 * is shown by `onShow`.
 */
export function SkipReasons({
  reasons,
  total,
  onShow,
  ahead = false,
  projected = [],
}: {
  reasons: Record<string, number>;
  total: number;
  onShow: (reason: SkipReason) => void;
  ahead?: boolean;
  /** Reasons whose numbers are projected from a sample. */
  projected?: readonly string[];
}) {
  const id = useId();
  const sorted = Object.entries(reasons)
    .filter((each): each is [SkipReason, number] => isSkipReason(each[0]) && each[1] > 0)
    .sort((a, b) => b[1] - a[1]);
  return (
    <Card component="section" aria-labelledby={id}>
      <Title order={ahead ? 3 : 2} id={id} mb="md">
        {projected.length > 0 && 'About '}
        {count(total)} {ahead ? 'will be skipped' : 'not sent'}, and why
      </Title>
      <Stack gap="sm" component="ul" p={0} m={0} style={{ listStyle: 'none' }}>
        {sorted.map(([reason, number]) => (
          <li key={reason}>
            <Group justify="space-between" wrap="nowrap" align="flex-start">
              <Text size="sm">
                <span>{skipReasonWords(reason)}</span> ·{' '}
                <Anchor
                  component="button"
                  type="button"
                  size="sm"
                  underline="always"
                  aria-label={`Who? ${skipReasonWords(reason)}`}
                  onClick={() => onShow(reason)}
                >
                  Who?
                </Anchor>
              </Text>
              <Text size="sm" fw={600} style={{ whiteSpace: 'nowrap' }}>
                {projected.includes(reason) && 'about '}
                {count(number)} · {share(number, total)} of skips
              </Text>
            </Group>
            <Progress value={(100 * number) / total} color="yellow.5" size="sm" mt={4} aria-hidden />
          </li>
        ))}
      </Stack>
    </Card>
  );
}
