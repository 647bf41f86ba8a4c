import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { makeCampaign, sanFranciscoNumber } from '../testing/audience.ts';
import { proofOf, sendCampaign } from '../testing/people.ts';
import { startTestProgram, type TestProgram } from '../testing/program.ts';

let program: TestProgram;
before(async () => {
  program = await startTestProgram();
});
after(() => program.close());

test('an opt-out that only the provider knows of is kept by the time its message is bounced, though connections break as it is', async () => {
  const { pool } = program.database;
  const { campaignId } = await makeCampaign(program, { tag: 'taught', count: 1, channel: 'SMS Marketing' });
  const phone = sanFranciscoNumber(0);
  await program.simulator('PUT', '/behaviour', { number: phone, errors: { 21610: 1 } });
  await pool.query(`
    CREATE SEQUENCE trapped;
    CREATE FUNCTION break_off() RETURNS trigger LANGUAGE plpgsql AS
      'BEGIN IF nextval(''trapped'') <= 3 THEN PERFORM pg_terminate_backend(pg_backend_pid()); END IF; RETURN NEW; END';
    CREATE TRIGGER break_off BEFORE UPDATE ON subscription FOR EACH ROW
      WHEN (NEW.status = 'unsubscribed') EXECUTE FUNCTION break_off()`);
  const { bounced } = await sendCampaign(program, campaignId, (totals) => totals.bounced === 1);
  assert.equal(bounced, 1);
  const { rows } = await pool.query<{ is_called: boolean }>('SELECT is_called FROM trapped');
  assert.ok(rows[0]?.is_called, 'connections broke');
  const { standings } = await proofOf(program, { phone });
  assert.equal(standings.find(({ channelName }) => channelName === 'SMS Marketing')?.status, 'unsubscribed');
});
