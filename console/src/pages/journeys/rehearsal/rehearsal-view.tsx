import { Alert, Button, Card, Group, Progress, Skeleton, Stack, Text, Title } from '@mantine/core';
import { IconAlertTriangle, IconEyeOff, IconPlayerStop } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense, useCallback, useMemo, useState } from 'react';
import {
  cancelRehearsal,
  type JourneyRehearsal,
  standingsQuery,
  type WhoIsAsked,
} from '../../../api/journey-rehearsals.ts';
import { wordsQuery } from '../../../api/journeys.ts';
import { BusyButton } from '../../../shell/busy-button.tsx';
import { Loaded } from '../../../shell/problem.tsx';
import { useAction } from '../../../shell/use-action.ts';
import { count, counted } from '../../../words/formats.ts';
import { asDocument, type KindSchemas } from '../document.ts';
import { ImaginedPeople } from './imagined-people.tsx';
import { MomentsTable } from './moments-table.tsx';
import { Outcome } from './outcome.tsx';
import { RehearsalFigures } from './rehearsal-figures.tsx';
import { RehearsalMap } from './rehearsal-map.tsx';
import { entriesWords } from './rehearsal-words.ts';
import { Scrubber } from './scrubber.tsx';
import { instantOf, standingsByTile, type Timeline, timelineOf } from './timeline.ts';

// The plot brings a library of its own; the figures need not wait for it.
const LoadPlot = lazy(() => import('./load-plot.tsx'));

/** What a rehearsal has come to: while it is worked on, and when it is done. */
export function RehearsalView({
  journeyId,
  rehearsal,
  kinds,
}: {
  journeyId: number;
  rehearsal: JourneyRehearsal;
  kinds: KindSchemas;
}) {
  const [asked, setAsked] = useState<WhoIsAsked | null>(null);
  const standings = useQuery(standingsQuery(journeyId, rehearsal));
  const document = useMemo(() => asDocument(rehearsal.document), [rehearsal.document]);
  const { data: words } = useQuery(wordsQuery(journeyId, rehearsal.version));
  const { figures, notForeseen, state } = rehearsal;
  return (
    <Stack gap="lg">
      <Text size="sm" c="dimmed">
        Who enters: {entriesWords(rehearsal)}. {counted(rehearsal.days, 'day')} of time are gone through.
      </Text>
      <Standing journeyId={journeyId} rehearsal={rehearsal} />
      {notForeseen.length > 0 && (
        <Alert color="yellow" icon={<IconEyeOff aria-hidden />} title="What is not foreseen">
          <Stack gap={4} component="ul" m={0} pl="md">
            {notForeseen.map(({ words: told }) => (
              <li key={told} className="anywhere">
                {told}
              </li>
            ))}
          </Stack>
        </Alert>
      )}
      <RehearsalFigures figures={figures} actual={rehearsal.actual} />
      {figures.entered === 0 && state === 'done' ? (
        <NobodyEnters figures={figures} onAsk={setAsked} />
      ) : (
        <Loaded query={standings}>
          {(data) => <InTime {...{ rehearsal, document, kinds, words, standings: data }} onAsk={setAsked} />}
        </Loaded>
      )}
      <Outcome rehearsal={rehearsal} document={document} kinds={kinds} onAsk={setAsked} />
      {asked && (
        <ImaginedPeople
          {...{ journeyId, document, kinds, who: asked }}
          rehearsalId={rehearsal.rehearsalId}
          onClose={() => setAsked(null)}
        />
      )}
    </Stack>
  );
}

/** How far it is, and whether it has come to an end. */
function Standing({ journeyId, rehearsal }: { journeyId: number; rehearsal: JourneyRehearsal }) {
  const { rehearsalId, state, progress, fault } = rehearsal;
  const cancel = useAction(() => cancelRehearsal(journeyId, rehearsalId), {
    done: 'Cancelled: what it has come to stays',
    refresh: [['journeys', journeyId, 'rehearsals']],
  });
  if (state === 'done') return null;
  if (state !== 'running')
    return (
      <Alert
        color={state === 'failed' ? 'red' : 'orange'}
        icon={<IconAlertTriangle aria-hidden />}
        title={state === 'failed' ? 'It failed' : 'It was cancelled'}
      >
        {fault === null ? '' : `${fault}. `}
        {counted(progress.people, 'person was', 'people were')} gone through; the figures are of these.
      </Alert>
    );
  const inAll = progress.peopleInAll === null ? '' : ` of about ${count(progress.peopleInAll)}`;
  return (
    <Card component="section" aria-label="How far it is">
      <Group justify="space-between" mb="xs">
        <Text fw={650} role="status" aria-live="off">
          {count(progress.people)}
          {inAll} people gone through
        </Text>
        <BusyButton
          variant="default"
          size="xs"
          busy={cancel.isBusy}
          leftSection={<IconPlayerStop size={14} aria-hidden />}
          onClick={() => cancel.act()}
        >
          Cancel
        </BusyButton>
      </Group>
      <Progress.Root size="lg">
        <Progress.Section
          value={Math.round(progress.share * 100)}
          aria-label="People gone through"
          animated
        />
      </Progress.Root>
    </Card>
  );
}

function NobodyEnters({
  figures: { people },
  onAsk,
}: {
  figures: JourneyRehearsal['figures'];
  onAsk: (who: WhoIsAsked) => void;
}) {
  return (
    <Card>
      <Stack align="center" gap="sm" py="lg">
        <Text c="dimmed" ta="center">
          {people === 0
            ? 'There is nobody whom anything would let in. Look further back, or choose people yourself.'
            : 'Nobody enters; why is told below.'}
        </Text>
        {people > 0 && (
          <Button variant="light" onClick={() => onAsk({})}>
            Who?
          </Button>
        )}
      </Stack>
    </Card>
  );
}

/** The virtual time: what is due when at which sender, and how many are at each tile at the moment that one chooses. */
function InTime({
  rehearsal,
  document,
  kinds,
  words,
  standings,
  onAsk,
}: Pick<Parameters<typeof RehearsalMap>[0], 'rehearsal' | 'document' | 'kinds' | 'words' | 'onAsk'> & {
  standings: Parameters<typeof timelineOf>[1];
}) {
  const timeline = useMemo(() => timelineOf(rehearsal, standings), [rehearsal, standings]);
  const byTile = useMemo(() => standingsByTile(standings, timeline), [standings, timeline]);
  const [chosen, setChosen] = useState(0);
  const step = Math.min(chosen, timeline.steps - 1);
  const onStep = useCallback((next: number) => setChosen(next), []);
  const { senders } = rehearsal.figures;
  return (
    <Stack gap="lg">
      <Card component="section" aria-labelledby="in-time">
        <Title order={2} id="in-time" mb="md">
          As time goes by
        </Title>
        <Stack gap="lg">
          {senders.length === 0 && (
            <Text size="sm" c="dimmed">
              No message leaves.
            </Text>
          )}
          <Suspense fallback={<Skeleton h={170} radius="md" />}>
            {senders.map((sender) => (
              <LoadPlot key={sender.senderId} {...{ sender, timeline, step, onStep }} />
            ))}
          </Suspense>
          {senders.length > 0 && <Legend />}
          <Scrubber
            timeline={timeline}
            step={step}
            onStep={onStep}
            words={(at) => stepWords(at, timeline, byTile, senders)}
          />
          {senders.length > 0 && <MomentsTable senders={senders} timeline={timeline} />}
        </Stack>
      </Card>
      <RehearsalMap {...{ rehearsal, document, kinds, words, byTile, step, onAsk }} />
    </Stack>
  );
}

/** What the bars and the line of the plots are. */
function Legend() {
  return (
    <Group gap="md" aria-hidden>
      {[
        { what: 'due', words: 'Segments due' },
        { what: 'left', words: 'Left over when the hour ends' },
        { what: 'pace', words: 'What the sender can send' },
      ].map(({ what, words }) => (
        <Text key={what} size="xs" c="dimmed" className="plot-legend" data-what={what}>
          {words}
        </Text>
      ))}
    </Group>
  );
}

/** What is so at a step, in words: "12 messages due, 340 people inside". */
function stepWords(
  step: number,
  timeline: Timeline,
  byTile: ReturnType<typeof standingsByTile>,
  senders: JourneyRehearsal['figures']['senders'],
): string {
  const from = instantOf(timeline, step);
  const due = senders
    .flatMap(({ hours }) => hours)
    .filter(({ at }) => at >= from && at < from + timeline.stepMs)
    .reduce((sum, { messages }) => sum + messages, 0);
  const inside = [...byTile.values()].reduce((sum, tile) => sum + (tile.inside[step] ?? 0), 0);
  return `${counted(due, 'message')} due, ${counted(inside, 'person', 'people')} inside`;
}
