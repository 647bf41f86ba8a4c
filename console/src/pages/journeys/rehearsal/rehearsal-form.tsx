import { Card, Group, SegmentedControl, Select, Stack, Text, Title } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { IconPlayerTrackNext } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import {
  beginRehearsal,
  type RehearsalDefaults,
  rehearsalDefaultsQuery,
} from '../../../api/journey-rehearsals.ts';
import type { Journey, JourneyVersion } from '../../../api/journeys.ts';
import { BusyButton } from '../../../shell/busy-button.tsx';
import { NumberField } from '../../../shell/number-field.tsx';
import { Loaded, Problem } from '../../../shell/problem.tsx';
import { useAction } from '../../../shell/use-action.ts';
import { instant } from '../../../words/formats.ts';
import { type Asked, bodyOf } from './asked.ts';
import { CallFields, ChanceFields } from './supposed-fields.tsx';
import { WhoEnters } from './who-enters.tsx';

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
