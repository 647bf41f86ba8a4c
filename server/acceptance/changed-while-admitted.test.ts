import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { makeCampaign } from '../testing/audience.ts';
import { type Handsets, handsets, totalsOnce, typesByChannel } from '../testing/people.ts';
import { startTestProgram, type TestProgram } from '../testing/program.ts';
import { setTrap, type Trap, waits } from '../testing/trap.ts';

let program: TestProgram;
let handset: Handsets;
/** Messages are written only while it is open. */
let trap: Trap;
before(async () => {
  program = await startTestProgram();
  handset = handsets(program);
  trap = await setTrap(program.database.url, { table: 'message', when: 'BEFORE INSERT', does: waits });
});
after(() => program.close());

/** Sends a campaign, and does `change` when its admission has read its people and cannot write their messages yet. */
async function whileAdmitted(campaignId: number, change: () => Promise<unknown>): Promise<void> {
  const open = await trap.shut();
  try {
    await program.call('POST', `/api/campaigns/${campaignId}/send`, {});
    await program.until('admission to write its messages', async () =>
      (await trap.held()) > 0 ? true : null,
    );
    await change();
  } finally {
    await open();
  }
}

const isDone = ({ audience, pending }: { audience: number; pending: number }) =>
  audience > 0 && pending === 0;

test('a text that was made while its person changed their number reaches neither number, though they agree anew', async () => {
  const [former, present] = ['+14152060000', '+14152060001'];
  const { campaignId, messageTypeId, emails } = await makeCampaign(program, {
    ...{ tag: 'moved', count: 1, channel: 'SMS Marketing', phoneOf: () => former },
  });
  const [email] = emails;
  await whileAdmitted(campaignId, async () => {
    await program.call('POST', '/api/users/update', { email, phoneNumber: present });
    await program.call('POST', '/api/consent', {
      consents: [{ email, messageTypeId, method: 'webForm', source: 'a form' }],
    });
  });
  const { skipsByReason } = await totalsOnce(program, campaignId, isDone);
  assert.deepEqual(skipsByReason, { noOptIn: 1 });
  assert.deepEqual([await handset.heard(former), await handset.heard(present)], [[], []]);
});

test('a text that was made while its number was spelled anew reaches it', async () => {
  const [former, present] = ['+5215555012345', '+525555012345'];
  const { campaignId, emails } = await makeCampaign(program, {
    ...{ tag: 'respelt', count: 1, channel: 'SMS Transactional', phoneOf: () => former },
  });
  await whileAdmitted(campaignId, () =>
    program.call('POST', '/api/users/update', { email: emails[0], phoneNumber: present }),
  );
  const { sends } = await totalsOnce(program, campaignId, isDone);
  assert.equal(sends, 1);
  assert.equal((await handset.hears(present, 1)).length, 1);
});

test('an email that was made while its person changed their address follows to the new one', async () => {
  const { messageTypeId } = (await typesByChannel(program)).get('Email Marketing')!;
  const [former, present] = ['former@example.com', 'present@example.com'];
  const { listId } = await program.call<{ listId: number }>('POST', '/api/lists', { name: 'mail' });
  await program.call('POST', '/api/lists/subscribe', {
    listId,
    subscribers: [{ email: former, userId: 'mover' }],
  });
  await program.call('POST', '/api/consent', {
    consents: [{ email: former, messageTypeId, method: 'webForm', source: 'a form' }],
  });
  const { params } = await program.call<{ params: { templateId: number } }>(
    'POST',
    '/api/templates/email/upsert',
    {
      ...{ clientTemplateId: 'mail', name: 'mail', messageTypeId, subject: 'News', html: '<p>Look</p>' },
      fromName: 'Us',
    },
  );
  const { campaignId } = await program.call<{ campaignId: number }>('POST', '/api/campaigns/create', {
    ...{ name: 'mail', templateId: params.templateId, listIds: [listId], scheduleSend: false },
  });
  await whileAdmitted(campaignId, () =>
    program.call('POST', '/api/users/updateEmail', { currentUserId: 'mover', newEmail: present }),
  );
  await totalsOnce(program, campaignId, isDone);
  assert.equal((await handset.hears(present, 1)).length, 1);
  assert.deepEqual(await handset.heard(former), []);
});

test('of a message that was made while its person was forgotten neither address nor words are kept', async () => {
  const { campaignId, emails } = await makeCampaign(program, {
    ...{ tag: 'forgotten', count: 1, channel: 'SMS Marketing', phoneOf: () => '+14152060002' },
  });
  await whileAdmitted(campaignId, () => program.call('POST', '/api/users/forget', { email: emails[0] }));
  const { skipsByReason } = await totalsOnce(program, campaignId, isDone);
  assert.deepEqual(skipsByReason, { userDeleted: 1 });
  assert.deepEqual(await handset.heard('+14152060002'), []);
  const { rows } = await program.database.pool.query(
    'SELECT to_address, content FROM message WHERE campaign_id = $1',
    [campaignId],
  );
  assert.deepEqual(rows, [{ to_address: null, content: null }]);
});
