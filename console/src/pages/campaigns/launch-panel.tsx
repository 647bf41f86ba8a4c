import { Alert, Card, Group, Radio, Select, Stack, Text, TextInput, Title } from '@mantine/core';
import { IconRocket } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { type Campaign, launchCampaign, type SendTime } from '../../api/campaigns.ts';
import { type Forecast, forecastQuery } from '../../api/numbers.ts';
import { ConfirmButton } from '../../shell/confirm-button.tsx';
import { focusPageTitle } from '../../shell/page.tsx';
import { Loaded, Problem } from '../../shell/problem.tsx';
import { useAction } from '../../shell/use-action.ts';
import { count, counted, dollars, fullInstant, localInput, ownZone, share } from '../../words/formats.ts';
import { randomKey } from '../../words/random-key.ts';
import { SkipReasons } from './skip-reasons.tsx';

/** The last look before a launch: what it will come to, when it goes, and the button. */
export function LaunchPanel({ campaign, again = false }: { campaign: Campaign; again?: boolean }) {
  const forecast = useQuery(forecastQuery(campaign.id));
  return (
    <Card component="section" aria-labelledby="launch">
      <Title order={2} id="launch" mb="md">
        {again ? 'Send it again' : 'Before you launch'}
      </Title>
      <Loaded query={forecast}>
        {(data) => (
          <Stack gap="lg">
            <ForecastFigures forecast={data} />
            <Launch
              campaign={campaign}
              again={again}
              forecast={data}
              onLook={() => void forecast.refetch()}
            />
          </Stack>
        )}
      </Loaded>
    </Card>
  );
}

function ForecastFigures({ forecast }: { forecast: Forecast }) {
  return (
    <>
      <Group gap="xl" component="dl" m={0}>
        <Figure label="People" value={count(forecast.audience)} />
        <Figure
          label="Will be sent"
          value={`${count(forecast.sends)} (${share(forecast.sends, forecast.audience)})`}
        />
        <Figure label="Will be skipped" value={count(forecast.skips)} />
        {forecast.delayed > 0 && <Figure label="Will wait for their hour" value={count(forecast.delayed)} />}
        <Figure label="Segments" value={count(forecast.segments)} />
        <Figure label="Cost, about" value={dollars(forecast.price)} />
      </Group>
      {!forecast.exact && (
        <Text size="sm" c="dimmed">
          Consent and addresses are counted; the rest is projected from {count(forecast.sampled)} people.
        </Text>
      )}
      {forecast.skips > 0 && <SkipReasons reasons={forecast.skipsByReason} total={forecast.skips} ahead />}
    </>
  );
}

function Figure({ label, value }: { label: string; value: string }) {
  return (
    <div>
      <Text size="sm" c="dimmed" component="dt">
        {label}
      </Text>
      <Text fz={22} fw={650} component="dd" m={0}>
        {value}
      </Text>
    </div>
  );
}

function Launch({
  campaign,
  again,
  forecast,
  onLook,
}: {
  campaign: Campaign;
  again: boolean;
  forecast: Forecast;
  onLook: () => void;
}) {
  // A schedule that was taken back is where one begins again.
  const { sendAt, inUserZone = false } = again ? {} : campaign.options;
  const [kind, setKind] = useState<SendTime['kind']>(kindOf(sendAt, inUserZone));
  const [local, setLocal] = useState(sendAt === undefined ? '' : localInput(sendAt));
  const [defaultZone, setDefaultZone] = useState(ownZone);
  // One key for one choice until it was taken: a retry launches once, another time or the next launch is a new one.
  const [key, setKey] = useState(randomKey);
  const time = sendTime(kind, local, defaultZone);
  const choose = (change: () => void) => {
    change();
    setKey(randomKey());
  };
  const launch = useAction((chosen: SendTime) => launchCampaign(campaign.id, chosen, again, key), {
    ...{ inPlace: true, done: kind === 'now' ? 'Launched' : 'Scheduled' },
    refresh: [['campaigns']],
    after: () => {
      setKey(randomKey());
      // The panel gives way to the figures.
      focusPageTitle();
    },
  });
  const now = Date.now();
  const isPast = kind !== 'now' && local !== '' && new Date(local).getTime() < now;
  return (
    <Stack>
      <Radio.Group
        label="Send time"
        value={kind}
        onChange={(value) => choose(() => setKind(value === 'at' || value === 'inUserZone' ? value : 'now'))}
      >
        <Stack gap="xs" mt="xs">
          <Radio value="now" label="Now" />
          <Radio value="at" label="At a time" description={`By your clock (${ownZone})`} />
          <Radio
            value="inUserZone"
            label="At a time, by each person’s own clock"
            description="Ten in the morning in Berlin for Berliners, in Denver for Denverites"
          />
        </Stack>
      </Radio.Group>
      {kind !== 'now' && (
        <Group align="flex-end">
          <TextInput
            type="datetime-local"
            label="Date and time"
            required
            min={localInput(now)}
            error={isPast && 'That is past: choose a later time'}
            value={local}
            onChange={({ currentTarget: { value } }) => choose(() => setLocal(value))}
          />
          {kind === 'inUserZone' && (
            <Select
              label="Clock of people whose place is not known"
              data={Intl.supportedValuesOf('timeZone')}
              searchable
              allowDeselect={false}
              value={defaultZone}
              onChange={(value) => choose(() => setDefaultZone(value ?? ownZone))}
            />
          )}
        </Group>
      )}
      {forecast.sends === 0 && (
        <Alert color="yellow" title="Nobody would get it">
          {forecast.audience === 0
            ? 'The lists are empty.'
            : 'Everybody on the lists would be skipped, for the reasons above.'}
        </Alert>
      )}
      {launch.error && <Problem error={launch.error} />}
      <Group>
        <ConfirmButton
          label={kind === 'now' ? 'Launch now' : 'Schedule'}
          size="md"
          leftSection={<IconRocket size={20} aria-hidden />}
          question={kind === 'now' ? 'Launch this campaign now?' : 'Schedule this campaign?'}
          confirm={kind === 'now' ? `Send to ${counted(forecast.sends, 'person', 'people')}` : 'Schedule'}
          disabled={time === null || isPast || forecast.audience === 0}
          busy={launch.isBusy}
          onAsk={onLook}
          onConfirm={() => time && launch.act(time)}
        >
          “{campaign.name}” goes to about {counted(forecast.sends, 'person', 'people')} for about{' '}
          {dollars(forecast.price)}
          {timeWords(time)}. You can pause or abort it while it runs.
        </ConfirmButton>
      </Group>
    </Stack>
  );
}

const kindOf = (sendAt: string | undefined, inUserZone: boolean): SendTime['kind'] =>
  sendAt === undefined ? 'now' : inUserZone ? 'inUserZone' : 'at';

/** The day, the hour and whose clock, as the last look before a schedule names them. */
function timeWords(time: SendTime | null): string {
  if (time === null || time.kind === 'now') return '';
  const when = fullInstant(time.sendAt);
  return time.kind === 'at'
    ? `, on ${when} (${ownZone})`
    : `, on ${when} by each person’s own clock (${time.defaultTimeZone.replaceAll('_', ' ')} where it is not known)`;
}

function sendTime(kind: SendTime['kind'], local: string, defaultTimeZone: string): SendTime | null {
  if (kind === 'now') return { kind };
  if (local === '') return null;
  const sendAt = new Date(local).toISOString();
  return kind === 'at' ? { kind, sendAt } : { kind, sendAt, startTimeZone: ownZone, defaultTimeZone };
}
