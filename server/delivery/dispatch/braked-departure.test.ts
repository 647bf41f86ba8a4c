import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sql } from 'kysely';
import { connect } from '../../database/connect.ts';
import { closeLaneGate, letDepart } from '../../lanes/lane-gate.ts';
import { setBrake } from '../../requests/brake.sql.ts';
import { startTestApi } from '../../testing/api.ts';
import { startTestDatabase } from '../../testing/database.ts';
import { openDeparting } from './testing/departing.ts';

const [lane, campaignId, otherCampaign] = [5, 7, 8];

test('a stop waits for nobody who has closed a gate, as one does who writes what the pause before it means: nothing is on its way there', async () => {
  const database = await startTestDatabase();
  const address = new URL(database.url);
  address.searchParams.set('options', '-c lock_timeout=5000');
  const stopper = connect(address.href, 2);
  try {
    await database.db.transaction().execute(async (transaction) => {
      await closeLaneGate(transaction, lane);
      await letDepart(stopper.db);
    });
  } finally {
    await stopper.close();
    await database.close();
  }
});

test('a pause in the middle of a claim waits for what is being posted, and the rest of the campaign stays', async () => {
  const api = await startTestApi([]);
  const departing = await openDeparting(api);
  const { posted, phoneOf } = departing;
  try {
    const { clock, projectId } = api;
    const { db } = api.database;
    await departing.lay(
      [1, 2, 3, 4, 5].map((id) => ({ requestId: 1, campaignId: id === 4 ? otherCampaign : campaignId })),
    );
    let paused: Promise<void> | undefined;
    clock.advance(60_000);
    // Each post takes long.
    await departing.dispatch(40, async (ms) => {
      if (posted.length === 1 && !paused) {
        const campaign = { projectId, campaignId };
        await db.transaction().execute((transaction) => setBrake(transaction, campaign, 'held', clock.now()));
        paused = letDepart(db);
      }
      clock.advance(ms + 200);
    });
    await paused;
    assert.deepEqual(
      posted.map(({ to }) => to),
      [phoneOf(1), phoneOf(2), phoneOf(4)],
    );
    const { rows } = await sql<{ id: number }>`
      SELECT id FROM message WHERE lane = ${departing.lane} AND status = 'queued' AND attempts = 0 ORDER BY id`.execute(
      db,
    );
    assert.deepEqual(
      rows.map(({ id }) => id),
      [3, 5],
    );
  } finally {
    await departing.close();
    await api.close();
  }
});
