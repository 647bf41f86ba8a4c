import { Badge, Code, Group, Stack, Text } from '@mantine/core';
import type { Why } from '../../api/segments.ts';
import { fieldText } from '../../words/formats.ts';

/** Each condition with whether it holds of somebody, and what it looked at. */
export function WhyAnswer({ why }: { why: Why }) {
  return (
    <Stack gap="sm" role="status">
      <Text fw={600}>{why.isMember ? 'They are of it.' : 'They are not of it.'}</Text>
      {why.conditions.map(({ place, sentence, holds, value }) => (
        <Group key={place} align="flex-start" wrap="nowrap" gap="sm">
          <Badge color={holds ? 'green' : 'orange'} miw={62}>
            {holds ? 'holds' : 'does not'}
          </Badge>
          <div style={{ minWidth: 0 }}>
            <Text size="sm" className="anywhere" dir="auto">
              {sentence}
            </Text>
            <Text size="sm" c="dimmed" className="anywhere" component="div">
              What there is: <Code>{fieldText(value)}</Code>
            </Text>
          </div>
        </Group>
      ))}
    </Stack>
  );
}
