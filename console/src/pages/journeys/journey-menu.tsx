import { Button, Group, Menu, Modal, Stack, Text } from '@mantine/core';
import type { Icon } from '@tabler/icons-react';
import {
  IconArchive,
  IconArrowBackUp,
  IconCopy,
  IconDoor,
  IconDoorOff,
  IconDots,
  IconDownload,
  IconPlayerPause,
  IconPlayerPlay,
  IconPlayerStop,
  IconTrash,
} from '@tabler/icons-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';
import {
  changeJourney,
  copyJourney,
  countsQuery,
  deleteJourney,
  dropDraft,
  fileOfJourney,
  type Journey,
  type JourneyVerb,
  journeyQuery,
} from '../../api/journeys.ts';
import { useAction } from '../../shell/use-action.ts';
import { counted } from '../../words/formats.ts';
import { downloadFile } from './journey-file.ts';
import type { RoomProps } from './journey-page.tsx';

type Deed = JourneyVerb | 'delete' | 'drop';

interface DeedLook {
  label: string;
  Icon: Icon;
  question: string;
  confirm: string;
  isDanger?: boolean;
  /** The states in which it can be done. */
  from: readonly string[];
  done: string;
}

const deeds: Record<Deed, DeedLook> = {
  close: {
    ...{ label: 'Close', Icon: IconDoorOff, question: 'Let nobody enter any more?', confirm: 'Close' },
    ...{ from: ['open'], done: 'Closed: nobody enters, those inside move on' },
  },
  open: {
    ...{ label: 'Open again', Icon: IconDoor, question: 'Let people enter again?', confirm: 'Open' },
    ...{ from: ['closed', 'stopped'], done: 'Open: people enter' },
  },
  pause: {
    ...{ label: 'Pause', Icon: IconPlayerPause, question: 'Hold this journey?', confirm: 'Pause' },
    ...{ from: ['open', 'closed'], done: 'Paused: nobody moves, and nothing of it leaves' },
  },
  resume: {
    ...{ label: 'Resume', Icon: IconPlayerPlay, question: 'Let all go on?', confirm: 'Resume' },
    ...{ from: ['paused'], done: 'Resumed' },
  },
  stop: {
    ...{ label: 'Stop', Icon: IconPlayerStop, question: 'Let all go who are inside?', confirm: 'Stop' },
    ...{ from: ['open', 'closed', 'paused'], isDanger: true, done: 'Stopped: all are let go' },
  },
  archive: {
    ...{ label: 'Archive', Icon: IconArchive, question: 'Archive this journey?', confirm: 'Archive' },
    ...{ from: ['stopped', 'draft'], done: 'Archived: its numbers are kept' },
  },
  drop: {
    ...{ label: 'Throw the changes away', Icon: IconArrowBackUp, confirm: 'Throw away', isDanger: true },
    ...{ question: 'Go back to what is published?', from: [], done: 'It is as it is published' },
  },
  delete: {
    ...{
      label: 'Delete',
      Icon: IconTrash,
      question: 'Delete this journey?',
      confirm: 'Delete',
      isDanger: true,
    },
    ...{ from: ['draft'], done: 'Deleted' },
  },
};
const order: readonly Deed[] = ['close', 'open', 'pause', 'resume', 'stop', 'archive', 'drop', 'delete'];

/** What can be done to a journey as a whole; whatever concerns people is asked first, with how many. */
export function JourneyMenu({ journey, published, drawing, onGone }: RoomProps & { onGone: () => void }) {
  const [asked, setAsked] = useState<Deed | null>(null);
  const navigate = useNavigate();
  const queries = useQueryClient();
  const copy = useAction(() => copyJourney(journey.id), {
    done: 'A copy: nobody enters it yet',
    after: (made) => void navigate({ to: '/journeys/$id', params: { id: String(made.id) } }),
  });
  const keep = useAction(() => fileOfJourney(journey.id), { after: downloadFile });
  const act = useAction(
    async (deed: Deed): Promise<Journey | null> => {
      if (deed === 'delete') {
        onGone();
        await deleteJourney(journey.id);
        return null;
      }
      return deed === 'drop' ? dropDraft(journey.id) : changeJourney(journey.id, deed);
    },
    {
      done: (_, deed) => deeds[deed].done,
      after: async (answer, deed) => {
        if (answer === null) {
          // It is not shown in the list for a moment more.
          queries.removeQueries({ queryKey: ['journeys', 'all'] });
          await navigate({ to: '/journeys' });
          return;
        }
        if (deed === 'drop' && published) drawing.load(answer, published);
        else queries.setQueryData(journeyQuery(journey.id).queryKey, answer);
        void queries.invalidateQueries({ queryKey: ['journeys', journey.id, 'counts'] });
        void queries.invalidateQueries({ queryKey: ['journeys', 'all'] });
      },
    },
  );
  const isOffered = (deed: Deed) =>
    deed === 'drop'
      ? journey.draft !== null && journey.version !== null
      : deeds[deed].from.includes(journey.state) && (deed !== 'archive' || journey.version !== null);
  const main = (['resume', 'pause'] as const).find(isOffered);
  const rest = order.filter((deed) => deed !== main && isOffered(deed));
  return (
    <>
      {main && <DeedButton deed={main} onAsk={setAsked} />}
      <Menu position="bottom-end" withinPortal={false}>
        <Menu.Target>
          <Button variant="default" leftSection={<IconDots size={18} aria-hidden />}>
            More
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {rest.map((deed) => {
            const { label, Icon: DeedIcon } = deeds[deed];
            return (
              <Menu.Item
                key={deed}
                leftSection={<DeedIcon size={16} aria-hidden />}
                onClick={() => setAsked(deed)}
              >
                {label}
              </Menu.Item>
            );
          })}
          {rest.length > 0 && <Menu.Divider />}
          <Menu.Item leftSection={<IconCopy size={16} aria-hidden />} onClick={() => copy.act()}>
            Copy
          </Menu.Item>
          <Menu.Item
            leftSection={<IconDownload size={16} aria-hidden />}
            disabled={drawing.saving.is !== 'saved'}
            onClick={() => keep.act()}
          >
            Download as a file
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {asked && (
        <Question
          deed={asked}
          journey={journey}
          onClose={() => setAsked(null)}
          onConfirm={() => {
            setAsked(null);
            act.act(asked);
          }}
        />
      )}
    </>
  );
}

function DeedButton({ deed, onAsk }: { deed: Deed; onAsk: (deed: Deed) => void }) {
  const { label, Icon: DeedIcon } = deeds[deed];
  return (
    <Button variant="default" leftSection={<DeedIcon size={18} aria-hidden />} onClick={() => onAsk(deed)}>
      {label}
    </Button>
  );
}

function Question({
  deed,
  journey,
  onClose,
  onConfirm,
}: {
  deed: Deed;
  journey: Journey;
  onClose: () => void;
  onConfirm: () => void;
}) {
  const { question, confirm, isDanger } = deeds[deed];
  const { data } = useQuery(countsQuery(journey));
  return (
    <Modal opened onClose={onClose} title={question}>
      <Stack>
        <Text component="div">{whatHappens(deed, data?.inside, data?.due ?? null)}</Text>
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose} data-autofocus>
            Go back
          </Button>
          <Button {...(isDanger ? { color: 'red.8', autoContrast: false } : {})} onClick={onConfirm}>
            {confirm}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}

/** What a deed does, with how many people it concerns. */
function whatHappens(deed: Deed, inside: number | undefined, due: number | null): ReactNode {
  const number = inside === undefined ? 'all who are' : counted(inside, 'person is', 'people are');
  switch (deed) {
    case 'close':
      return `Nobody enters. Those inside move on and get their messages: ${number} inside.`;
    case 'open':
      return 'Whoever it concerns enters from now on. What happened while it was not open lets nobody in.';
    case 'pause':
      return `Nobody enters, nobody moves, and nothing of it leaves until it is resumed: ${number} inside. Time goes on meanwhile.`;
    case 'resume':
      return due === null
        ? 'All who are inside go on, and people enter again.'
        : `All who are inside go on (${number} inside), and people enter again. The time of ${counted(due, 'person', 'people')} came while it was held: they go on at once, or leave where the settings say so.`;
    case 'stop':
      return `All leave at once, and what waits of their messages is taken back: ${number} inside. Messages that are on the wire are not called back. This cannot be undone.`;
    case 'archive':
      return 'It leaves the list of journeys, and its numbers are kept. To use it again, make a copy of it.';
    case 'drop':
      return 'What was drawn since the last version is thrown away; undo brings it back while this page is open.';
    case 'delete':
      return 'It was never published, so nothing of it is kept. This cannot be undone.';
  }
}
