import { Badge, Card, Group, SimpleGrid, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { type Channel, channelsQuery, messageTypesQuery } from '../../api/channels.ts';
import { type Standing as Stand, standingQuery } from '../../api/consent.ts';
import type { UserCard } from '../../api/users.ts';
import { Loaded } from '../../shell/problem.tsx';
import { TextLink } from '../../shell/router-link.tsx';
import { actionWords, methodWords, standingWords } from '../../words/consent-words.ts';
import { dayOrInstant } from '../../words/formats.ts';

/** Where a person stands on each channel and message type, and the ledger entry that proves it. */
export function Standing({ user }: { user: UserCard }) {
  const standing = useQuery(standingQuery(user));
  const channels = useQuery(channelsQuery);
  const { data: types = [] } = useQuery(messageTypesQuery);
  return (
    <Card component="section" aria-labelledby="standing">
      <Title order={2} id="standing">
        Where they stand
      </Title>
      <Text c="dimmed" size="sm" mb="md">
        What they agreed to or refused, and the entry of the ledger that proves it.
      </Text>
      <Loaded query={channels}>
        {(allChannels) => (
          <Loaded query={standing}>
            {(stands) => (
              <SimpleGrid
                cols={{ base: 1, md: 2 }}
                spacing="xl"
                verticalSpacing={0}
                component="ul"
                p={0}
                m={0}
                style={{ listStyle: 'none' }}
              >
                {allChannels.map((channel) => (
                  <ChannelStanding
                    key={channel.id}
                    channel={channel}
                    types={types.filter((type) => type.channelId === channel.id)}
                    stands={stands}
                  />
                ))}
              </SimpleGrid>
            )}
          </Loaded>
        )}
      </Loaded>
    </Card>
  );
}

function ChannelStanding({
  channel,
  types,
  stands,
}: {
  channel: Channel;
  types: { id: number; name: string }[];
  stands: Stand[];
}) {
  const ofChannel = stands.find((stand) => stand.kind === 'channel' && stand.targetId === channel.id);
  const ofType = (id: number) =>
    stands.find((stand) => stand.kind === 'messageType' && stand.targetId === id);
  return (
    <li style={{ borderTop: '1px solid var(--carillon-line)', padding: '12px 0' }}>
      <Line name={channel.name} stand={ofChannel} strong />
      <Stack gap={6} mt={6} pl="md" component="ul" m={0} style={{ listStyle: 'none' }}>
        {types.map((type) => (
          <li key={type.id}>
            <Line
              name={type.name}
              stand={ofType(type.id)}
              isProved={isSameProof(ofType(type.id), ofChannel)}
            />
          </li>
        ))}
      </Stack>
    </li>
  );
}

const proofOf = ({ entry }: Stand) =>
  entry && [entry.action, entry.method, entry.source, entry.wording, entry.address, entry.happenedAt].join();

const isSameProof = (one: Stand | undefined, other: Stand | undefined) =>
  one !== undefined && other !== undefined && proofOf(one) === proofOf(other);

function Line({
  name,
  stand,
  strong = false,
  isProved = false,
}: {
  name: string;
  stand: Stand | undefined;
  strong?: boolean;
  /** The same proof stands above. */
  isProved?: boolean;
}) {
  const { label, colour } = standingWords(stand?.status ?? 'none');
  return (
    <>
      <Group gap="sm">
        <Text fw={strong ? 600 : 400}>{name}</Text>
        <Badge color={colour}>{label}</Badge>
        {stand?.paused && (
          <>
            <Badge color="orange">Paused: an unclear reply waits</Badge>
            <TextLink to="/" size="sm">
              Decide
            </TextLink>
          </>
        )}
      </Group>
      {stand?.entry && !isProved && (
        <Text size="sm" c="dimmed">
          {actionWords(stand.entry.action)} {methodWords(stand.entry.method)} on{' '}
          {dayOrInstant(stand.entry.happenedAt)}; source: {stand.entry.source || 'not stated'}
          {stand.entry.address && `; ${stand.entry.address}`}
          {stand.entry.ip && `; from ${stand.entry.ip}`}
          {stand.entry.wording && `; “${stand.entry.wording}”`}
        </Text>
      )}
    </>
  );
}
