import { Badge, Card, Group, Select, Stack, Text, TextInput, Title } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { type Passage, type Ways, waysQuery, wordsQuery } from '../../api/journeys.ts';
import { BusyButton } from '../../shell/busy-button.tsx';
import { Problem } from '../../shell/problem.tsx';
import { count, instant } from '../../words/formats.ts';
import { leavingWords, notEnteringWords } from '../../words/leaving.ts';
import { isPart } from '../segments/definition.ts';
import { asDocument, type Way } from './document.ts';
import type { RoomProps } from './journey-page.tsx';
import { causeWords, type Step, StepText, StepWords } from './passage-steps.tsx';
import { readingScene } from './reading-scene.ts';
import { ReadingView } from './reading-view.tsx';

/** One person's ways through a journey, step by step, and why they did not enter. */
export function PeopleRoom(props: RoomProps) {
  const { journey } = props;
  const [typed, setTyped] = useState('');
  const [who, setWho] = useState<string | null>(null);
  const ways = useQuery({ ...waysQuery(journey.id, who ?? ''), enabled: who !== null });
  return (
    <Stack gap="lg">
      <Card>
        <form
          onSubmit={(event) => {
            event.preventDefault();
            if (typed.trim() !== '') setWho(typed.trim());
          }}
        >
          <Group align="flex-end">
            <TextInput
              label="Find a person"
              description="By their email or their userId"
              flex="1 1 260px"
              value={typed}
              onChange={(event) => setTyped(event.currentTarget.value)}
            />
            <BusyButton
              type="submit"
              busy={ways.isFetching && ways.isPending}
              leftSection={<IconSearch size={18} aria-hidden />}
            >
              Show their way
            </BusyButton>
          </Group>
        </form>
      </Card>
      {ways.error && <Problem error={ways.error} />}
      {ways.data && who && !ways.error && <Found key={who} {...props} ways={ways.data} name={who} />}
    </Stack>
  );
}

function Found({
  ways: { passages, waiting, notEntered },
  name,
  ...props
}: RoomProps & { ways: Ways; name: string }) {
  const [shown, setShown] = useState(0);
  const passage = passages[shown];
  return (
    <Stack gap="lg">
      {waiting.map(({ since, key, cause }) => (
        <Text key={`${since} ${key}`} role="status">
          <bdi>{name}</bdi> waits to enter{key === '' ? '' : `, with ${key}`}, since {instant(since)}: only so
          many enter in an hour or a day.{' '}
          <Text span size="sm" c="dimmed" className="anywhere">
            What happened: {causeWords(cause)}
          </Text>
        </Text>
      ))}
      {passages.length === 0 && waiting.length === 0 && (
        <Text role="status">
          <bdi>{name}</bdi> never entered this journey.
        </Text>
      )}
      {passages.length > 1 && (
        <Select
          label={`Which of their ${count(passages.length)} passages`}
          maw={420}
          allowDeselect={false}
          value={String(shown)}
          onChange={(value) => setShown(Number(value ?? 0))}
          data={passages.map(({ enteredAt, key }, index) => ({
            value: String(index),
            label: key === '' ? instant(enteredAt) : `${key} · ${instant(enteredAt)}`,
          }))}
        />
      )}
      {passage && <PassageView key={passage.runId} passage={passage} name={name} {...props} />}
      {notEntered.length > 0 && <NotEntered notEntered={notEntered} />}
    </Stack>
  );
}

function NotEntered({ notEntered }: { notEntered: Ways['notEntered'] }) {
  return (
    <Card component="section" aria-labelledby="not-entered">
      <Title order={2} id="not-entered" mb="sm">
        When they did not enter
      </Title>
      <Stack gap="xs" component="ul" m={0} p={0} style={{ listStyle: 'none' }}>
        {notEntered.map(({ at, key, reason, cause }) => (
          <li key={`${at} ${key} ${reason}`}>
            <Text size="sm">
              <b>{instant(at)}</b>: {notEnteringWords(reason)}.{' '}
              <Text span size="sm" c="dimmed" className="anywhere">
                What happened: {causeWords(cause)}
              </Text>
            </Text>
          </li>
        ))}
      </Stack>
    </Card>
  );
}

const stepsOf = (steps: unknown): Step[] =>
  Array.isArray(steps) ? steps.filter(isPart).map((step) => step as unknown as Step) : [];

function PassageView({
  passage,
  name,
  journey,
  versions,
  kinds,
}: RoomProps & { passage: Passage; name: string }) {
  const steps = useMemo(
    () =>
      passage.turns.flatMap(({ at, version, steps: told }) =>
        stepsOf(told).map((step) => ({ at, version, ...step })),
      ),
    [passage],
  );
  const documents = useMemo(
    () => new Map(versions.map(({ version, document }) => [version, asDocument(document)])),
    [versions],
  );
  const last = steps.at(-1)?.version ?? journey.version ?? 0;
  const document = documents.get(last);
  const { data: words } = useQuery({ ...wordsQuery(journey.id, last), enabled: document !== undefined });
  const litTiles = new Set([...steps.map(({ tile }) => tile), passage.tile]);
  const litWays = new Set(steps.flatMap(({ tile, way }) => (way === null ? [] : [`${tile} ${way}`])));
  const isLit = ({ from, name: way }: Way) => from === null || litWays.has(`${from} ${way}`);
  return (
    <div className="journey-room">
      <Card component="section" aria-labelledby="their-way" className="their-way">
        <Title order={2} id="their-way" mb={4} className="anywhere">
          <bdi>{name}</bdi>
        </Title>
        <Stack gap="sm">
          <Text size="sm" role="status">
            {standing(passage)}
          </Text>
          {passage.goal && (
            <Text size="sm">
              Reached the goal on {instant(passage.goal.at)}
              {passage.goal.tile === null
                ? ', before any message'
                : `, after the message of ${passage.goal.tile}`}
              .
            </Text>
          )}
          {passage.isHeldOut && <Badge color="grape">Held out: gets no message</Badge>}
          {passage.stuck !== null && <Problem error={new Error(`They cannot go on: ${passage.stuck}`)} />}
          <ol className="steps">
            <li>
              <StepText at={passage.enteredAt}>
                Entered{passage.key === '' ? '' : `, with ${passage.key}`}.{' '}
                {passage.cause !== null && passage.cause !== undefined && (
                  <span className="dimmed">What let them in: {causeWords(passage.cause)}.</span>
                )}
              </StepText>
            </li>
            {steps.map((step, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: steps are never moved
              <li key={index}>
                <StepText at={step.at}>
                  <StepWords step={step} document={documents.get(step.version)} kinds={kinds} />
                </StepText>
              </li>
            ))}
          </ol>
        </Stack>
      </Card>
      {document && (
        <div className="their-map">
          <ReadingView
            scene={readingScene({ document, kinds, words: [words], litTiles, isLit })}
            label={`The way of ${name}`}
          />
        </div>
      )}
    </div>
  );
}

function standing({ enteredAt, leftAt, reason, detail, tile, until }: Passage): string {
  const entered = `Entered ${instant(enteredAt)}`;
  if (leftAt !== null)
    return `${entered}, out since ${instant(leftAt)}: they ${leavingWords(reason ?? '')}${detail === null ? '' : ` (${detail})`}.`;
  return `${entered}, is at ${tile}${until === null ? '' : ` until ${instant(until)} at the latest`}.`;
}
