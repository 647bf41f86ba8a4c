import { type Static, Type } from 'typebox';
import type { Routes } from '../http/api.ts';
import { ApiError } from '../http/errors.ts';
import { nullable } from '../http/schemas.ts';
import { type InboxSettings, readSettings, writeSettings } from './settings.sql.ts';
import { faultOfHours, type WorkingHours } from './working-hours.ts';

const tags = ['Inbox'];
const clockTime = Type.String({ pattern: '^(?:(?:[01]\\d|2[0-3]):[0-5]\\d|24:00)$' });
const spans = Type.Array(Type.Array(clockTime, { minItems: 2, maxItems: 2 }), { maxItems: 6 });
const autoReply = Type.String({ minLength: 1, maxLength: 1_600 });
const minutes = nullable(Type.Integer({ minimum: 1, maximum: 60 * 24 * 31 }));
const settings = {
  hours: Type.Object(
    {
      timeZone: Type.String({ maxLength: 60, description: 'IANA name' }),
      week: Type.Object({
        monday: Type.Optional(spans),
        tuesday: Type.Optional(spans),
        wednesday: Type.Optional(spans),
        thursday: Type.Optional(spans),
        friday: Type.Optional(spans),
        saturday: Type.Optional(spans),
        sunday: Type.Optional(spans),
      }),
      holidays: Type.Array(Type.String({ maxLength: 10 }), { maxItems: 200, description: 'YYYY-MM-DD' }),
    },
    {
      description:
        'When people answer: spans of each weekday as ["09:00", "17:00"], a day that is missing is free',
    },
  ),
  firstReplyMinutes: nullable(
    Type.Integer({
      minimum: 1,
      maximum: 60 * 24 * 31,
      description: 'Working minutes until the first answer is due; null for no promise',
    }),
  ),
  nextReplyMinutes: minutes,
  reopenHours: Type.Integer({
    minimum: 0,
    maximum: 24 * 365,
    description:
      'Who writes so many hours after their thread was resolved goes on with it; later they begin another',
  }),
  others: Type.Enum(['anyone', 'warned', 'assignee'], {
    description:
      'Who may answer in a thread that is another’s; `warned` may, and the console says whose it is',
  }),
  unassignMinutes: nullable(
    Type.Integer({
      minimum: 1,
      maximum: 60 * 24 * 31,
      description:
        'Working minutes after which whoever does not answer has the thread no more; null for never',
    }),
  ),
  assigning: Type.Enum(['byHand', 'byTurns']),
  readReceipts: Type.Boolean({
    description:
      'People on WhatsApp are shown that what they wrote has been read, and that somebody writes an answer',
  }),
  autoReplies: Type.Object(
    {
      outOfHours: Type.Optional(autoReply),
      firstContact: Type.Optional(autoReply),
      unknownWords: Type.Optional(autoReply),
    },
    {
      description:
        'What is said by itself to who writes out of the hours, for the first time, or what no keyword means while nobody is in talks with them: the first of these that fits and has words',
    },
  ),
};
const answer = Type.Object(settings);

/** How a project answers. */
export const settingRoutes: Routes = (api, { db }) => {
  api.get(
    '/api/inbox/settings',
    { schema: { tags, summary: 'How the project answers', response: { 200: answer } } },
    async ({ caller: { project } }) => shown(await readSettings(db, project.id)),
  );
  api.patch(
    '/api/inbox/settings',
    {
      schema: {
        tags,
        summary: 'Change how the project answers',
        body: Type.Partial(Type.Object(settings)),
        response: { 200: answer },
      },
    },
    async ({ body, caller: { project } }) => {
      const { hours, ...others } = body;
      const before = await readSettings(db, project.id);
      const changed = { ...before, ...others, hours: hours ? readHours(hours) : before.hours };
      const wrong = faultOfHours(changed.hours);
      if (wrong) throw new ApiError('BadParams', `${wrong.field} ${wrong.fault}`, { field: wrong.field });
      await writeSettings(db, project.id, changed);
      return shown(await readSettings(db, project.id));
    },
  );
};

/** Hours as a call gives them: each span has two clock times, as its schema says. */
const readHours = ({ timeZone, week, holidays }: Static<typeof settings.hours>): WorkingHours => ({
  ...{ timeZone, holidays },
  week: Object.fromEntries(
    Object.entries(week).map(([day, ofDay]) => [
      day,
      ofDay.map(([from = '', to = '']) => [from, to] as const),
    ]),
  ),
});

/** Settings as the schema has them. */
const shown = (read: InboxSettings): Static<typeof answer> => ({
  ...read,
  hours: {
    timeZone: read.hours.timeZone,
    week: Object.fromEntries(
      Object.entries(read.hours.week).map(([day, ofDay]) => [day, ofDay.map((span) => [...span])]),
    ),
    holidays: [...read.hours.holidays],
  },
});
