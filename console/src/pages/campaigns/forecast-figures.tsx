import { Anchor, Group, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import type { SendTime } from '../../api/campaigns.ts';
import type { Forecast, ForecastReason } from '../../api/numbers.ts';
import { count, dollars, instant, share } from '../../words/formats.ts';
import { PeopleBehind } from './forecast-people.tsx';
import { SkipReasons } from './skip-reasons.tsx';

/** What a launch will come to at a time, and who is behind each figure. */
export function ForecastFigures({
  campaignId,
  time,
  forecast,
}: {
  campaignId: number;
  time: SendTime | null;
  forecast: Forecast;
}) {
  const [shown, setShown] = useState<ForecastReason | null>(null);
  const { delayed, firstAt, lastAt, textReasons } = forecast;
  // Whom the text skips is known of the sample only, and with it how many are left.
  const about = forecast.exact || (forecast.isCounted && textReasons.length === 0) ? '' : 'about ';
  const { judged, isCounted, sendsBetween } = forecast;
  const projected = ['segments', 'cost', ...(about ? ['the skips that the text makes'] : [])].join(', ');
  return (
    <Stack gap="lg">
      <Group gap="xl" component="dl" m={0} style={{ rowGap: 8 }}>
        <Figure label="People" value={count(forecast.audience)} />
        <Figure
          label="Will be sent"
          value={`${about}${count(forecast.sends)} (${share(forecast.sends, forecast.audience)} of people)`}
        />
        <Figure label="Will be skipped" value={`${about}${count(forecast.skips)}`} />
        {delayed > 0 && <Figure label="Of the sent, will wait" value={`${about}${count(delayed)}`} />}
        <Figure label="Segments" value={`${forecast.exact ? '' : 'about '}${count(forecast.segments)}`} />
        <Figure label="Cost, about" value={dollars(forecast.price)} />
      </Group>
      {delayed > 0 && firstAt !== null && lastAt !== null && (
        <Text size="sm">
          {count(delayed)} {delayed === 1 ? 'waits' : 'wait'} until lawful hours or your limits allow it:{' '}
          {waitWords(forecast, instant(firstAt), instant(lastAt))}{' '}
          <Anchor
            component="button"
            type="button"
            size="sm"
            underline="always"
            onClick={() => setShown('delayed')}
          >
            Who waits?
          </Anchor>
        </Text>
      )}
      {!isCounted && (
        <Text size="sm">
          So far {count(judged)} of these people were judged; the figures become exact while you look. With{' '}
          {Math.round(sendsBetween.surety * 100)} % certainty between {count(sendsBetween.from)} and{' '}
          {count(sendsBetween.to)} will be sent.
        </Text>
      )}
      {isCounted && !forecast.exact && (
        <Text size="sm" c="dimmed">
          Consent, addresses, hours and limits are counted person by person, exactly. What needs the text
          filled in ({projected}) was worked out for {count(forecast.sampled)} of these people and projected
          on all: it is marked “about”.
        </Text>
      )}
      {forecast.skips > 0 && (
        <SkipReasons
          reasons={forecast.skipsByReason}
          total={forecast.skips}
          ahead
          projected={isCounted ? (forecast.exact ? [] : textReasons) : Object.keys(forecast.skipsByReason)}
          onShow={setShown}
        />
      )}
      {shown !== null && (
        <PeopleBehind campaignId={campaignId} time={time} reason={shown} onClose={() => setShown(null)} />
      )}
    </Stack>
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

/** Until when they wait; the first instant is that of all messages, and tells of these only where all wait. */
function waitWords({ delayed, sends }: Forecast, first: string, last: string): string {
  if (delayed === 1) return `it may leave ${last}.`;
  if (delayed < sends) return `the last may leave ${last}.`;
  return first === last ? `all may leave ${last}.` : `the first may leave ${first}, the last ${last}.`;
}
