import { Badge, Code, Group, Stack, Text } from '@mantine/core';
import type { Why } from '../../api/segments.ts';
import { counted, fieldText, instant } from '../../words/formats.ts';

/** Each condition with whether it holds of somebody, and what it looked at. */
export function WhyAnswer({ who, why }: { who: string; why: Why }) {
  return (
    <Stack gap="sm" role="status">
      <Text fw={600} className="anywhere">
        <bdi>{who}</bdi>: {why.isMember ? 'they are of it.' : 'they are not of it.'}
      </Text>
      {why.conditions.map(({ place, sentence, holds, value }) => (
        <Group key={place} align="flex-start" wrap="nowrap" gap="sm" pl={24 * segmentsAround(place)}>
          <Badge color={holds ? 'green' : 'orange'} miw={86} mt={2}>
            {holds ? 'true' : 'not true'}
          </Badge>
          <div style={{ minWidth: 0 }}>
            <Text size="sm" className="anywhere" dir="auto">
              {sentence}
            </Text>
            {place.endsWith('.segment') ? null : (
              <Text size="sm" c="dimmed" className="anywhere" component="div">
                What there is: <WhatThereIs value={value} />
              </Text>
            )}
          </div>
        </Group>
      ))}
    </Stack>
  );
}

/** Within the conditions of how many other segments a condition stands: those that name one are followed by its own. */
const segmentsAround = (place: string) => place.split('.segment.').length - 1;

/** A value as it is; of what happened how often, and when. */
function WhatThereIs({ value }: { value: unknown }) {
  if (value === null || value === undefined) return 'nothing';
  if (!isHistory(value)) return <Code>{fieldText(value)}</Code>;
  const { times, first, last, ...measures } = value;
  if (times === 0) return 'never';
  const when = times === 1 ? instant(first) : `first ${instant(first)}, last ${instant(last)}`;
  const measured = Object.entries(measures).map(([name, measure]) => `, ${name} ${fieldText(measure)}`);
  return `${counted(times, 'time')}, ${when}${measured.join('')}`;
}

interface History {
  times: number;
  first: string;
  last: string;
}

const isHistory = (value: unknown): value is History =>
  typeof value === 'object' && value !== null && 'times' in value && 'first' in value && 'last' in value;
