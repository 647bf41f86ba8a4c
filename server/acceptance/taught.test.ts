import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { makeCampaign, sanFranciscoNumber } from '../testing/audience.ts';
import { proofOf, sendCampaign } from '../testing/people.ts';
import { startTestProgram, type TestProgram } from '../testing/program.ts';
import { breaksFirst, setTrap } from '../testing/trap.ts';

let program: TestProgram;
before(async () => {
  program = await startTestProgram();
});
after(() => program.close());

test('an opt-out that only the provider knows of is kept by the time its message is bounced, though connections break as it is', async () => {
  const { campaignId } = await makeCampaign(program, { tag: 'taught', count: 1, channel: 'SMS Marketing' });
  const phone = sanFranciscoNumber(0);
  await program.simulator('PUT', '/behaviour', { number: phone, errors: { 21610: 1 } });
  const trap = await setTrap(program.database.url, {
    ...{ table: 'subscription', when: 'BEFORE UPDATE', only: "NEW.status = 'unsubscribed'" },
    does: breaksFirst(3),
  });
  const { bounced } = await sendCampaign(program, campaignId, (totals) => totals.bounced === 1);
  assert.equal(bounced, 1);
  assert.ok((await trap.met()) > 0, 'connections broke');
  const { standings } = await proofOf(program, { phone });
  assert.equal(standings.find(({ channelName }) => channelName === 'SMS Marketing')?.status, 'unsubscribed');
});
