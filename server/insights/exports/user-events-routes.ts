import { Readable } from 'node:stream';
import { Type } from 'typebox';
import type { Database } from '../../database/connect.ts';
import type { Routes } from '../../http/api.ts';
import { textAnswer } from '../../http/schemas.ts';
import { loadUsers } from '../../users/find-users.ts';
import { messageHolders } from '../../users/history.ts';
import type { UserRef } from '../../users/identity.ts';
import { namedUser } from '../../users/named-user.ts';
import { exportDataTypes } from './data-types.ts';
import { type ExportRow, rowsOfUser } from './export-rows.sql.ts';

/** Kinds of data that are no events: the profile, and what says the same as the sends. */
const noEvents = new Set(['user', 'smsUsageInfo', 'whatsAppUsageInfo']);

/** Iterable's export of all that happened to and by one person. */
export const userEventsRoutes: Routes = (api, { db }) => {
  api.get(
    '/api/export/userEvents',
    {
      schema: {
        tags: ['Export'],
        summary: 'All events of one user, one JSON object a line, the oldest first',
        querystring: Type.Object({
          email: Type.Optional(Type.String()),
          userId: Type.Optional(Type.String()),
          includeCustomEvents: Type.Optional(Type.Boolean({ default: false })),
        }),
        response: { 200: textAnswer('application/x-json-stream', 'One JSON object a line') },
      },
    },
    async (request, reply) => {
      const { project } = request.caller;
      const { email, userId, includeCustomEvents = false } = request.query;
      const user = await namedUser(db, project, { email, userId });
      const events = await eventsOf(db, project.id, user, includeCustomEvents);
      return reply.type('application/x-json-stream').send(Readable.from(linesOf(events)));
    },
  );
};

async function eventsOf(
  db: Database,
  projectId: number,
  user: UserRef,
  includeCustomEvents: boolean,
): Promise<ExportRow[]> {
  const { email, userId } = (await loadUsers(db, projectId, [user])).get(user.id) ?? {};
  const holders = await messageHolders(db, user);
  const events: ExportRow[] = [];
  for (const [eventType, type] of Object.entries(exportDataTypes)) {
    if (noEvents.has(eventType) || (eventType === 'customEvent' && !includeCustomEvents)) continue;
    // Of messages to somebody who was merged into this person, this is whose they are now.
    for (const holder of holders)
      for (const row of await rowsOfUser(db, projectId, type, holder))
        events.push({ eventType, ...row, email, userId });
  }
  // Their instants are texts of one form.
  return events.sort((a, b) => String(a.createdAt).localeCompare(String(b.createdAt)));
}

function* linesOf(events: readonly ExportRow[]): Generator<string> {
  for (const event of events) {
    const filled = Object.entries(event).filter(([, value]) => value !== null);
    yield `${JSON.stringify(Object.fromEntries(filled))}\n`;
  }
}
