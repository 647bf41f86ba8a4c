import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { makeCampaign, sanFranciscoNumber } from '../testing/audience.ts';
import { handsets, sendCampaign } from '../testing/people.ts';
import { startTestProgram, type TestProgram } from '../testing/program.ts';
import { breaksFirst, setTrap } from '../testing/trap.ts';

let program: TestProgram;
before(async () => {
  program = await startTestProgram();
});
after(() => program.close());

test('a worker that lives on gives back by itself what it claimed before its connection broke, and everybody hears once', async () => {
  const { campaignId } = await makeCampaign(program, { tag: 'cut', count: 20, channel: 'SMS Transactional' });
  // The claim is committed by then; its worker's sign of life is on another connection.
  const trap = await setTrap(program.database.url, {
    ...{ table: 'sender_pace', when: 'BEFORE UPDATE', does: breaksFirst(5) },
  });
  const { sends } = await sendCampaign(program, campaignId, (totals) => totals.delivered === 20);
  assert.equal(sends, 20);
  assert.ok((await trap.met()) > 5, 'connections broke');
  for (let index = 0; index < 20; index++)
    assert.equal((await handsets(program).heard(sanFranciscoNumber(index))).length, 1);
});
