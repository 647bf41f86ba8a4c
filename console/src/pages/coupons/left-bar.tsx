import { Badge, Group, Progress, Stack, Text } from '@mantine/core';
import type { CouponPool } from '../../api/coupons.ts';
import { count } from '../../words/formats.ts';

/** How many codes of a pool are left, with a bar and, where few are, a word about it. */
export function LeftBar({ pool }: { pool: CouponPool }) {
  const { left, given, expired, isLow, name } = pool;
  const all = left + given + expired;
  return (
    <Stack gap={4} miw={140}>
      <Group gap="xs">
        <Text size="sm">{all === 0 ? 'No codes yet' : `${count(left)} of ${count(all)} left`}</Text>
        {isLow && (
          <Badge color="orange" variant="light">
            Low
          </Badge>
        )}
        {expired > 0 && (
          <Badge color="gray" variant="light">
            Expired
          </Badge>
        )}
      </Group>
      {all > 0 && (
        <Progress
          value={(100 * left) / all}
          {...(isLow && { color: 'orange' })}
          aria-label={`Codes left of ${name}`}
        />
      )}
    </Stack>
  );
}
