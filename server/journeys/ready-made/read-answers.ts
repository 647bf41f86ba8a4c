import { sql } from 'kysely';
import type { Database } from '../../database/connect.ts';
import { ApiError, type Fault } from '../../http/errors.ts';
import type { Answers, Question } from './ready-made.ts';

const longestText = 2_000;
const mostNumber = 1_000_000_000;
const usualSpans = { hours: 87_600, days: 3_650, number: mostNumber } as const;

/** A question with the answer that it has unless another is given; null where somebody has to choose. */
export type Asked = Question & { usual: string | number | null };

/** The questions with their usual answers in a project: its own message types, and days to come. */
export async function askedIn(
  db: Database,
  project: { id: number; timeZone: string },
  questions: readonly Question[],
  now: Date,
): Promise<Asked[]> {
  const types = await messageTypes(db, project.id);
  return questions.map((question): Asked => {
    if (question.kind === 'list') return { ...question, usual: null };
    if (question.kind === 'moment') return { ...question, usual: tomorrow(now, project.timeZone) };
    if (question.kind !== 'messageType') return { ...question, usual: question.usually };
    const { medium, purpose } = question;
    const type = types.find((each) => each.medium === medium && each.purpose === purpose);
    return { ...question, usual: type?.id ?? null };
  });
}

async function messageTypes(db: Database, projectId: number) {
  const { rows } = await sql<{ id: number; medium: string; purpose: string }>`
    SELECT t.id, c.medium, c.purpose FROM message_type t JOIN channel c ON c.id = t.channel_id
    WHERE c.project_id = ${projectId} ORDER BY t.id`.execute(db);
  return rows;
}

function tomorrow(now: Date, zone: string): string {
  const day = Temporal.Instant.fromEpochMilliseconds(now.getTime()).toZonedDateTimeISO(zone).add({ days: 1 });
  return day.toPlainDateTime().round({ smallestUnit: 'minute', roundingMode: 'trunc' }).toString({
    smallestUnit: 'minute',
  });
}

/** Reads answers. @throws ApiError BadParams with all that is wrong: what is missing, of another kind, or asked by no question. */
export function readAnswers(asked: readonly Asked[], given: Readonly<Record<string, unknown>>): Answers {
  const faults: Fault[] = [];
  const answers = new Map<string, string | number>();
  for (const question of asked) {
    const value = Object.hasOwn(given, question.name) ? given[question.name] : (question.usual ?? undefined);
    const fault = faultOf(question, value);
    if (fault) faults.push({ field: `answers.${question.name}`, fault });
    else answers.set(question.name, value as string | number);
  }
  for (const name of Object.keys(given))
    if (!asked.some((each) => each.name === name))
      faults.push({
        field: `answers.${name}`,
        fault: `answers no question; there are ${asked.map((each) => each.name).join(', ')}`,
      });
  const [first] = faults;
  if (first) throw new ApiError('BadParams', `${first.field} ${first.fault}`, { faults });
  const answer = (name: string) => {
    const value = answers.get(name);
    if (value === undefined) throw new Error(`no question asks for ${name}`);
    return value;
  };
  return { text: (name) => String(answer(name)), number: (name) => Number(answer(name)) };
}

function faultOf(question: Asked, value: unknown): string | null {
  if (value === undefined)
    return question.kind === 'messageType'
      ? `is missing: this project has no message type for ${question.medium} that is ${question.purpose}; make one, or give the id of another`
      : question.kind === 'list'
        ? 'is missing; give the id of a list, a number: GET /api/lists tells them'
        : 'is missing; give one';
  switch (question.kind) {
    case 'hours':
    case 'days':
    case 'number': {
      const most = usualSpans[question.kind];
      return isWhole(value) && value <= most
        ? null
        : `must be a whole number from 1 to ${most.toLocaleString('en')}`;
    }
    case 'list':
      return isWhole(value) ? null : 'must be the id of a list, a number: GET /api/lists tells them';
    case 'messageType':
      return isWhole(value)
        ? null
        : 'must be the id of a message type, a number: GET /api/messageTypes tells them';
    case 'time':
      return typeof value === 'string' && /^([01][0-9]|2[0-3]):[0-5][0-9]$/.test(value)
        ? null
        : 'must be a time of the day: 09:30';
    case 'moment':
      return typeof value === 'string' && isMoment(value)
        ? null
        : 'must be a day and a time: 2026-12-24T09:00';
    default:
      return typeof value === 'string' && value.trim() !== '' && value.length <= longestText
        ? null
        : `must be a text of 1 to ${longestText.toLocaleString('en')} characters`;
  }
}

const isWhole = (value: unknown): value is number => Number.isInteger(value) && Number(value) >= 1;

function isMoment(value: string): boolean {
  try {
    return /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$/.test(value) && Temporal.PlainDateTime.from(value) !== null;
  } catch {
    return false;
  }
}
