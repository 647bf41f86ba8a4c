import { sql } from 'kysely';
import type { Database } from '../../server/database/connect.ts';
import { startBar } from '../progress.ts';
import { inEachLane } from './lanes-at-once.ts';
import type { Place } from './people-in-bulk.ts';

/** Events of each person. */
const eventsEach = 5;

/** Gives everybody on the list who has none yet so many events of the last month, a lane a statement; answers how many were made. */
export async function makeEventsInBulk(
  db: Database,
  { projectId, listId }: Place,
  people: number,
): Promise<number> {
  const bar = startBar('events', people * eventsEach);
  let done = 0;
  await inEachLane((lane) =>
    db.transaction().execute(async (transaction) => {
      await sql`SET LOCAL synchronous_commit = off`.execute(transaction);
      const { numAffectedRows } = await sql`
        INSERT INTO event (lane, id, project_id, user_id, name, kind, data, happened_at, recorded_at)
        SELECT ${lane}, nextval('event_id_seq'), ${projectId}, m.user_id, 'looked', 'custom',
          jsonb_build_object('page', 'rewards', 'seconds', m.user_id % 90),
          now() - make_interval(hours => (m.user_id % 100 + n * 120)::int), now()
        FROM list_member m CROSS JOIN generate_series(1, ${eventsEach}::int) n
        WHERE m.lane = ${lane} AND m.list_id = ${listId}
          AND NOT EXISTS (SELECT FROM event e WHERE e.lane = ${lane} AND e.user_id = m.user_id)`.execute(
        transaction,
      );
      done += Number(numAffectedRows ?? 0);
      bar.at(done);
    }),
  );
  bar.end();
  return done;
}
