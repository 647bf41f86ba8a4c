import { Badge, Box, Button, Group, Select, Stack, Text, Title } from '@mantine/core';
import { IconUsers } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { SendTime } from '../../api/campaigns.ts';
import { type AskedFate, type RehearsedPerson, rehearsalQuery } from '../../api/rehearsal.ts';
import { type Column, DataTable } from '../../shell/data-table.tsx';
import { Loaded } from '../../shell/problem.tsx';
import { TextLink } from '../../shell/router-link.tsx';
import { counted, dollars, instant } from '../../words/formats.ts';
import { isSkipReason, skipReasons, skipReasonWords } from '../../words/skip-reasons.ts';
import { useLookingForPeople } from './looking-for-people.ts';
import { MorePeople } from './more-people.tsx';
import { RehearsalFile } from './rehearsal-file.tsx';

const columns: Column<RehearsedPerson>[] = [
  {
    header: 'Person',
    cell: ({ userRef, email, userId, phoneNumber }) => (
      <TextLink to="/users/$ref" params={{ ref: userRef }}>
        {phoneNumber ?? (email || userId || 'a user without address')}
      </TextLink>
    ),
    unbroken: true,
  },
  { header: 'Fate', cell: (person) => <Fate person={person} /> },
  {
    header: 'Text',
    cell: ({ subject, text }) =>
      text === null ? (
        '–'
      ) : (
        // On a phone the text stands to the right, as all cells do, and is read from where its writing begins.
        <Text
          size="sm"
          ta="start"
          miw={{ base: 0, md: 220 }}
          lineClamp={8}
          dir="auto"
          style={{ whiteSpace: 'pre-wrap' }}
        >
          {subject !== null && <strong>{`${subject}\n`}</strong>}
          {text}
        </Text>
      ),
  },
  { header: 'May leave', cell: ({ dueAt }) => instant(dueAt) },
  {
    header: 'Sending',
    cell: ({ sender, text, segments, price }) =>
      text === null ? (
        '–'
      ) : (
        <Box miw={{ base: 0, md: 140 }}>
          {sender}, {segments > 0 && `${counted(segments, 'segment')}, `}
          {dollars(price)}
        </Box>
      ),
  },
];

/** Whether they get it, and why not. */
function Fate({ person: { reason, detail, isDelayed } }: { person: RehearsedPerson }) {
  if (reason === null)
    return isDelayed ? <Badge color="grape">Waits</Badge> : <Badge color="green">Sent</Badge>;
  return (
    <Box miw={{ base: 0, md: 130 }}>
      <Badge color="orange">Skipped</Badge>{' '}
      <Text size="sm" span>
        {skipReasonWords(reason)}
        {detail && `: ${detail}`}
      </Text>
    </Box>
  );
}

const fates = [
  { value: 'send', label: 'sent' },
  { value: 'delayed', label: 'sent, but must wait' },
  { value: 'skip', label: 'skipped' },
  ...skipReasons.map(({ value, label }) => ({ value, label: `skipped: ${label}` })),
];

const isFate = (text: string | null): text is AskedFate =>
  text === 'send' || text === 'delayed' || text === 'skip' || isSkipReason(text);

/** Goes through a launch person by person, when asked to; nothing is sent. */
export function Rehearsal({ campaignId, time }: { campaignId: number; time: SendTime | null }) {
  const [isOpen, setIsOpen] = useState(false);
  return (
    <Stack gap="md" component="section" aria-labelledby="rehearsal">
      <Group justify="space-between" align="flex-end">
        <div style={{ flex: '1 1 260px' }}>
          <Title order={3} id="rehearsal">
            Rehearsal
          </Title>
          <Text size="sm" c="dimmed">
            The whole launch, person by person, with each text as it is filled in. Nothing is sent.
          </Text>
        </div>
        <Button
          variant="default"
          aria-expanded={isOpen}
          leftSection={<IconUsers size={18} aria-hidden />}
          onClick={() => setIsOpen(!isOpen)}
        >
          {isOpen ? 'Close the rehearsal' : 'Rehearse'}
        </Button>
      </Group>
      {isOpen && <Rehearsed key={JSON.stringify(time)} campaignId={campaignId} time={time} />}
    </Stack>
  );
}

function Rehearsed({ campaignId, time }: { campaignId: number; time: SendTime | null }) {
  const [fate, setFate] = useState<AskedFate | null>(null);
  const query = useInfiniteQuery(rehearsalQuery(campaignId, time, fate));
  const looking = useLookingForPeople(query, 25);
  return (
    <Stack gap="md">
      <Group justify="space-between" align="flex-end">
        <Select
          label="Show"
          placeholder="Everybody"
          data={fates}
          clearable
          clearButtonProps={{ 'aria-label': 'Everybody' }}
          searchable
          maw="100%"
          w={340}
          value={fate}
          onChange={(value) => setFate(isFate(value) ? value : null)}
        />
        <RehearsalFile campaignId={campaignId} time={time} />
      </Group>
      <Loaded query={query}>
        {({ pages }) => (
          <>
            <DataTable
              caption="What would become of each person"
              columns={columns}
              rows={pages.flatMap((page) => page.people)}
              rowKey={(person) => person.userRef}
              empty={<Text>{query.hasNextPage ? 'Nobody so far.' : 'Nobody.'}</Text>}
            />
            {query.hasNextPage && <MorePeople {...looking} {...(fate !== null && { pages })} />}
          </>
        )}
      </Loaded>
    </Stack>
  );
}
