import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { type Handsets, handsets, proofOf, sendCampaign, typesByChannel } from '../testing/people.ts';
import { startTestProgram, type TestProgram } from '../testing/program.ts';

let program: TestProgram;
let mailboxes: Handsets;
let marketing: { channelId: number; messageTypeId: number };

before(async () => {
  program = await startTestProgram();
  mailboxes = handsets(program);
  marketing = (await typesByChannel(program)).get('Email Marketing')!;
});
after(() => program.close());

/** People who opted in to marketing mail, on a list of their own. */
async function listOf(tag: string, count: number): Promise<{ listId: number; emails: string[] }> {
  const emails = Array.from({ length: count }, (_, index) => `${tag}-${index}@example.com`);
  const { listId } = await program.call<{ listId: number }>('POST', '/api/lists', { name: tag });
  const subscribers = emails.map((email, index) => ({ email, dataFields: { firstName: `Ann${index}` } }));
  await program.call('POST', '/api/lists/subscribe', { listId, subscribers });
  const { messageTypeId } = marketing;
  await program.call('POST', '/api/consent', {
    consents: emails.map((email) => ({ email, messageTypeId, method: 'webForm', source: 'the shop' })),
  });
  return { listId, emails };
}

async function saveTemplate(tag: string, more: Record<string, unknown> = {}): Promise<number> {
  const { params } = await program.call<{ params: { templateId: number } }>(
    'POST',
    '/api/templates/email/upsert',
    {
      clientTemplateId: tag,
      name: tag,
      messageTypeId: marketing.messageTypeId,
      subject: 'News for {{firstName}}',
      html: '<html><body><p>Hi {{firstName}}, <a href="https://example.com/offer?a=1&amp;b=2">look</a></p></body></html>',
      fromName: 'Carillon News',
      ...more,
    },
  );
  return params.templateId;
}

const makeCampaign = (name: string, templateId: number, listId: number, more = {}) =>
  program.call<{ campaignId: number }>('POST', '/api/campaigns/create', {
    ...{ name, templateId, listIds: [listId], scheduleSend: false, ...more },
  });

test('a campaign leaves by SMTP from the sender’s address, with a link and a way out of each person’s own', async () => {
  const { listId, emails } = await listOf('news', 3);
  const { campaignId } = await makeCampaign('news', await saveTemplate('news'), listId);
  const totals = await sendCampaign(program, campaignId, (each) => each.sends === 3 && each.pending === 0);
  assert.deepEqual([totals.audience, totals.skips], [3, 0]);
  const ways = new Set<string>();
  for (const [index, email] of emails.entries()) {
    const [mail, more] = await mailboxes.hears(email, 1);
    assert.equal(more, undefined);
    assert.deepEqual(
      [mail?.wire, mail?.from, mail?.subject],
      ['smtp', 'news@carillon.example', `News for Ann${index}`],
    );
    assert.match(mail?.headers?.from ?? '', /Carillon News/);
    assert.equal(mail?.headers?.['list-unsubscribe-post'], 'List-Unsubscribe=One-Click');
    const way = /<(http:\/\/127\.0\.0\.1:\d+\/u\/[^>]+)>/.exec(
      mail?.headers?.['list-unsubscribe'] ?? '',
    )?.[1];
    assert.ok(way, mail?.headers?.['list-unsubscribe'] ?? 'no List-Unsubscribe');
    ways.add(way);
    assert.ok(mail?.html?.includes(way), 'the way out stands in the text too');
    const link = /href="(http:\/\/127\.0\.0\.1:\d+\/l\/[^"]+)"/.exec(mail?.html ?? '')?.[1];
    const answer = await fetch(link ?? '', { redirect: 'manual', headers: { 'user-agent': browser } });
    assert.equal(answer.headers.get('location'), 'https://example.com/offer?a=1&b=2');
  }
  assert.equal(ways.size, 3);
  const [way] = ways;
  await fetch(way ?? '', { method: 'POST', body: 'List-Unsubscribe=One-Click' });
  const { standings } = await proofOf(program, { email: emails[0] ?? '' });
  assert.equal(
    standings.find((each) => each.targetId === marketing.channelId && each.kind === 'channel')?.status,
    'unsubscribed',
  );
});

const browser = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/140.0 Safari/537.36';

test('fromEmail must be a sender of the project, and the mail then comes from it', async () => {
  const { listId, emails } = await listOf('from', 1);
  const foreign = await saveTemplate('foreign', { fromEmail: 'ceo@elsewhere.example' });
  await assert.rejects(
    makeCampaign('foreign', foreign, listId),
    /400.*ceo@elsewhere\.example.*SenderRefused/,
  );
  const own = await saveTemplate('own', { fromEmail: 'News@carillon.example' });
  const { senders } = await program.call<{ senders: { id: number; address: string }[] }>(
    'GET',
    '/api/senders',
  );
  const account = senders.find((each) => each.address === 'account@carillon.example');
  await assert.rejects(makeCampaign('other', own, listId, { senderId: account?.id }), /SenderRefused/);
  const { campaignId } = await makeCampaign('own', own, listId);
  await sendCampaign(program, campaignId, (each) => each.sends === 1);
  const [mail] = await mailboxes.hears(emails[0] ?? '', 1);
  assert.equal(mail?.from, 'news@carillon.example');
  // An address that stops being the project's stops the template that names it, also after it was chosen.
  const kept = await makeCampaign('kept', own, listId);
  await saveTemplate('own', { fromEmail: 'gone@carillon.example' });
  await assert.rejects(program.call('POST', `/api/campaigns/${kept.campaignId}/send`, {}), /SenderRefused/);
});

test('a mailbox that does not exist bounces, and is not written to again', async () => {
  const { listId, emails } = await listOf('bounce', 2);
  const [gone = '', there = ''] = emails;
  await program.simulator('PUT', '/behaviour', { number: gone, errors: { 550: 1 } });
  const templateId = await saveTemplate('bounce');
  const first = await makeCampaign('bounce', templateId, listId);
  const totals = await sendCampaign(
    program,
    first.campaignId,
    (each) => each.bounced === 1 && each.sends === 2,
  );
  assert.equal(totals.sends, 2);
  await mailboxes.hears(there, 1);
  const second = await makeCampaign('bounce-2', templateId, listId);
  const later = await sendCampaign(program, second.campaignId, (each) => each.sends + each.skips === 2);
  assert.deepEqual(later.skipsByReason, { unreachable: 1 });
  // Another address is another chance.
  await program.call('POST', '/api/users/updateEmail', { currentEmail: gone, newEmail: `new-${gone}` });
  const third = await makeCampaign('bounce-3', templateId, listId);
  const last = await sendCampaign(program, third.campaignId, (each) => each.sends + each.skips === 2);
  assert.deepEqual([last.sends, last.skips], [2, 0]);
});
