import { Alert, Card, Group, Loader, Stack, Table, Text, Title } from '@mantine/core';
import type { UseQueryResult } from '@tanstack/react-query';
import type { SegmentPreview } from '../../api/segments.ts';
import { Problem } from '../../shell/problem.tsx';
import { count, counted, share } from '../../words/formats.ts';

const reasonWords: Readonly<Record<string, string>> = {
  noAddress: 'no address there',
  unreachable: 'an address at which nobody is reached',
  optedOut: 'opted out',
  paused: 'with an unclear reply that waits for a decision',
  pending: 'yet to confirm',
  noOptIn: 'never agreed',
};

/** What takes longer is worth telling: a send asks it again and again. */
const dearMs = 1_000;
const seconds = (ms: number) => counted(Math.round(ms / 1_000), 'second');

/**
 * What a definition comes to, as it is now: in words, how many, and whom one may write to; or what is `missing` before it
 * can be asked.
 */
export function CountPanel({
  preview,
  missing = null,
}: {
  preview: UseQueryResult<SegmentPreview>;
  missing?: string | null;
}) {
  const { data, error, isFetching } = preview;
  return (
    <Card component="section" aria-labelledby="count">
      <Stack gap="md">
        <Group justify="space-between">
          <Title order={2} id="count">
            Who that is
          </Title>
          {isFetching && <Loader type="dots" size="sm" aria-label="Counting" role="status" />}
        </Group>
        {missing && (
          <Text c="dimmed" role="status">
            {missing}, and the people are counted.
          </Text>
        )}
        {error && !missing && <Problem error={error} />}
        {data && !error && !missing && (
          <>
            <div role="status">
              <Text fz={28} fw={650} lh={1.2}>
                {!data.isCounted && 'about '}
                {counted(data.count, 'person', 'people')}
              </Text>
              <Text size="sm" c="dimmed">
                {foundWords(data)}
                {data.askedMs >= dearMs && `; to ask it of everybody takes ${seconds(data.askedMs)}`}
              </Text>
            </div>
            <Text dir="auto" className="anywhere">
              {data.sentence}
            </Text>
            {data.remarks.length > 0 && (
              <Alert color="yellow" title="Worth a look">
                <ul style={{ margin: 0, paddingInlineStart: '1.2em' }}>
                  {data.remarks.map(({ place, words }) => (
                    <li key={`${place} ${words}`} className="anywhere">
                      {words}
                    </li>
                  ))}
                </ul>
              </Alert>
            )}
            <Reach reach={data.reach} />
          </>
        )}
      </Stack>
    </Card>
  );
}

function Reach({ reach }: { reach: SegmentPreview['reach'] }) {
  return (
    <Table captionSide="top" verticalSpacing={6} horizontalSpacing={4}>
      <Table.Caption ta="start" fw={600} fz="sm" mt={0}>
        Whom one may write to
      </Table.Caption>
      <Table.Thead>
        <Table.Tr>
          <Table.Th scope="col">Channel</Table.Th>
          <Table.Th scope="col" ta="end">
            People
          </Table.Th>
          <Table.Th scope="col">The others</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {reach.map(({ channelId, name, reachable, others }) => (
          <Table.Tr key={channelId}>
            <Table.Th scope="row" fw={400}>
              {name}
            </Table.Th>
            <Table.Td ta="end">{count(reachable)}</Table.Td>
            <Table.Td>
              {Object.entries(others)
                .filter(([, people]) => people > 0)
                .map(([reason, people]) => `${count(people)} ${reasonWords[reason] ?? reason}`)
                .join(', ') || '–'}
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}

/** Among how many people they were found, and how surely. */
function foundWords({ count: found, countBetween, isCounted, judged, people }: SegmentPreview): string {
  if (people === 0) return 'There is nobody to be counted yet: an import, or your system, brings people.';
  if (isCounted) return `${share(found, people)} of ${count(people)}`;
  const { from, to, surety } = countBetween;
  const within = `between ${count(from)} and ${count(to)} with ${Math.round(surety * 100)} % certainty`;
  return `${within}: ${count(judged)} of about ${count(people)} were looked at so far`;
}
