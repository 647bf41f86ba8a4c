import { Button, Card, Modal, SimpleGrid, Stack, Text, Title } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconPencil } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { historyQuery, nameOf, type UserCard } from '../../api/users.ts';
import { HandsetLink } from '../../shell/handset-link.tsx';
import { Page } from '../../shell/page.tsx';
import { Loaded } from '../../shell/problem.tsx';
import { certaintyWords } from '../../words/consent-words.ts';
import { fieldText, instant } from '../../words/formats.ts';
import { clockAt, placeWords } from '../../words/place-words.ts';
import { ListsCard } from './lists-card.tsx';
import { OptInButton } from './opt-in-button.tsx';
import { OptOutButton } from './opt-out-button.tsx';
import { PersonForm } from './person-form.tsx';
import { Standing } from './standing.tsx';
import { Timeline } from './timeline.tsx';

/** One person: who they are, where they may be, what they agreed to, and what happened. */
export function UserPage() {
  const { ref } = useParams({ from: '/shell/users/$ref' });
  const history = useQuery(historyQuery(ref));
  return (
    <Loaded query={history} page="User">
      {({ user, history }) => (
        <Page
          title={nameOf(user)}
          about={
            <>
              {[user.phoneNumber, user.email, user.userId && `user id ${user.userId}`]
                .filter(Boolean)
                .join(' · ')}{' '}
              {user.phoneNumber && <HandsetLink number={user.phoneNumber} />}
            </>
          }
          actions={
            <>
              <EditButton user={user} />
              <OptInButton user={user} />
              <OptOutButton user={user} />
            </>
          }
        >
          <SimpleGrid cols={{ base: 1, md: 2 }} spacing="lg">
            <Profile user={user} />
            <Whereabouts user={user} />
          </SimpleGrid>
          <Standing user={user} />
          <ListsCard user={user} />
          <Timeline entries={history} />
        </Page>
      )}
    </Loaded>
  );
}

function EditButton({ user }: { user: UserCard }) {
  const [opened, { open, close }] = useDisclosure();
  return (
    <>
      <Button variant="default" leftSection={<IconPencil size={18} aria-hidden />} onClick={open}>
        Edit
      </Button>
      <Modal opened={opened} onClose={close} title={`Edit ${nameOf(user)}`} size="lg">
        <PersonForm user={user} onDone={close} />
      </Modal>
    </>
  );
}

function Profile({ user }: { user: UserCard }) {
  const fields: [string, string][] = [
    ...(user.whatsAppUserId ? [['WhatsApp user id', user.whatsAppUserId] as [string, string]] : []),
    ...Object.entries(user.dataFields).map(([name, value]): [string, string] => [name, fieldText(value)]),
    ['Signed up', instant(user.signedUpAt)],
    ['Changed', instant(user.profileUpdatedAt)],
  ];
  return (
    <Card component="section" aria-labelledby="profile">
      <Title order={2} id="profile" mb="md">
        Profile
      </Title>
      <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm" component="dl" m={0}>
        {fields.map(([name, value]) => (
          <div key={name}>
            <Text size="sm" c="dimmed" component="dt">
              {name}
            </Text>
            <Text component="dd" m={0} style={{ overflowWrap: 'anywhere' }}>
              {value}
            </Text>
          </div>
        ))}
      </SimpleGrid>
    </Card>
  );
}

const placesShown = 6;

function Whereabouts({ user }: { user: UserCard }) {
  const now = new Date();
  return (
    <Card component="section" aria-labelledby="where">
      <Title order={2} id="where">
        Where they may be
      </Title>
      <Text c="dimmed" size="sm" mb="md">
        {certaintyWords(user.placeCertainty)}. Promotional messages leave only at hours that are lawful at
        every place listed.
      </Text>
      {user.places.length === 0 ? (
        <Text>Nothing tells where this person is; promotional messages to them are skipped.</Text>
      ) : (
        <Stack gap={6} component="ul" p={0} m={0} style={{ listStyle: 'none' }}>
          {user.places.slice(0, placesShown).map((place) => (
            <Text key={place} component="li">
              {placeWords(place)}
              {clockAt(place, now) && <Text span c="dimmed">{` · now ${clockAt(place, now)}`}</Text>}
            </Text>
          ))}
          {user.places.length > placesShown && (
            <Text component="li" c="dimmed">
              and {user.places.length - placesShown} more
            </Text>
          )}
        </Stack>
      )}
    </Card>
  );
}
