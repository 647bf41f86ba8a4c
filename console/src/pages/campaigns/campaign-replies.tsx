import { Group, Stack, Text, Title } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { type Reply, repliesQuery, type Totals } from '../../api/numbers.ts';
import { BusyButton } from '../../shell/busy-button.tsx';
import { type Column, DataTable } from '../../shell/data-table.tsx';
import { Loaded } from '../../shell/problem.tsx';
import { TextLink } from '../../shell/router-link.tsx';
import { meaningWords } from '../../words/consent-words.ts';
import { count, counted, instant } from '../../words/formats.ts';

const columns: Column<Reply>[] = [
  {
    header: 'From',
    cell: ({ userRef, fromAddress }) => (
      <TextLink to="/users/$ref" params={{ ref: userRef }} className="stretched">
        {fromAddress}
      </TextLink>
    ),
  },
  {
    header: 'Reply',
    cell: ({ body }) => (
      <span className="anywhere" dir="auto">
        {body}
      </span>
    ),
  },
  { header: 'Read as', cell: ({ meaning }) => meaningWords(meaning) || '–' },
  { header: 'When', cell: ({ receivedAt }) => instant(receivedAt), unbroken: true },
];

/** What people answered within a day, the newest first. */
export function CampaignReplies({
  campaignId,
  replies: { total, unique },
}: {
  campaignId: number;
  replies: Totals['replies'];
}) {
  const query = useInfiniteQuery(repliesQuery(campaignId));
  return (
    <Stack component="section" aria-labelledby="replies">
      <Group justify="space-between">
        <Title order={2} id="replies">
          Replies
        </Title>
        {total > 0 && (
          <Text c="dimmed">
            {count(total)} from {counted(unique, 'person', 'people')}, within a day after it left
          </Text>
        )}
      </Group>
      <Loaded query={query}>
        {({ pages }) => (
          <>
            <DataTable
              caption="Replies to this campaign"
              columns={columns}
              rows={pages.flatMap((page) => page.replies)}
              rowKey={({ replyId }) => replyId}
              empty={<Text>Nobody has replied yet.</Text>}
            />
            {query.hasNextPage && (
              <Group justify="flex-end">
                <BusyButton
                  variant="default"
                  busy={query.isFetchingNextPage}
                  onClick={() => void query.fetchNextPage()}
                >
                  Older replies
                </BusyButton>
              </Group>
            )}
          </>
        )}
      </Loaded>
    </Stack>
  );
}
