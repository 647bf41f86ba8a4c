import { Group, Text } from '@mantine/core';

/** Carillon's bell and name. */
export function Wordmark() {
  return (
    <Group gap={10} wrap="nowrap">
      <img src="/favicon.svg" alt="" width={28} height={28} />
      <Text fw={700} size="lg" lts="-0.01em">
        Carillon
      </Text>
    </Group>
  );
}
