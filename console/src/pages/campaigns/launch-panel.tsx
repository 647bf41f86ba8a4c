import { Alert, Button, Card, Group, Stack, Text, Title } from '@mantine/core';
import { IconClock, IconRocket } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { type Campaign, launchCampaign, type SendTime } from '../../api/campaigns.ts';
import { type Forecast, forecastQuery } from '../../api/numbers.ts';
import { projectQuery } from '../../api/project.ts';
import { ConfirmButton } from '../../shell/confirm-button.tsx';
import { focusPageTitle } from '../../shell/page.tsx';
import { Loaded, Problem } from '../../shell/problem.tsx';
import { useAction } from '../../shell/use-action.ts';
import { counted, dollars, ownZone } from '../../words/formats.ts';
import { randomKey } from '../../words/random-key.ts';
import { ForecastFigures } from './forecast-figures.tsx';
import { Rehearsal } from './rehearsal.tsx';
import {
  type ChosenTime,
  firstChoice,
  isPast,
  SendTimeFields,
  scheduleWords,
  sendTimeOf,
  timeWords,
} from './send-time.tsx';

/** Where a blast stands when its launch is looked at: before its first, scheduled, or sent before. */
type Stage = 'first' | 'scheduled' | 'again';

const titles: Record<Stage, string> = {
  first: 'Before you launch',
  scheduled: 'It will start by itself',
  again: 'Send it again',
};

/** The last look before a launch: when it goes, what it will come to at that time, and the button. */
export function LaunchPanel({ campaign, stage }: { campaign: Campaign; stage: Stage }) {
  const project = useQuery(projectQuery);
  return (
    <Card component="section" aria-labelledby="launch">
      <Title order={2} id="launch" mb="md">
        {titles[stage]}
      </Title>
      <Loaded query={project}>
        {({ timeZone }) => <Launch campaign={campaign} stage={stage} projectZone={timeZone} />}
      </Loaded>
    </Card>
  );
}

function Launch({ campaign, stage, projectZone }: { campaign: Campaign; stage: Stage; projectZone: string }) {
  const isScheduled = stage === 'scheduled';
  const [isChanging, setIsChanging] = useState(!isScheduled);
  // A schedule that was taken back is where one begins again.
  const [chosen, setChosen] = useState(() =>
    stage === 'again'
      ? { kind: 'now' as const, local: '', defaultZone: ownZone }
      : firstChoice(campaign, projectZone),
  );
  // One key for one choice until it was taken: a retry launches once, another time or the next launch is a new one.
  const [key, setKey] = useState(randomKey);
  const time = sendTimeOf(chosen, projectZone);
  // What is not changed yet is its own time.
  const asked = isChanging && !isPast(time) ? time : null;
  const forecast = useQuery(forecastQuery(campaign.id, asked));
  const choose = (part: Partial<ChosenTime>) => {
    setChosen((before) => ({ ...before, ...part }));
    setKey(randomKey());
  };
  const launch = useAction((taken: SendTime) => launchCampaign(campaign.id, taken, stage === 'again', key), {
    ...{ inPlace: true, done: time?.kind === 'now' ? 'Launched' : 'Scheduled' },
    refresh: [['campaigns']],
    after: () => {
      setKey(randomKey());
      setIsChanging(!isScheduled);
      // The panel gives way to the figures.
      focusPageTitle();
    },
  });
  return (
    <Stack gap="lg">
      {isScheduled && (
        <Group justify="space-between" align="flex-start">
          <Text flex="1 1 260px">
            It goes <strong>{scheduleWords(campaign, projectZone)}</strong>.
          </Text>
          {!isChanging && (
            <Button
              variant="default"
              leftSection={<IconClock size={18} aria-hidden />}
              onClick={() => setIsChanging(true)}
            >
              Change time
            </Button>
          )}
        </Group>
      )}
      {isChanging && <SendTimeFields chosen={chosen} time={time} onChange={choose} />}
      <Loaded query={forecast}>
        {(data) => (
          <>
            <ForecastFigures campaignId={campaign.id} time={asked} forecast={data} />
            {data.sends === 0 && data.isCounted && <Nobody forecast={data} />}
            <Rehearsal campaignId={campaign.id} time={asked} />
            {launch.error && <Problem error={launch.error} />}
            {data.refusal !== null && (
              <Refused refusal={data.refusal} onLook={() => void forecast.refetch()} />
            )}
            {isChanging && data.refusal === null && (
              <Group>
                <LaunchButton
                  {...{ campaign, stage, time, forecast: data }}
                  when={timeWords(time, projectZone)}
                  busy={launch.isBusy}
                  onLook={() => void forecast.refetch()}
                  onLaunch={launch.act}
                />
                {isScheduled && (
                  <Button variant="default" onClick={() => setIsChanging(false)}>
                    Keep its time
                  </Button>
                )}
              </Group>
            )}
          </>
        )}
      </Loaded>
    </Stack>
  );
}

function Refused({ refusal, onLook }: { refusal: string; onLook: () => void }) {
  return (
    <Alert color="red" title="It cannot be launched as things stand">
      <Stack gap="sm" align="flex-start">
        <Text size="sm">{refusal}</Text>
        <Button variant="default" size="xs" onClick={onLook}>
          Look again
        </Button>
      </Stack>
    </Alert>
  );
}

function Nobody({ forecast }: { forecast: Forecast }) {
  return (
    <Alert color="yellow" title="Nobody would get it">
      {forecast.audience === 0
        ? 'Nobody is on its lists or of its segments, or all of them are left out.'
        : 'Everybody would be skipped, for the reasons above.'}
    </Alert>
  );
}

function LaunchButton({
  campaign,
  stage,
  time,
  when,
  forecast,
  busy,
  onLook,
  onLaunch,
}: {
  campaign: Campaign;
  stage: Stage;
  time: SendTime | null;
  when: string;
  forecast: Forecast;
  busy: boolean;
  onLook: () => void;
  onLaunch: (time: SendTime) => void;
}) {
  const isNow = time === null || time.kind === 'now';
  const people = counted(forecast.sends, 'person', 'people');
  const question =
    stage === 'again'
      ? `Send again to all ${people}?`
      : isNow
        ? 'Launch this campaign now?'
        : stage === 'scheduled'
          ? 'Move this campaign to another time?'
          : 'Schedule this campaign?';
  return (
    <ConfirmButton
      label={isNow ? 'Launch now' : stage === 'scheduled' ? 'Change time' : 'Schedule'}
      size="md"
      leftSection={<IconRocket size={20} aria-hidden />}
      question={question}
      confirm={isNow ? `Send to ${people}` : stage === 'scheduled' ? 'Change time' : 'Schedule'}
      disabled={time === null || isPast(time) || forecast.audience === 0}
      busy={busy}
      onAsk={onLook}
      onConfirm={() => time && onLaunch(time)}
    >
      {stage === 'again' && 'It has been sent before: whoever got it gets it once more. '}“{campaign.name}”
      goes to about {people} for about {dollars(forecast.price)}
      {when && `, ${when}`}. You can pause or abort it while it runs.
    </ConfirmButton>
  );
}
