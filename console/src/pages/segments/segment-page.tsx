import { Button, Card, Grid, Group, Modal, Stack, Text, TextInput, Title } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useNavigate, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import {
  identityIn,
  listOfSegment,
  membersQuery,
  previewQuery,
  type Segment,
  segmentFile,
  segmentQuery,
  whyOf,
} from '../../api/segments.ts';
import { identityOf, nameOf, type UserCard } from '../../api/users.ts';
import { ActionForm } from '../../shell/action-form.tsx';
import { BusyButton } from '../../shell/busy-button.tsx';
import { type Column, DataTable } from '../../shell/data-table.tsx';
import { Page } from '../../shell/page.tsx';
import { Loaded, Problem } from '../../shell/problem.tsx';
import { LinkButton, TextLink } from '../../shell/router-link.tsx';
import { useAction } from '../../shell/use-action.ts';
import { counted, day } from '../../words/formats.ts';
import { CountPanel } from './count-panel.tsx';
import { LiveCard } from './live-card.tsx';
import { WhyAnswer } from './why-answer.tsx';

/** One segment: who is of it now, and why. */
export function SegmentPage() {
  const { id } = useParams({ from: '/shell/segments/$id' });
  const segment = useQuery(segmentQuery(Number(id)));
  return (
    <Loaded query={segment} page="Segment">
      {(data) => (
        <Page
          title={data.name}
          about={data.description}
          actions={
            <>
              <Button
                component="a"
                href={segmentFile(data.id)}
                download={`${data.name}.json`}
                variant="default"
              >
                Download as a file
              </Button>
              <ListButton segment={data} />
              <LinkButton to="/campaigns/new" search={{ segment: data.id }} variant="default">
                Use it in a campaign
              </LinkButton>
              <LinkButton to="/segments/$id/edit" params={{ id }}>
                Change
              </LinkButton>
            </>
          }
        >
          <Grid gap="lg">
            <Grid.Col span={{ base: 12, lg: 7 }}>
              <Stack gap="lg">
                <WhyCard segment={data} />
                {data.live && <LiveCard segment={data} />}
              </Stack>
            </Grid.Col>
            <Grid.Col span={{ base: 12, lg: 5 }}>
              <Count segment={data} />
            </Grid.Col>
          </Grid>
          <Members segment={data} />
        </Page>
      )}
    </Loaded>
  );
}

function Count({ segment }: { segment: Segment }) {
  return <CountPanel preview={useQuery(previewQuery(segment.definition))} />;
}

/** Asks of one person why they are of it or not. */
function WhyCard({ segment }: { segment: Segment }) {
  const [who, setWho] = useState('');
  const why = useAction(
    async (asked: string) => ({ asked, why: await whyOf(segment.id, identityIn(asked)) }),
    { inPlace: true },
  );
  return (
    <Card component="section" aria-labelledby="why">
      <Stack>
        <Title order={2} id="why">
          Why is somebody of it, or not?
        </Title>
        <form
          onSubmit={(event) => {
            event.preventDefault();
            why.act(who.trim());
          }}
        >
          <Group align="flex-end">
            <TextInput
              label="Email, phone number or user id"
              description="A phone number with its country’s code: +1 415 555 0132"
              required
              flex="1 1 200px"
              value={who}
              onChange={(event) => setWho(event.currentTarget.value)}
            />
            <BusyButton type="submit" variant="default" busy={why.isBusy}>
              Ask
            </BusyButton>
          </Group>
        </form>
        {why.error && <Problem error={why.error} />}
        {why.answer && !why.error && <WhyAnswer who={why.answer.asked} why={why.answer.why} />}
      </Stack>
    </Card>
  );
}

function Members({ segment }: { segment: Segment }) {
  const query = useInfiniteQuery(membersQuery(segment.id));
  const [asked, setAsked] = useState<UserCard | null>(null);
  const columns: Column<UserCard>[] = [
    {
      header: 'Name',
      cell: (user) => (
        <TextLink to="/users/$ref" params={{ ref: user.ref }}>
          <bdi>{nameOf(user)}</bdi>
        </TextLink>
      ),
    },
    { header: 'Phone', cell: (user) => user.phoneNumber ?? '–', unbroken: true },
    { header: 'Email', cell: (user) => user.email || '–' },
    { header: 'Known since', cell: (user) => day(user.signedUpAt), unbroken: true },
    {
      header: 'Why',
      cell: (user) => (
        <Button
          size="xs"
          variant="default"
          aria-label={`Why is ${nameOf(user)} of it?`}
          onClick={() => setAsked(user)}
        >
          Why?
        </Button>
      ),
    },
  ];
  return (
    <Stack component="section" aria-labelledby="members">
      <Title order={2} id="members">
        People of it now
      </Title>
      <Loaded query={query}>
        {({ pages }) => (
          <>
            <DataTable
              caption="People of the segment"
              columns={columns}
              rows={pages.flatMap(({ members }) => members)}
              rowKey={(user) => user.ref}
              empty="Nobody is of it now."
            />
            {query.hasNextPage && (
              <Group>
                <BusyButton
                  variant="default"
                  busy={query.isFetchingNextPage}
                  onClick={() => void query.fetchNextPage()}
                >
                  Show more people
                </BusyButton>
              </Group>
            )}
          </>
        )}
      </Loaded>
      {asked && <WhyModal segment={segment} user={asked} onClose={() => setAsked(null)} />}
    </Stack>
  );
}

function WhyModal({ segment, user, onClose }: { segment: Segment; user: UserCard; onClose: () => void }) {
  const why = useQuery({
    queryKey: ['segments', segment.id, 'why', user.ref],
    queryFn: () => whyOf(segment.id, identityOf(user)),
    staleTime: 0,
  });
  return (
    <Modal opened onClose={onClose} title={`Why is ${nameOf(user)} of it?`} size="lg">
      <Loaded query={why}>{(data) => <WhyAnswer who={nameOf(user)} why={data} />}</Loaded>
    </Modal>
  );
}

/** Makes a list of those who are of it now. */
function ListButton({ segment }: { segment: Segment }) {
  const [opened, { open, close }] = useDisclosure();
  const [name, setName] = useState(segment.name);
  const navigate = useNavigate();
  const make = useAction(() => listOfSegment(segment.id, name.trim()), {
    ...{ once: true, inPlace: true, refresh: [['lists']] },
    done: ({ size }) => `The list is made, with ${counted(size, 'person', 'people')} on it`,
    after: ({ listId }) => void navigate({ to: '/lists/$id', params: { id: String(listId) } }),
  });
  return (
    <>
      <Button variant="default" onClick={open}>
        Make a list of them
      </Button>
      <Modal opened={opened} onClose={close} title="A list of those who are of it now">
        <ActionForm action={make} submit="Make the list">
          <Text>The list stays as it is, whoever comes to the segment or leaves it later.</Text>
          <TextInput
            label="Name"
            required
            maxLength={255}
            data-autofocus
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
          />
        </ActionForm>
      </Modal>
    </>
  );
}
