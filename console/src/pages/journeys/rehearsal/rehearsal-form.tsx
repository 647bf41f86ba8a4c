import { Alert, Badge, Card, Group, SegmentedControl, Select, Stack, Text, Title } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { IconInfoCircle, IconPlayerTrackNext } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import {
  type AskedRehearsal,
  beginRehearsal,
  type Occurrence,
  type RehearsalDefaults,
  rehearsalDefaultsQuery,
} from '../../../api/journey-rehearsals.ts';
import type { Journey, JourneyVersion } from '../../../api/journeys.ts';
import { BusyButton } from '../../../shell/busy-button.tsx';
import { NumberField } from '../../../shell/number-field.tsx';
import { Loaded, Problem } from '../../../shell/problem.tsx';
import { useAction } from '../../../shell/use-action.ts';
import { instant } from '../../../words/formats.ts';
import type { Part } from '../../segments/definition.ts';
import { LengthField } from '../fields/length-field.tsx';
import { PairsField } from '../fields/pairs-field.tsx';
import { SeveralPicker } from '../fields/pickers.tsx';
import { WordsField } from '../fields/words-field.tsx';

type Length = { minutes: number } | { hours: number };
type Supposing = NonNullable<AskedRehearsal['supposing']>;

/** How many do something, and within how long. */
interface Chance {
  share: number;
  within: Length;
}

/** What the calls of a tile come to: how many of a hundred fail, and what the others answer. */
interface CallAnswer {
  failed: number;
  answer: Part;
}

interface Asked {
  who: 'recorded' | 'everybody' | 'some' | 'named';
  daysBack: number;
  listIds: number[];
  segmentIds: number[];
  /** Each by email or userId. */
  people: readonly string[];
  fields: Part;
  over: Length;
  days: number;
  /** Only what somebody has said; by the place of the occurrence. */
  chances: Readonly<Record<string, Chance>>;
  /** The same, by tile. */
  calls: ReadonlyMap<string, CallAnswer>;
}

const dayMs = 86_400_000;

/** Asks what is to be rehearsed: which version, who enters, what they are supposed to do. */
export function RehearsalForm({
  journey,
  versions,
  onBegun,
}: {
  journey: Journey;
  versions: readonly JourneyVersion[];
  onBegun: (rehearsalId: number) => void;
}) {
  const [version, setVersion] = useState<number | null>(
    journey.draft === null ? (versions[0]?.version ?? null) : null,
  );
  const defaults = useQuery(rehearsalDefaultsQuery(journey.id, version));
  return (
    <Stack gap="lg">
      <Select
        label="What is rehearsed"
        maw={460}
        allowDeselect={false}
        data={[
          ...(journey.draft === null ? [] : [{ value: 'draft', label: 'The draft' }]),
          ...versions.map((each) => ({
            value: String(each.version),
            label: `Version ${each.version} · ${instant(each.publishedAt)}`,
          })),
        ]}
        value={version === null ? 'draft' : String(version)}
        onChange={(value) => setVersion(value === null || value === 'draft' ? null : Number(value))}
      />
      <Loaded query={defaults}>
        {(data) => <Questions key={String(version)} {...{ journey, version, onBegun }} defaults={data} />}
      </Loaded>
    </Stack>
  );
}

function Questions({
  journey,
  version,
  defaults: { now, notRecorded, occurrences, fieldsAsked, calls },
  onBegun,
}: {
  journey: Journey;
  version: number | null;
  defaults: RehearsalDefaults;
  onBegun: (rehearsalId: number) => void;
}) {
  const [asked, setAsked] = useState<Asked>({
    who: notRecorded === null ? 'recorded' : 'everybody',
    ...{ daysBack: 7, listIds: [], segmentIds: [], people: [], fields: {}, over: { hours: 24 }, days: 14 },
    ...{ chances: {}, calls: new Map() },
  });
  const isPhone = useMediaQuery('(max-width: 29.99em)', undefined, { getInitialValueInEffect: false });
  const set = (change: Partial<Asked>) => setAsked((before) => ({ ...before, ...change }));
  const begin = useAction(() => beginRehearsal(journey.id, bodyOf(asked, version, now)), {
    inPlace: true,
    refresh: [['journeys', journey.id, 'rehearsals']],
    after: ({ rehearsalId }) => onBegun(rehearsalId),
  });
  const isNobody =
    (asked.who === 'some' && asked.listIds.length + asked.segmentIds.length === 0) ||
    (asked.who === 'named' && asked.people.length === 0);
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (!isNobody) begin.act();
      }}
    >
      <Stack gap="lg">
        <Card component="section" aria-labelledby="who-enters">
          <Title order={2} id="who-enters" mb="sm">
            Who enters
          </Title>
          <Stack>
            <SegmentedControl
              aria-label="Who enters"
              orientation={isPhone ? 'vertical' : 'horizontal'}
              value={asked.who}
              onChange={(who) => set({ who })}
              style={{ alignSelf: 'flex-start' }}
              data={[
                { value: 'recorded', label: 'As recorded', disabled: notRecorded !== null },
                { value: 'everybody', label: 'Everybody' },
                { value: 'some', label: 'Lists and segments' },
                { value: 'named', label: 'A few people' },
              ]}
            />
            <WhoEnters {...{ asked, set, notRecorded, fieldsAsked }} />
            <NumberField
              label="Days that are gone through"
              description="Of the time that is made up, from the first entry on"
              maw={260}
              min={1}
              max={400}
              allowDecimal={false}
              value={asked.days}
              onChange={(days) => set({ days })}
            />
          </Stack>
        </Card>
        <Card component="section" aria-labelledby="what-is-supposed">
          <Title order={2} id="what-is-supposed" mb={4}>
            What people are supposed to do
          </Title>
          <Text size="sm" c="dimmed" mb="md">
            Spread evenly over the time that it may take. What this project’s messages have really seen in the
            last 90 days stands here already.
          </Text>
          {occurrences.length + calls.length === 0 ? (
            <Text size="sm">This journey waits for nothing that people do.</Text>
          ) : (
            <Stack gap="md">
              {occurrences.map((occurrence) => {
                const key = JSON.stringify(occurrence.place);
                return (
                  <ChanceFields
                    key={key}
                    occurrence={occurrence}
                    said={asked.chances[key]}
                    onChange={(chance) => set({ chances: { ...asked.chances, [key]: chance } })}
                  />
                );
              })}
              {calls.map(({ tile, keeps }) => (
                <CallFields
                  key={tile}
                  {...{ tile, keeps }}
                  said={asked.calls.get(tile) ?? { failed: 0, answer: {} }}
                  onChange={(call) => set({ calls: new Map(asked.calls).set(tile, call) })}
                />
              ))}
            </Stack>
          )}
        </Card>
        {begin.error && <Problem error={begin.error} />}
        <Group justify="flex-end">
          <BusyButton
            type="submit"
            busy={begin.isBusy}
            disabled={isNobody}
            leftSection={<IconPlayerTrackNext size={18} aria-hidden />}
          >
            Rehearse
          </BusyButton>
        </Group>
      </Stack>
    </form>
  );
}

function WhoEnters({
  asked: { who, daysBack, listIds, segmentIds, people, fields, over },
  set,
  notRecorded,
  fieldsAsked,
}: {
  asked: Asked;
  set: (change: Partial<Asked>) => void;
  notRecorded: string | null;
  fieldsAsked: string | null;
}) {
  if (who === 'recorded')
    return (
      <>
        <Text size="sm">
          All whom what is on record would have let in, at the moments at which it happened. What they did
          later counts as well.
        </Text>
        <NumberField
          label="Days back"
          maw={260}
          min={1}
          max={400}
          allowDecimal={false}
          value={daysBack}
          onChange={(days) => set({ daysBack: days })}
        />
      </>
    );
  return (
    <>
      {notRecorded !== null && (
        <Alert icon={<IconInfoCircle aria-hidden />} p="xs">
          “As recorded” {notRecorded}.
        </Alert>
      )}
      <Text size="sm">
        {whoWords[who]}, whatever lets people in; who may not by the journey’s own conditions and limits does
        not.
      </Text>
      {who === 'some' && (
        <Group align="flex-end" grow>
          <SeveralPicker label="Lists" of="lists" ids={listIds} onChange={(ids) => set({ listIds: ids })} />
          <SeveralPicker
            label="Segments"
            of="segments"
            ids={segmentIds}
            onChange={(ids) => set({ segmentIds: ids })}
          />
        </Group>
      )}
      {who === 'named' && (
        <WordsField
          label="People"
          description="Each by email or userId; Enter after each. With one of them it is a test run: their whole way is shown"
          words={people}
          max={100}
          onChange={(words) => set({ people: words ?? [] })}
        />
      )}
      <PairsField
        label="What comes with each entry"
        description={
          fieldsAsked === null
            ? 'Fields that tiles and texts of the journey look at'
            : `Who enters has to fulfil: ${fieldsAsked}`
        }
        add="Add a field"
        names={[]}
        values="json"
        pairs={fields}
        onChange={(pairs) => set({ fields: pairs ?? {} })}
      />
      <LengthField label="Spread over" length={over} onChange={(length) => set({ over: length })} />
    </>
  );
}

function ChanceFields({
  occurrence,
  said,
  onChange,
}: {
  occurrence: Occurrence;
  said: Chance | undefined;
  onChange: (chance: Chance) => void;
}) {
  const { share, within }: Chance = said ?? {
    share: occurrence.chance.share,
    within: lengthOf(occurrence.chance.within),
  };
  const words = occurrenceWords(occurrence);
  return (
    <fieldset className="chance" aria-label={words}>
      <Group gap="xs" mb={4}>
        <Text size="sm" fw={650}>
          {words}
        </Text>
        {said === undefined && occurrence.chance.of === 'seen' && <Badge color="teal">As seen</Badge>}
        {said === undefined && occurrence.chance.of === 'unknown' && (
          <Badge color="gray">Nobody, unless you say</Badge>
        )}
        <Text size="xs" c="dimmed">
          heard at {occurrence.heardAt.join(', ')}
        </Text>
      </Group>
      <Group gap="sm" align="flex-end">
        <NumberField
          label="Of a hundred"
          w={130}
          min={0}
          max={100}
          decimalScale={1}
          suffix=" %"
          value={share}
          onChange={(next) => onChange({ share: next, within })}
        />
        <LengthField label="Within" length={within} onChange={(next) => onChange({ share, within: next })} />
      </Group>
    </fieldset>
  );
}

const whoWords = {
  everybody: 'Everybody of the project enters',
  some: 'Who is on these lists or of these segments enters',
  named: 'These people enter',
} as const;

/** What the address that a tile calls is supposed to answer. */
function CallFields({
  tile,
  keeps,
  said: { failed, answer },
  onChange,
}: {
  tile: string;
  keeps: readonly string[];
  said: CallAnswer;
  onChange: (call: CallAnswer) => void;
}) {
  const words = `The address that ${tile} calls`;
  return (
    <fieldset className="chance" aria-label={words}>
      <Text size="sm" fw={650} mb={4}>
        {words}
      </Text>
      <Stack gap="sm">
        <NumberField
          label="Fails, of a hundred"
          w={160}
          min={0}
          max={100}
          decimalScale={1}
          suffix=" %"
          value={failed}
          onChange={(next) => onChange({ failed: next, answer })}
        />
        {keeps.length > 0 && (
          <PairsField
            label={`What is kept of its answer: ${keeps.join(', ')}`}
            add="Add a value"
            names={keeps}
            values="json"
            pairs={answer}
            onChange={(pairs) => onChange({ failed, answer: pairs ?? {} })}
          />
        )}
      </Stack>
    </fieldset>
  );
}

const lengthOf = ({ minutes, hours }: Occurrence['chance']['within']): Length =>
  minutes === undefined ? { hours: hours ?? 24 } : { minutes };

/** What people may do, in words. */
function occurrenceWords({ place }: Occurrence): string {
  const [what = '', name = '', way] = place;
  const known: Record<string, string> = {
    delivered: 'A message is delivered',
    failed: 'A message does not arrive',
    read: 'They read a message',
    click: 'They tap a link of a message',
    reply: 'They reply to a message',
    purchase: 'They buy something',
    becomes: 'A condition comes to hold',
    events: `The event “${name}” happens`,
    waits: `They answer at ${name} as “${way}” says`,
  };
  return known[what] ?? place.join(' ');
}

/** What the API is asked for. */
function bodyOf(
  { who, daysBack, listIds, segmentIds, people, fields, over, days, chances, calls }: Asked,
  version: number | null,
  now: number,
): AskedRehearsal {
  const of = {
    everybody: { everybody: true as const },
    some: { ...(listIds.length > 0 && { listIds }), ...(segmentIds.length > 0 && { segmentIds }) },
    named: { people: [...people] },
  };
  const hasFields = Object.keys(fields).length > 0;
  const chosen = Object.entries(chances).reduce(
    (all, [key, chance]) => withChance(all, JSON.parse(key) as string[], chance),
    {} as Supposing,
  );
  const supposing: Supposing = calls.size > 0 ? { ...chosen, webhooks: Object.fromEntries(calls) } : chosen;
  return {
    ...(version !== null && { version }),
    entries:
      who === 'recorded'
        ? { recorded: { from: now - daysBack * dayMs } }
        : { supposed: { ...of[who], over, ...(hasFields && { fields: { ...fields } }) } },
    ...(Object.keys(supposing).length > 0 && { supposing }),
    days,
  };
}

/** What is supposed with one chance put where it stands. */
function withChance(all: Supposing, [step = '', ...deeper]: readonly string[], chance: Chance): Supposing {
  if (deeper.length === 0) return { ...all, [step]: chance };
  const part = (all as Record<string, Supposing>)[step] ?? {};
  return { ...all, [step]: withChance(part, deeper, chance) };
}
