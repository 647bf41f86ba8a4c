import { writeFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import type { DayHours, HoursRow } from './hours-row.ts';
import { elsewhere, nightHold, otherCountries } from './other-countries.ts';
import { unitedStates } from './united-states.ts';
import { unitedStatesVoice } from './united-states-voice.ts';

/** Where the document stands. */
export const hoursDocumentPath = new URL('../../../docs/hours.md', import.meta.url);

const heading = [
  'Place',
  'Mon–Fri',
  'Sat',
  'Sun',
  'Holidays',
  'Calendar',
  'Cap',
  'Applies',
  'What it is',
  'Law',
  'In force',
  'Certainty',
  'Source',
  'Lifted by',
  'Note',
];

/** The text of docs/hours.md: every row of the table of hours, and how the rows are used. */
export function hoursDocument(): string {
  return `${preface}
## United States
${table(unitedStates)}
## United States: laws on voice calls
${table(unitedStatesVoice)}
## Other countries
${table([...otherCountries, elsewhere, nightHold])}`;
}

const preface = `# Hours for promotional messages

Generated from the rows in \`server/consent/hours/\` by \`node server/consent/hours/print-hours.ts\`; change the rows, not this page. Not legal advice. Figures were gathered in November 2026 from public pages; few laws were read in their own text.

- Hours are local to the recipient, first and last second included: 08:00–20:00 sends first at 08:00:00 and last at 19:59:59. SMS and WhatsApp alike.
- Every row in force at a place is kept at once. A state's row narrows the federal one; the hold at night holds everywhere.
- \`law\` is always kept. \`caution\` (laws on voice calls, self-regulation, our default) is kept unless the project switches cautious rules off. \`off\` was considered and is not kept.
- What would lift a rule is shown to people and never acted on.
- A holiday is a public holiday of the place's region, substitute days included; where the region is not known, of any region. Days named beside the calendar are added to it.
- A person who may be at several places gets messages only when all of them allow it. A profile's time zone is believed first, then the address, then the number's area code or country; where address and number disagree, both count, and where the time zone is kept in none of them, the law of where it is kept counts too. A person of whom no country is known gets no promotional message.
- Where nothing better is known, the area code counts as the person's place. Federal law asks where the person is and not where the number is from, and people keep numbers when they move; but most live where their number says, some states let a sender rely on it (Florida, Oklahoma, Oregon), and to hold everybody to all the rules of the country at once would leave hardly an hour. Better evidence takes its place as soon as it is there: a time zone, state or postal code on the profile (\`timeZone\`, \`state\`, \`zip\` and their like), which you should collect with the opt-in. When a number, an address or the project's choice on caution changes, what waits is worked out anew before it leaves.
- A cap counts every promotional message in a rolling span, whatever its subject.
- Not in this table: bans for the length of a declared state of emergency (Louisiana, New York), and holidays that a governor proclaims for one year.
`;

function table(rows: readonly HoursRow[]): string {
  const lines = [heading, heading.map(() => '---'), ...rows.map(cells)];
  return `\n${lines.map((line) => `| ${line.join(' | ')} |`).join('\n')}\n`;
}

function cells(row: HoursRow): string[] {
  const { hours } = row;
  return [
    row.country === '*' ? (row === nightHold ? 'everywhere' : 'elsewhere') : placeName(row),
    spanText(hours.weekday),
    spanText(hours.saturday),
    spanText(hours.sunday),
    hours.holiday === 'as the day' ? 'as the day' : spanText(hours.holiday),
    calendarText(row),
    row.cap ? `${row.cap.messages} in ${row.cap.hours} h, ${row.cap.scope}` : '',
    row.applies,
    row.kind,
    row.law,
    `${row.from ? `from ${row.from}` : 'before this table'}${row.until ? `, until ${row.until}` : ''}`,
    row.certainty,
    row.source,
    row.lifts ?? '',
    row.note ?? '',
  ].map((cell) => cell.replaceAll('|', '\\|'));
}

function placeName(row: HoursRow): string {
  return row.region === null ? row.country : `${row.country}-${row.region}`;
}

function calendarText(row: HoursRow): string {
  if (!row.holidays) return '';
  const own = row.holidays.public === 'nation' ? 'national' : 'public';
  return [own, ...row.holidays.also].join(', ');
}

function spanText(hours: DayHours): string {
  return hours ? `${clockText(hours[0])}–${clockText(hours[1])}` : 'none';
}

function clockText(minutes: number): string {
  return `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  writeFileSync(hoursDocumentPath, hoursDocument());
}
