import {
  Alert,
  Button,
  Card,
  Code,
  Grid,
  Group,
  Modal,
  SegmentedControl,
  Stack,
  Text,
  Title,
} from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import {
  type CodeFigures,
  codeFiguresQuery,
  deleteProfile,
  liftBlock,
  profileQuery,
  type VerificationProfile,
} from '../../api/verifications.ts';
import { ConfirmButton } from '../../shell/confirm-button.tsx';
import { type Column, DataTable } from '../../shell/data-table.tsx';
import { FigureCards } from '../../shell/figure-cards.tsx';
import { Page } from '../../shell/page.tsx';
import { Loaded } from '../../shell/problem.tsx';
import { useAction } from '../../shell/use-action.ts';
import { countryName } from '../../words/countries.ts';
import { count, counted, dollars, instant, share } from '../../words/formats.ts';
import { CodesChart } from './codes-chart.tsx';
import { ProfileForm } from './profile-form.tsx';
import { TryCodeCard } from './try-code-card.tsx';
import { WhatsAppCard } from './whatsapp-card.tsx';

const spans = [
  { value: '1', label: 'A day' },
  { value: '7', label: 'A week' },
  { value: '30', label: '30 days' },
];

/** One verification profile: what it sends, to whom, and what became of it. */
export function CodeProfilePage() {
  const { id } = useParams({ from: '/shell/codes/$id' });
  const profile = useQuery(profileQuery(Number(id)));
  const [days, setDays] = useState('7');
  return (
    <Loaded query={profile} page="Verification profile">
      {(data) => (
        <Page title={data.name} actions={<Actions profile={data} />}>
          <Grid gap="lg">
            <Grid.Col span={{ base: 12, lg: 7 }}>
              <Figures profile={data} days={days} onDays={setDays} />
            </Grid.Col>
            <Grid.Col span={{ base: 12, lg: 5 }}>
              <Stack gap="lg">
                <TextCard profile={data} />
                {data.channels.includes('whatsApp') && <WhatsAppCard profile={data} />}
                <TryCodeCard profile={data} />
              </Stack>
            </Grid.Col>
          </Grid>
          <Places profile={data} days={days} />
        </Page>
      )}
    </Loaded>
  );
}

function Actions({ profile }: { profile: VerificationProfile }) {
  const navigate = useNavigate();
  const queries = useQueryClient();
  const [opened, { open, close }] = useDisclosure();
  const remove = useAction(() => deleteProfile(profile.id), {
    ...{ once: true, done: 'The profile is deleted' },
    // What is gone is not asked for again: its page is left first.
    after: async () => {
      await navigate({ to: '/codes' });
      queries.removeQueries({ queryKey: ['codes', profile.id] });
      await queries.invalidateQueries({ queryKey: ['codes'] });
    },
  });
  return (
    <>
      <ConfirmButton
        label="Delete"
        variant="default"
        question={`Delete “${profile.name}”?`}
        confirm="Delete the profile"
        danger
        busy={remove.isBusy}
        onConfirm={() => remove.act()}
      >
        Its figures go. Codes that it has sent can no longer be checked, and calls by its number are refused.
      </ConfirmButton>
      <Button onClick={open}>Change</Button>
      <Modal opened={opened} onClose={close} closeOnClickOutside={false} title={`Change ${profile.name}`}>
        <ProfileForm profile={profile} onDone={close} />
      </Modal>
    </>
  );
}

function TextCard({ profile }: { profile: VerificationProfile }) {
  return (
    <Card component="section" aria-labelledby="text">
      <Stack>
        <Title order={2} id="text">
          The message
        </Title>
        <Text style={{ whiteSpace: 'pre-wrap' }} className="anywhere" dir="auto">
          {profile.example}
        </Text>
        <Text size="sm" c="dimmed">
          {counted(profile.segments, 'segment')}. The code lives{' '}
          {counted(Math.round(profile.livesSeconds / 6) / 10, 'minute')}; five wrong ones end it.
        </Text>
        <Text size="sm">
          To {profile.countries.map(countryName).join(', ')}. At most {count(profile.hourlyLimit)} an hour and{' '}
          {dollars(profile.dailyBudget)} a day.
        </Text>
        <Text size="sm">
          Your server names it: <Code>{`"profileId": ${profile.id}`}</Code>
        </Text>
      </Stack>
    </Card>
  );
}

type Place = CodeFigures['countries'][number];

const columnsOf = (header: string, nameOf: (key: string) => string): Column<Place>[] => [
  { header, cell: ({ key }) => <bdi>{nameOf(key)}</bdi> },
  { header: 'Sent', cell: ({ sent }) => count(sent), numeric: true },
  { header: 'Checked rightly', cell: ({ verified }) => count(verified), numeric: true },
  { header: 'Of those asked for', cell: ({ begun, verified }) => share(verified, begun), numeric: true },
  { header: 'Refused', cell: ({ refused }) => count(refused), numeric: true },
  { header: 'Cost', cell: ({ cost }) => dollars(cost), numeric: true },
];
const byCountry = columnsOf('Country', countryName);
const byPrefix = columnsOf('Numbers', (key) => `${key}••••`);

function Places({ profile, days }: { profile: VerificationProfile; days: string }) {
  const { data } = useQuery(codeFiguresQuery(profile.id, Number(days)));
  if (!data || data.countries.length === 0) return null;
  return (
    <>
      <DataTable
        caption="Codes by country"
        columns={byCountry}
        rows={data.countries}
        rowKey={({ key }) => key}
        empty=""
      />
      <DataTable
        caption="Codes to numbers side by side, those with most codes first"
        columns={byPrefix}
        rows={data.prefixes.slice(0, 10)}
        rowKey={({ key }) => key}
        empty=""
      />
    </>
  );
}

interface FiguresProps {
  profile: VerificationProfile;
  days: string;
  onDays: (days: string) => void;
}

function Figures({ profile, days, onDays }: FiguresProps) {
  const figures = useQuery(codeFiguresQuery(profile.id, Number(days)));
  return (
    <Stack gap="lg">
      <Group justify="flex-end">
        <SegmentedControl aria-label="Time" data={spans} value={days} onChange={onDays} />
      </Group>
      <Loaded query={figures}>
        {({ total, hours, blocks }) => (
          <>
            <Blocks profile={profile} blocks={blocks} />
            <FigureCards
              cols={{ base: 2, sm: 4, lg: 2, xl: 4 }}
              figures={[
                { label: 'Sent', value: count(total.sent), note: 'messages with a code' },
                {
                  label: 'Checked rightly',
                  value: share(total.verified, total.begun),
                  note: `${count(total.verified)} of ${count(total.begun)} asked for`,
                },
                { label: 'Refused', value: count(total.refused), note: 'a limit stood against it' },
                { label: 'Cost', value: dollars(total.cost), note: 'by the table of rates' },
              ]}
            />
            {hours.length > 0 && <CodesChart hours={hours} />}
          </>
        )}
      </Loaded>
    </Stack>
  );
}

function Blocks({ profile, blocks }: { profile: VerificationProfile; blocks: CodeFigures['blocks'] }) {
  const lift = useAction((blockId: number) => liftBlock(profile.id, blockId), {
    ...{ done: 'Codes are sent there again', refresh: [['codes', profile.id]] },
  });
  const standing = blocks.filter(
    ({ liftedAt, until }) => liftedAt === null && Date.parse(until) > Date.now(),
  );
  return standing.map(({ id, kind, key, sent, verified, until }) => (
    <Alert
      key={id}
      color="red"
      title={`No codes go to ${kind === 'country' ? countryName(key) : `numbers ${key}••••`}`}
    >
      <Stack gap="xs" align="start">
        <Text size="sm">
          Of {counted(sent, 'code')} that went there {count(verified)} were checked: somebody may be having
          them sent to earn by them. Until {instant(until)} none is sent.
        </Text>
        <Button size="xs" variant="default" loading={lift.isBusy} onClick={() => lift.act(id)}>
          Send codes there again
        </Button>
      </Stack>
    </Alert>
  ));
}
