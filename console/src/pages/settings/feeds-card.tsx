import { Button, Group, Modal, Stack, Text, Title } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { type DataFeed, deleteFeed, feedsQuery } from '../../api/feeds.ts';
import { ConfirmButton } from '../../shell/confirm-button.tsx';
import { type Column, DataTable } from '../../shell/data-table.tsx';
import { focusPageTitle } from '../../shell/page.tsx';
import { Loaded } from '../../shell/problem.tsx';
import { useAction } from '../../shell/use-action.ts';
import { FeedForm } from './feed-form.tsx';
import { FeedTrial } from './feed-trial.tsx';

const columns: Column<DataFeed>[] = [
  {
    header: 'Feed',
    cell: ({ name, url }) => (
      <>
        <b className="anywhere">{name}</b>
        <Text size="sm" c="dimmed" className="anywhere">
          {url}
        </Text>
      </>
    ),
  },
  { header: 'Asked', cell: ({ askedFor }) => (askedFor === 'person' ? 'For each person' : 'Once for all') },
  { header: 'Actions', cell: (feed) => <Actions feed={feed} /> },
];

function Actions({ feed }: { feed: DataFeed }) {
  const [changing, change] = useDisclosure();
  const [trying, tryIt] = useDisclosure();
  const remove = useAction(() => deleteFeed(feed.id), {
    ...{ done: 'The data feed is deleted', refresh: [['dataFeeds']], after: focusPageTitle },
  });
  return (
    <Group gap="xs">
      <Button size="xs" variant="default" aria-label={`Ask data feed ${feed.name}`} onClick={tryIt.open}>
        Ask
      </Button>
      <Button size="xs" variant="default" aria-label={`Change data feed ${feed.name}`} onClick={change.open}>
        Change
      </Button>
      <ConfirmButton
        label="Delete"
        aria-label={`Delete data feed ${feed.name}`}
        size="xs"
        variant="default"
        question={`Delete “${feed.name}”?`}
        confirm="Delete the data feed"
        danger
        busy={remove.isBusy}
        onConfirm={() => remove.act()}
      >
        While a template asks it, it is kept, and the template is named.
      </ConfirmButton>
      <Modal
        opened={changing}
        onClose={change.close}
        closeOnClickOutside={false}
        title={`Change ${feed.name}`}
      >
        <FeedForm feed={feed} onDone={change.close} />
      </Modal>
      <Modal opened={trying} onClose={tryIt.close} title={`Ask ${feed.name}`}>
        <FeedTrial feed={feed} />
      </Modal>
    </Group>
  );
}

/** Addresses that are asked for data as messages are made. */
export function FeedsCard() {
  const feeds = useQuery(feedsQuery);
  const [opened, { open, close }] = useDisclosure();
  return (
    <Stack component="section" aria-labelledby="feeds" gap="sm">
      <Group justify="space-between">
        <Title order={2} id="feeds">
          Data feeds
        </Title>
        <Button variant="default" onClick={open}>
          New data feed
        </Button>
      </Group>
      <Loaded query={feeds}>
        {(data) => (
          <DataTable
            caption="Data feeds"
            columns={columns}
            rows={data}
            rowKey={(feed) => feed.id}
            empty="No data feed yet. One is an address of yours that is asked for JSON as messages are made."
          />
        )}
      </Loaded>
      <Modal opened={opened} onClose={close} closeOnClickOutside={false} title="New data feed">
        <FeedForm onDone={close} />
      </Modal>
    </Stack>
  );
}
