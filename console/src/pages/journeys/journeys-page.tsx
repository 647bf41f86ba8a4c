import { Button, Group, Modal, SegmentedControl, Stack, Text, TextInput } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconArchive, IconCopy, IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import {
  changeJourney,
  copyJourney,
  createJourney,
  type JourneySummary,
  journeysQuery,
} from '../../api/journeys.ts';
import { BusyButton } from '../../shell/busy-button.tsx';
import { ConfirmButton } from '../../shell/confirm-button.tsx';
import type { Column } from '../../shell/data-table.tsx';
import { Page } from '../../shell/page.tsx';
import { Loaded, Problem } from '../../shell/problem.tsx';
import { LinkButton, TextLink } from '../../shell/router-link.tsx';
import { type Order, SearchedTable } from '../../shell/searched-table.tsx';
import { useAction } from '../../shell/use-action.ts';
import { count, instant } from '../../words/formats.ts';
import { isPart } from '../segments/definition.ts';
import { blankJourney } from './document.ts';
import { JourneyStateBadge } from './journey-badge.tsx';

const columns: Column<JourneySummary>[] = [
  {
    header: 'Journey',
    cell: ({ id, name, description }) => (
      <>
        <TextLink to="/journeys/$id" params={{ id: String(id) }} className="stretched" dir="auto">
          {name}
        </TextLink>
        {description !== '' && (
          <Text size="sm" c="dimmed" dir="auto" lineClamp={1}>
            {description}
          </Text>
        )}
      </>
    ),
  },
  { header: 'State', cell: ({ state }) => <JourneyStateBadge state={state} /> },
  { header: 'Inside', cell: ({ inside }) => count(inside), numeric: true },
  { header: 'Entered', cell: ({ entered }) => count(entered), numeric: true },
  { header: 'Last change', cell: ({ updatedAt }) => instant(updatedAt), unbroken: true },
  { header: 'Actions', cell: (journey) => <RowActions journey={journey} /> },
];

const orders: Record<string, Order<JourneySummary>> = {
  changed: { label: 'Last changed first', compare: (a, b) => b.updatedAt - a.updatedAt },
  name: { label: 'By name', compare: (a, b) => a.name.localeCompare(b.name) },
  inside: { label: 'Most inside first', compare: (a, b) => b.inside - a.inside },
};

/** All journeys. */
export function JourneysPage() {
  const [archived, setArchived] = useState(false);
  const journeys = useQuery(journeysQuery(archived));
  const [isMaking, { open, close }] = useDisclosure();
  return (
    <Page
      title="Journeys"
      about="What people are taken through when something happens: messages, waits, questions, for minutes or months."
      actions={
        <>
          <LinkButton to="/journeys/ready-made" variant="default">
            Ready-made
          </LinkButton>
          <Button leftSection={<IconPlus size={18} aria-hidden />} onClick={open}>
            New journey
          </Button>
        </>
      }
    >
      <Modal opened={isMaking} onClose={close} title="New journey">
        <NewJourney />
      </Modal>
      <Loaded query={journeys}>
        {(data) => (
          <SearchedTable
            of="Journeys"
            one="a journey"
            rows={[...data]}
            columns={columns}
            rowKey={({ id }) => id}
            textOf={({ name, description }) => `${name} ${description}`}
            orders={orders}
            empty={
              data.length > 0 ? (
                'None is called so.'
              ) : archived ? (
                'None is archived.'
              ) : (
                <Stack align="center" gap="sm">
                  <Text>No journey yet.</Text>
                  <Group gap="sm">
                    <LinkButton to="/journeys/ready-made" variant="light">
                      Begin with a ready-made one
                    </LinkButton>
                    <Button variant="light" onClick={open}>
                      Draw the first one
                    </Button>
                  </Group>
                </Stack>
              )
            }
            filter={
              <SegmentedControl
                aria-label="Which journeys"
                value={archived ? 'archived' : 'current'}
                onChange={(value) => setArchived(value === 'archived')}
                data={[
                  { value: 'current', label: 'Current' },
                  { value: 'archived', label: 'Archived' },
                ]}
              />
            }
          />
        )}
      </Loaded>
    </Page>
  );
}

function RowActions({ journey: { id, name, state } }: { journey: JourneySummary }) {
  const navigate = useNavigate();
  const copy = useAction(() => copyJourney(id), {
    ...{ once: true, done: 'A copy: nobody enters it yet' },
    refresh: [['journeys', 'all']],
    after: (made) => void navigate({ to: '/journeys/$id', params: { id: String(made.id) } }),
  });
  const archive = useAction(() => changeJourney(id, 'archive'), {
    done: 'Archived: its numbers are kept',
    refresh: [['journeys']],
  });
  return (
    <Group gap={4} wrap="nowrap">
      <BusyButton
        variant="subtle"
        size="xs"
        aria-label={`Copy ${name}`}
        busy={copy.isBusy}
        leftSection={<IconCopy size={14} aria-hidden />}
        onClick={() => copy.act()}
      >
        Copy
      </BusyButton>
      {(state === 'draft' || state === 'stopped') && (
        <ConfirmButton
          label="Archive"
          aria-label={`Archive ${name}`}
          variant="subtle"
          size="xs"
          busy={archive.isBusy}
          leftSection={<IconArchive size={14} aria-hidden />}
          question={`Archive ${name}?`}
          confirm="Archive"
          onConfirm={() => archive.act()}
        >
          It leaves the list of journeys, and its numbers are kept. To use it again, make a copy of it.
        </ConfirmButton>
      )}
    </Group>
  );
}

function NewJourney() {
  const navigate = useNavigate();
  const [name, setName] = useState('');
  const [file, setFile] = useState<{ name: string; document: unknown } | null>(null);
  const [unread, setUnread] = useState<Error | null>(null);
  const make = useAction(() => createJourney(name.trim(), '', file?.document ?? blankJourney), {
    ...{ once: true, inPlace: true },
    refresh: [['journeys', 'all']],
    after: ({ id }) => void navigate({ to: '/journeys/$id', params: { id: String(id) } }),
  });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (name.trim() !== '') make.act();
      }}
    >
      <Stack>
        <TextInput
          label="Name"
          required
          maxLength={255}
          data-autofocus
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <TextInput
          type="file"
          accept=".json,application/json"
          label="From a file"
          description="A document as “Download as a file” of a journey gives it; without one it begins with an entry, a message and an end"
          onChange={(event) => {
            const [given] = event.currentTarget.files ?? [];
            setUnread(null);
            setFile(null);
            if (given)
              readDocument(given).then(
                (document) => setFile({ name: given.name, document }),
                (error: Error) => setUnread(error),
              );
          }}
        />
        {unread && <Problem error={unread} />}
        {make.error && <Problem error={make.error} />}
        <Group justify="flex-end">
          <BusyButton type="submit" busy={make.isBusy} disabled={name.trim() === '' || unread !== null}>
            {file ? `Make it of ${file.name}` : 'Make journey'}
          </BusyButton>
        </Group>
      </Stack>
    </form>
  );
}

async function readDocument(file: File): Promise<unknown> {
  const fault = new Error('The file is no document of a journey: a JSON object with entry, start and tiles.');
  try {
    const value: unknown = JSON.parse(await file.text());
    if (!isPart(value) || !isPart(value.tiles)) throw fault;
    return value;
  } catch {
    throw fault;
  }
}
