import { Alert, Badge, Button, Checkbox, Group, Modal, Select, Stack, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconAlertTriangle, IconRocket } from '@tabler/icons-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { checkOf, type Impact, publishJourney, versionsQuery } from '../../api/journeys.ts';
import { BusyButton } from '../../shell/busy-button.tsx';
import { Loaded, Problem } from '../../shell/problem.tsx';
import { useAction } from '../../shell/use-action.ts';
import { counted } from '../../words/formats.ts';
import { asDocument, end, framesBetween, inOrder, kindOf } from './document.ts';
import { FaultList } from './fault-list.tsx';
import { placeOf } from './faults.ts';
import type { RoomProps } from './journey-page.tsx';
import { lookOf } from './kinds/kinds.ts';
import { changeLooks } from './tile-face.tsx';

/** Publishes what is drawn, after showing what that changes and whom it concerns. */
export function PublishButton(props: RoomProps) {
  const { journey, drawing } = props;
  const [opened, { open, close }] = useDisclosure();
  const isSaved = drawing.saving.is === 'saved';
  const hasDraft = journey.draft !== null || !isSaved;
  if (journey.state === 'archived') return null;
  return (
    <>
      <Button
        leftSection={<IconRocket size={18} aria-hidden />}
        disabled={!hasDraft || !isSaved || drawing.isBehind}
        onClick={open}
      >
        Publish
      </Button>
      <Modal
        opened={opened}
        onClose={close}
        size="lg"
        title={
          journey.version === null ? `Publish ${journey.name}?` : `Publish version ${journey.version + 1}?`
        }
      >
        <Question {...props} onClose={close} />
      </Modal>
    </>
  );
}

function Question(props: RoomProps & { onClose: () => void }) {
  const { journey } = props;
  const checked = useQuery({
    queryKey: ['journeys', journey.id, 'check', 'publish'],
    queryFn: () => checkOf(journey.id),
    staleTime: 0,
    gcTime: 0,
    retry: false,
  });
  return (
    <Loaded query={checked}>
      {({ faults, warnings, impact }) =>
        faults.length > 0 ? (
          <Alert color="red" icon={<IconAlertTriangle aria-hidden />} title="It cannot be published yet">
            <FaultList faults={faults.map(placeOf)} />
          </Alert>
        ) : (
          <Stack>
            {warnings.length > 0 && (
              <Alert
                color="yellow"
                icon={<IconAlertTriangle aria-hidden />}
                title="It can be published, and this is to be known"
              >
                <FaultList
                  faults={warnings.map(({ field, warning }) => placeOf({ field, fault: warning }))}
                />
              </Alert>
            )}
            <Choices {...props} impact={impact} />
          </Stack>
        )
      }
    </Loaded>
  );
}

const people = (number: number) => counted(number, 'person', 'people');

function Choices({
  journey,
  published,
  kinds,
  drawing,
  impact,
  onClose,
}: RoomProps & { impact: Impact | null; onClose: () => void }) {
  const queries = useQueryClient();
  const { document } = drawing;
  const [moves, setMoves] = useState<Record<string, string>>({});
  const [recompute, setRecompute] = useState<string[]>([]);
  // What was shown is what is published, whoever saves meanwhile.
  const [basedOn] = useState(journey.updatedAt);
  const publish = useAction(() => publishJourney(journey.id, { moves, recompute, basedOn }), {
    ...{ inPlace: true, once: true, done: ({ version }) => `Version ${version} is published` },
    after: async (answer) => {
      const versions = await queries.fetchQuery({ ...versionsQuery(journey.id), staleTime: 0 });
      drawing.load(answer, asDocument(versions[0]?.document));
      void queries.invalidateQueries({ queryKey: ['journeys', 'all'] });
      onClose();
    },
  });
  const removed = impact?.removed ?? [];
  const changed = impact?.changed ?? [];
  const left = removed.filter((each) => each.people > 0);
  const waits = changed.filter(
    (each) => each.people > 0 && ['wait', 'waitFor'].includes(kindOf(document.tiles[each.tile])),
  );
  const isAnswered = left.every(({ tile }) => moves[tile] !== undefined);
  const frames = published ? framesBetween(published, document) : [];
  const isNothing =
    impact !== null && removed.length + changed.length + impact.added.length + frames.length === 0;
  return (
    <Stack>
      {impact === null ? (
        <Text>
          From now on people enter, and messages go out as it says. You can pause it, close it or change it at
          any time.
        </Text>
      ) : (
        <Stack gap="sm">
          <Text>
            {isNothing
              ? 'Nothing is otherwise than what is published.'
              : 'Those inside go by it from now on.'}
          </Text>
          {[
            ...impact.added.map((tile) => ({ tile, change: 'added' as const, number: 0 })),
            ...changed.map((each) => ({ tile: each.tile, change: 'changed' as const, number: each.people })),
            ...removed.map((each) => ({ tile: each.tile, change: 'gone' as const, number: each.people })),
          ].map(({ tile, change, number }) => (
            <ChangeLine
              key={tile}
              tile={tile}
              label={lookOf(kindOf((change === 'gone' ? published : document)?.tiles[tile])).label}
              change={change}
              number={number}
            />
          ))}
          {frames.length > 0 && (
            <Text size="sm">
              {frames
                .map(
                  (frame) => ({ entry: 'Entry', exits: 'Exit rules and goal', settings: 'Settings' })[frame],
                )
                .join(', ')}{' '}
              {frames.length === 1 && frames[0] === 'entry' ? 'is' : 'are'} otherwise.
            </Text>
          )}
        </Stack>
      )}
      {left.map(({ tile, people: number }) => (
        <Select
          key={tile}
          label={`Who is at ${tile}: where do they go?`}
          description={`The tile is gone, and ${counted(number, 'person is', 'people are')} there`}
          placeholder="Choose"
          required
          searchable
          allowDeselect={false}
          data={[
            ...inOrder(document, kinds).map((id) => ({ value: id, label: id })),
            { value: end, label: 'out of the journey' },
          ]}
          value={moves[tile] ?? null}
          onChange={(to) => to !== null && setMoves((before) => ({ ...before, [tile]: to }))}
        />
      ))}
      {waits.length > 0 && (
        <Checkbox.Group
          label="Who is in a wait that is otherwise now goes on waiting as they began, unless you say:"
          value={recompute}
          onChange={setRecompute}
        >
          <Stack gap="xs" mt="xs">
            {waits.map(({ tile, people: number, goNow }) => (
              <Checkbox
                key={tile}
                value={tile}
                label={`At ${tile} ${counted(number, 'person waits', 'people wait')} as it says now, from their arrival on${goNow ? `: ${counted(goNow, 'goes', 'go')} on at once` : ''}`}
              />
            ))}
          </Stack>
        </Checkbox.Group>
      )}
      {journey.state === 'stopped' || journey.state === 'closed' || journey.state === 'paused' ? (
        <Text size="sm" c="dimmed">
          It is {journey.state}, and stays so.
        </Text>
      ) : null}
      {publish.error && <Problem error={publish.error} />}
      <Group justify="flex-end">
        <Button variant="default" onClick={onClose}>
          Go back
        </Button>
        <BusyButton busy={publish.isBusy} disabled={!isAnswered} onClick={() => publish.act()}>
          Publish
        </BusyButton>
      </Group>
    </Stack>
  );
}

function ChangeLine({
  tile,
  label,
  change,
  number,
}: {
  tile: string;
  label: string;
  change: keyof typeof changeLooks;
  number: number;
}) {
  const { label: word, colour, Icon } = changeLooks[change];
  return (
    <Group gap="sm" wrap="nowrap">
      <Badge color={colour} leftSection={<Icon size={12} stroke={2.5} aria-hidden />} miw={92}>
        {word}
      </Badge>
      <Text size="sm" className="anywhere">
        <b>{tile}</b> ({label}){change === 'added' ? '' : `, ${people(number)} there`}
      </Text>
    </Group>
  );
}
