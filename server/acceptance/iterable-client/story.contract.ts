import assert from 'node:assert/strict';
import { test } from 'node:test';
import { IterableApiError } from '@iterable/api';
import { parse } from 'csv-parse/sync';
import { ann, bob, cid, client, counted, program, subscribe, templateIdOf } from './ground-fixtures.ts';

test('people are made in bulk, subscribed, put on a list, and get an SMS campaign whose metrics and export agree', async () => {
  const made = await client.bulkUpdateUsers({
    users: [
      { email: ann, userId: 'ann', dataFields: { phoneNumber: '(415) 555-0132', firstName: 'Ann' } },
      { email: bob, dataFields: { phoneNumber: '+14155550133', firstName: 'Bob' } },
      { email: cid, userId: 'cid', dataFields: { phoneNumber: '+14155550134', firstName: 'Cid' } },
    ],
  });
  assert.deepEqual([made.successCount, made.failCount], [3, 0]);
  const messageTypeId = await subscribe('SMS Transactional', [ann, bob]);
  const { listId } = await client.createList({ name: 'Everybody', description: 'Three people' });
  const onList = await client.subscribeUserToList({
    listId,
    subscribers: [{ email: ann }, { email: bob }, { userId: 'cid' }],
  });
  assert.equal(onList.successCount, 3);
  const templateId = templateIdOf(
    await client.upsertSMSTemplate({
      clientTemplateId: 'order-ready',
      name: 'Order ready',
      messageTypeId,
      message: 'Carillon: {{firstName}}, it is ready: https://example.com/orders/1',
    }),
  );
  const { campaignId } = await client.createBlastCampaign({ name: 'Ready', templateId, listIds: [listId] });
  await client.sendCampaign({ campaignId });
  await counted(campaignId, 2);
  const metrics = await counted(campaignId, 1, 'Send Skips');
  assert.deepEqual([metrics.Audience, metrics.Sends, metrics['Send Skips']], ['3', '2', '1']);

  const { messages } = await program.simulator<{ messages: { to: string; body: string }[] }>(
    'GET',
    '/ledger?wire=twilio',
  );
  assert.deepEqual(messages.map((message) => message.to).sort(), ['+14155550132', '+14155550133']);
  assert.match(
    messages.find(({ to }) => to === '+14155550132')?.body ?? '',
    /^Carillon: Ann, it is ready: http/,
  );

  await program.call('POST', '/api/commerce/trackPurchase', {
    user: { email: ann },
    items: [{ id: 'a', name: 'Bell', price: 12.5, quantity: 2 }],
    total: 25,
    campaignId,
  });
  const { events } = await client.getUserEventsByEmail({ email: ann, limit: 50 });
  assert.ok(events.some((event) => event.eventType === 'purchase' || event.eventName === 'purchase'));

  const { jobId } = await client.startExportJob({
    dataTypeName: 'smsSend',
    outputFormat: 'text/csv',
    campaignId,
  });
  const files = await program.until('the export', async () => {
    const answer = await client.getExportFiles({ jobId });
    return answer.jobState === 'completed' ? answer.files : null;
  });
  const texts = await Promise.all(
    files.map(({ url }) =>
      fetch(url, { headers: { 'Api-Key': program.key } }).then((answer) => answer.text()),
    ),
  );
  const rows: Record<string, string>[] = parse(texts.join(''), { columns: true });
  assert.deepEqual(rows.map((row) => row.email).sort(), [ann, bob]);
  assert.ok((await client.getExportJobs()).jobs.some((job) => job.id === jobId));
  const other = await client.startExportJob({
    dataTypeName: 'purchase',
    outputFormat: 'application/x-json-stream',
  });
  await client.cancelExportJob({ jobId: other.jobId }).catch((error: unknown) => {
    // It was quicker than we.
    assert.ok(error instanceof IterableApiError && error.statusCode === 400, String(error));
  });
});
