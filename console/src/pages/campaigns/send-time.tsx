import { Group, Radio, Select, Stack, TextInput } from '@mantine/core';
import type { Campaign, SendTime } from '../../api/campaigns.ts';
import {
  fullInstant,
  fullInstantIn,
  instantAt,
  localInput,
  localInputIn,
  ownZone,
  zoneWords,
} from '../../words/formats.ts';
import { shortOptions } from '../../words/short-options.ts';
import { timeZones } from '../../words/time-zones.ts';

/** What is chosen of a send time; `local` is what the clock that is meant shows. */
export interface ChosenTime {
  kind: SendTime['kind'];
  local: string;
  defaultZone: string;
}

/** Where choosing begins: at a campaign's own time, if it has one. */
export function firstChoice({ options }: Pick<Campaign, 'options'>, projectZone: string): ChosenTime {
  const { sendAt, inUserZone, defaultTimeZone = projectZone } = options;
  if (sendAt === undefined) return { kind: 'now', local: '', defaultZone: defaultTimeZone };
  return inUserZone
    ? {
        kind: 'inUserZone',
        local: localInputIn(sendAt, options.startTimeZone ?? projectZone),
        defaultZone: defaultTimeZone,
      }
    : { kind: 'at', local: localInput(sendAt), defaultZone: defaultTimeZone };
}

/** The send time that is chosen; null while it is not said. */
export function sendTimeOf({ kind, local, defaultZone }: ChosenTime, projectZone: string): SendTime | null {
  if (kind === 'now') return { kind };
  if (local === '') return null;
  if (kind === 'at') return { kind, sendAt: new Date(local).toISOString() };
  return { kind, sendAt: instantAt(local, projectZone).toISOString(), defaultTimeZone: defaultZone };
}

/** Chooses when a campaign goes. */
export function SendTimeFields({
  chosen,
  time,
  onChange,
}: {
  chosen: ChosenTime;
  time: SendTime | null;
  onChange: (part: Partial<ChosenTime>) => void;
}) {
  const { kind, local, defaultZone } = chosen;
  return (
    <Stack>
      <Radio.Group
        label="Send time"
        value={kind}
        onChange={(value) => onChange({ kind: value === 'at' || value === 'inUserZone' ? value : 'now' })}
      >
        <Stack gap="xs" mt="xs">
          <Radio value="now" label="Now" />
          <Radio
            value="at"
            label="At a time"
            description={`By the clock of your computer (${zoneWords(ownZone)})`}
          />
          <Radio
            value="inUserZone"
            label="At a time, by each person’s own clock"
            description="Ten in the morning in Berlin for Berliners, in Denver for Denverites. Who is past that hour gets it at once."
          />
        </Stack>
      </Radio.Group>
      {kind !== 'now' && (
        <Group align="flex-start">
          <TextInput
            type="datetime-local"
            label="Date and time"
            required
            min={localInput(Date.now())}
            error={isPast(time) && 'That is past: choose a later time'}
            value={local}
            onChange={({ currentTarget: { value } }) => onChange({ local: value })}
          />
          {kind === 'inUserZone' && (
            <Select
              label="Clock of people whose place is not known"
              data={timeZones}
              filter={shortOptions}
              searchable
              allowDeselect={false}
              value={defaultZone}
              onChange={(value) => onChange({ defaultZone: value ?? ownZone })}
            />
          )}
        </Group>
      )}
    </Stack>
  );
}

/** Whether a time has passed. */
export const isPast = (time: SendTime | null) =>
  time !== null && time.kind !== 'now' && new Date(time.sendAt).getTime() < Date.now();

/** The day, the hour and whose clock: "on Monday, November 23, 2026 at 9:00 AM (Europe/Berlin)"; empty for now. */
export function timeWords(time: SendTime | null, projectZone: string): string {
  if (time === null || time.kind === 'now') return '';
  return time.kind === 'at'
    ? `on ${fullInstant(time.sendAt)} (${zoneWords(ownZone)})`
    : ownClockWords(time.sendAt, projectZone, time.defaultTimeZone);
}

/** When a scheduled campaign starts, and by whose clock. */
export function scheduleWords({ options, startAt }: Campaign, projectZone: string): string {
  const sendAt = options.sendAt ?? startAt;
  if (sendAt === undefined) return '';
  if (!options.inUserZone) return `on ${fullInstant(sendAt)} (${zoneWords(ownZone)})`;
  const { startTimeZone = projectZone, defaultTimeZone = projectZone } = options;
  return ownClockWords(sendAt, startTimeZone, defaultTimeZone);
}

const ownClockWords = (sendAt: string | number, zone: string, defaultZone: string) =>
  `on ${fullInstantIn(sendAt, zone)} by each person’s own clock (${zoneWords(defaultZone)} where it is not known)`;
