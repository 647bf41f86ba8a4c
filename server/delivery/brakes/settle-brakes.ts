import { sql } from 'kysely';
import type { Database } from '../../database/connect.ts';
import { lockClasses } from '../../database/lock-classes.ts';
import type { Context } from '../../http/context.ts';
import { lanes } from '../../lanes/lanes.ts';
import { wakeWorkersOnCommit } from '../../lanes/wake.ts';
import { cancelRequests } from '../../requests/audience-request.sql.ts';
import {
  type BrakeState,
  findUnsettledBrakes,
  holdBrake,
  settleBrake,
  type UnsettledBrake,
} from '../../requests/brake.sql.ts';
import { changeQueued, type QueueChange } from './queued-messages.sql.ts';
import { skipNotAdmitted } from './skip-not-admitted.sql.ts';

const changeOf: Record<BrakeState, QueueChange> = {
  held: { deed: 'hold' },
  open: { deed: 'release' },
  cancelled: { deed: 'skip', reason: 'campaignCancelled' },
  aborted: { deed: 'skip', reason: 'campaignAborted' },
};

type Ground = Pick<Context, 'db' | 'announce' | 'clock' | 'segmentKinds'>;

/**
 * Writes for each person what a brake that was set or taken off means: what is held is put out of the way of other
 * campaigns' messages or brought back, what is stopped is skipped, queued or not admitted yet. The brake binds without
 * it. Whatever dies in the middle is done again from where it stood.
 */
export async function settleBrakes(ground: Ground): Promise<void> {
  const brakes = await findUnsettledBrakes(ground.db);
  for (const brake of brakes)
    await ground.db.connection().execute(async (connection) => {
      const { rows } = await sql<{ mine: boolean }>`
        SELECT pg_try_advisory_lock(${lockClasses.brake}, ${brake.campaignId}) AS mine`.execute(connection);
      if (!rows[0]?.mine) return;
      try {
        await settle(ground, brake);
      } finally {
        await sql`SELECT pg_advisory_unlock(${lockClasses.brake}, ${brake.campaignId})`.execute(connection);
      }
    });
  // What was held is due again.
  if (brakes.length > 0) await wakeWorkersOnCommit(ground.db);
}

/** Settles a brake as it was read, as far as it still stands. */
export async function settle(ground: Ground, brake: UnsettledBrake): Promise<void> {
  const { db, clock } = ground;
  const at = clock.now();
  const stands = (transaction: Database) => holdBrake(transaction, brake);
  for (const lane of lanes)
    await changeQueued(ground, lane, brake.campaignId, changeOf[brake.state], at, stands);
  if (brake.state === 'aborted') {
    await skipNotAdmitted(ground, brake.campaignId, at);
    await cancelRequests(db, brake.campaignId, ['admitting']);
  }
  await settleBrake(db, brake);
}
