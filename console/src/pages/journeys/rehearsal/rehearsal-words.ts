import type { JourneyRehearsal, RehearsalSummary } from '../../../api/journey-rehearsals.ts';
import { counted, day, instant, locale } from '../../../words/formats.ts';

const steps = new Intl.DateTimeFormat(locale, {
  ...{ weekday: 'short', month: 'short', day: 'numeric', hour: 'numeric', minute: '2-digit' },
});
const shortSteps = new Intl.DateTimeFormat(locale, { month: 'short', day: 'numeric', hour: 'numeric' });

/** A moment of the virtual time by the reader's clock: "Mon, Nov 30, 9:00 AM". */
export const momentWords = (at: number): string => steps.format(at);
/** The same where there is little room: "Nov 30, 9 AM". */
export const shortMoment = (at: number): string => shortSteps.format(at);

/** A length of time in its two largest units: "2 h 5 min". */
export function lengthWords(ms: number): string {
  const minutes = Math.round(ms / 60_000);
  if (minutes < 1) return 'less than a minute';
  const units = [
    [Math.floor(minutes / 1_440), counted(Math.floor(minutes / 1_440), 'day')],
    [Math.floor((minutes % 1_440) / 60), `${Math.floor((minutes % 1_440) / 60)} h`],
    [minutes % 60, `${minutes % 60} min`],
  ] as const;
  const first = units.findIndex(([number]) => number > 0);
  return units
    .slice(first, first + 2)
    .flatMap(([number, words]) => (number > 0 ? words : []))
    .join(' ');
}

/** Which of a journey's rehearsals it is. */
export const rehearsalName = ({ version, createdAt, state }: RehearsalSummary): string =>
  `${instant(createdAt)} · ${version === null ? 'the draft' : `version ${version}`}${state === 'done' ? '' : ` · ${stateWords[state]}`}`;

const stateWords: Record<RehearsalSummary['state'], string> = {
  running: 'under way',
  done: 'done',
  failed: 'failed',
  cancelled: 'cancelled',
};

/** Who enters in it, in words. */
export function entriesWords({ entries: { recorded, supposed } }: Pick<JourneyRehearsal, 'entries'>): string {
  if (recorded)
    return `those whom what was recorded from ${day(recorded.from)} to ${day(recorded.until)} would have let in`;
  if (!supposed) return '';
  const { listIds = [], segmentIds = [], overMs, from } = supposed;
  const who = supposed.everybody
    ? 'everybody'
    : supposed.people
      ? counted(supposed.people.length, 'person who is named', 'people who are named')
      : [
          ...(listIds.length > 0 ? [counted(listIds.length, 'list')] : []),
          ...(segmentIds.length > 0 ? [counted(segmentIds.length, 'segment')] : []),
        ].join(' and ');
  return `${who}, ${overMs === 0 ? 'all at once' : `over ${lengthWords(overMs)}`} from ${momentWords(from)}`;
}
