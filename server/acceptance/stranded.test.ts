import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { makeCampaign, sanFranciscoNumber } from '../testing/audience.ts';
import { handsets, sendCampaign } from '../testing/people.ts';
import { startTestProgram, type TestProgram } from '../testing/program.ts';

let program: TestProgram;
before(async () => {
  program = await startTestProgram();
});
after(() => program.close());

test('a worker that lives on gives back by itself what it claimed before its connection broke, and everybody hears once', async () => {
  const { pool } = program.database;
  const { campaignId } = await makeCampaign(program, { tag: 'cut', count: 20, channel: 'SMS Transactional' });
  // The claim is committed by then; its worker's sign of life is on another connection.
  await pool.query(`
    CREATE SEQUENCE trapped;
    CREATE FUNCTION break_off() RETURNS trigger LANGUAGE plpgsql AS
      'BEGIN IF nextval(''trapped'') <= 5 THEN PERFORM pg_terminate_backend(pg_backend_pid()); END IF; RETURN NEW; END';
    CREATE TRIGGER break_off BEFORE UPDATE ON sender_pace FOR EACH ROW EXECUTE FUNCTION break_off()`);
  const { sends } = await sendCampaign(program, campaignId, (totals) => totals.delivered === 20);
  assert.equal(sends, 20);
  const { rows } = await pool.query<{ last_value: string }>('SELECT last_value FROM trapped');
  assert.ok(Number(rows[0]?.last_value) > 5, 'connections broke');
  for (let index = 0; index < 20; index++)
    assert.equal((await handsets(program).heard(sanFranciscoNumber(index))).length, 1);
});
