import { Button, Group, Modal, SegmentedControl, Stack, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconArchive, IconCopy, IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { changeJourney, copyJourney, type JourneySummary, journeysQuery } from '../../api/journeys.ts';
import { BusyButton } from '../../shell/busy-button.tsx';
import { ConfirmButton } from '../../shell/confirm-button.tsx';
import type { Column } from '../../shell/data-table.tsx';
import { Page } from '../../shell/page.tsx';
import { Loaded } from '../../shell/problem.tsx';
import { LinkButton, TextLink } from '../../shell/router-link.tsx';
import { type Order, SearchedTable } from '../../shell/searched-table.tsx';
import { useAction } from '../../shell/use-action.ts';
import { count, instant } from '../../words/formats.ts';
import { JourneyStateBadge } from './journey-badge.tsx';
import { NewJourney } from './new-journey.tsx';

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
      <Modal opened={isMaking} onClose={close} title="New journey" size="lg">
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
