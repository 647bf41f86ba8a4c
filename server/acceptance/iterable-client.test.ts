import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { IterableApiError, IterableClient } from '@iterable/api';
import { parse } from 'csv-parse/sync';
import { startTestProgram, type TestProgram } from '../testing/program.ts';

/** Methods of what Carillon does not have (yet): called, they must be refused in words. */
const notOffered = [
  ...['sendPush', 'cancelPush', 'sendWebPush', 'cancelWebPush', 'sendInApp', 'cancelInApp'],
  ...['getInAppMessages', 'getEmbeddedMessages'],
  ...['getPushTemplate', 'upsertPushTemplate', 'updatePushTemplate', 'sendPushTemplateProof'],
  ...['getInAppTemplate', 'upsertInAppTemplate', 'updateInAppTemplate', 'sendInAppTemplateProof'],
  ...['previewInAppTemplate'],
  ...['createCatalog', 'deleteCatalog', 'getCatalogs', 'getCatalogItems', 'getCatalogItem'],
  ...['partialUpdateCatalogItems', 'replaceCatalogItems', 'deleteCatalogItem', 'bulkDeleteCatalogItems'],
  ...['partialUpdateCatalogItem', 'replaceCatalogItem', 'getCatalogFieldMappings'],
  ...['updateCatalogFieldMappings'],
  ...['getExperimentMetrics', 'listExperiments', 'getExperiment', 'getExperimentVariants'],
  ...['getExperimentTotals', 'getExperimentTrends', 'createExperiment', 'copyExperimentVariant'],
  ...['updateExperimentSettings', 'startExperiment', 'cancelExperiment', 'declareExperimentWinner'],
  ...['deleteExperiment', 'triggerJourney', 'getJourneys'],
];

let program: TestProgram;
let client: IterableClient;
const called = new Set<string>();
const [ann, bob, cid] = ['ann@example.com', 'bob@example.com', 'cid@example.com'] as const;

before(async () => {
  program = await startTestProgram();
  const plain = new IterableClient({ apiKey: program.key, baseUrl: program.url });
  client = new Proxy(plain, {
    get: (target, name) => {
      called.add(String(name));
      return Reflect.get(target, name, target);
    },
  });
});
after(async () => {
  client.destroy();
  await program.close();
});

/** The id that an upsert's answer names. */
function templateIdOf(answer: { params?: Record<string, unknown> | null | undefined }): number {
  return Number(answer.params?.templateId);
}

async function channelAndType(name: string) {
  const { channels } = await client.getChannels();
  const { messageTypes } = await client.getMessageTypes();
  const channelId = channels.find((channel) => channel.name === name)?.id ?? 0;
  const typeId = messageTypes.find((type) => type.channelId === channelId)?.id ?? 0;
  assert.ok(channelId > 0 && typeId > 0, name);
  return { channelId, typeId };
}

async function subscribe(name: string, users: string[]): Promise<number> {
  const { channelId, typeId } = await channelAndType(name);
  for (const [subscriptionGroup, subscriptionGroupId] of [
    ['messageChannel', channelId],
    ['messageType', typeId],
  ] as const)
    await client.bulkUpdateSubscriptions({
      subscriptionGroup,
      subscriptionGroupId,
      action: 'subscribe',
      users,
    });
  return typeId;
}

/** Waits until a campaign's metrics show so many messages delivered. */
function delivered(campaignId: number, count: number): Promise<Record<string, string>> {
  return program.until(`campaign ${campaignId} to be delivered`, async () => {
    const [row] = await client.getCampaignMetrics({
      campaignId,
      startDateTime: '2026-11-01 00:00:00',
      endDateTime: '2026-12-31 00:00:00',
    });
    return Number(row?.Delivered) === count ? (row ?? null) : null;
  });
}

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
  const metrics = await delivered(campaignId, 2);
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
    assert.ok(error instanceof IterableApiError && error.statusCode === 409, String(error));
  });
});

test('users are read, changed, renamed, merged and deleted', async () => {
  await client.updateUser({ email: 'dee@example.com', userId: 'dee', dataFields: { age: 40 } });
  const dee = await client.getUserByEmail({ email: 'dee@example.com' });
  assert.equal(dee.user?.dataFields?.age, 40);
  await client.updateEmail({ currentEmail: 'dee@example.com', newEmail: 'dora@example.com' });
  assert.equal((await client.getUserByUserId({ userId: 'dee' })).user?.email, 'dora@example.com');
  assert.equal((await client.getUserFields()).fields.age, 'long');
  await client.updateUser({ email: 'eve@example.com', userId: 'eve', dataFields: { city: 'Bonn' } });
  await client.mergeUsers({ sourceEmail: 'eve@example.com', destinationEmail: 'dora@example.com' });
  assert.equal((await client.getUserByEmail({ email: 'eve@example.com' })).user, undefined);
  await client.updateUser({ userId: 'fay', email: 'fay@example.com' });
  await client.deleteUserByUserId({ userId: 'fay' });
  await client.deleteUserByEmail({ email: 'dora@example.com' });
  assert.equal((await client.getUserByUserId({ userId: 'dee' })).user, undefined);
  const { messages } = await client.getSentMessages({ email: ann, limit: 10, messageMedium: 'SMS' });
  assert.equal(messages.length, 1);
});

test('events are tracked one by one and in bulk, and read back by email and userId', async () => {
  await client.trackEvent({ email: ann, eventName: 'opened box', dataFields: { colour: 'red' } });
  const bulk = await client.trackBulkEvents({
    events: [
      { userId: 'cid', eventName: 'walked in', id: 'walk-1' },
      { email: bob, eventName: 'walked out', createdAt: 1_795_000_000 },
    ],
  });
  assert.deepEqual([bulk.successCount, bulk.failCount], [2, 0]);
  const ofAnn = await client.getUserEventsByEmail({ email: ann });
  assert.ok(ofAnn.events.some((event) => event.eventName === 'opened box'));
  const ofCid = await client.getUserEventsByUserId({ userId: 'cid', limit: 5 });
  assert.ok(ofCid.events.some((event) => event.eventName === 'walked in'));
});

test('lists are counted, read, left and deleted', async () => {
  const { listId } = await client.createList({ name: 'Short-lived' });
  await client.subscribeUserToList({ listId, subscribers: [{ email: ann }, { email: bob }] });
  assert.equal((await client.getListSize({ listId })).size, 2);
  assert.deepEqual(
    (await client.getListUsers({ listId, maxResults: 10 })).users.map(({ email }) => email).sort(),
    [ann, bob],
  );
  assert.equal((await client.getListPreviewUsers({ listId, preferUserId: true, size: 10 })).users.length, 2);
  assert.equal(
    (await client.unsubscribeUserFromList({ listId, subscribers: [{ email: bob }] })).successCount,
    1,
  );
  assert.ok(
    (await client.getLists()).lists.some((list) => list.id === listId && list.name === 'Short-lived'),
  );
  await client.deleteList({ listId });
  assert.ok(!(await client.getLists()).lists.some((list) => list.id === listId));
});

test('subscriptions are changed for one user by email, by userId, and as a whole', async () => {
  const { channelId, typeId } = await channelAndType('SMS Marketing');
  const group = { subscriptionGroup: 'messageType', subscriptionGroupId: typeId } as const;
  await client.subscribeUserByEmail({ ...group, userEmail: cid });
  await client.subscribeUserByUserId({ ...group, userId: 'cid' });
  await client.unsubscribeUserByEmail({ ...group, userEmail: cid });
  await client.unsubscribeUserByUserId({ ...group, userId: 'cid' });
  await client.updateUserSubscriptions({
    email: bob,
    subscribedMessageTypeIds: [typeId],
    unsubscribedChannelIds: [],
    validateChannelAlignment: false,
  });
  await client.updateUserSubscriptions({ email: bob, unsubscribedChannelIds: [channelId] });
});

test('templates are found, changed, previewed, proven and deleted', async () => {
  const { typeId: smsType } = await channelAndType('SMS Transactional');
  const { typeId: emailType } = await channelAndType('Email Transactional');
  const smsId = templateIdOf(
    await client.upsertSMSTemplate({
      clientTemplateId: 'kept',
      name: 'Kept',
      messageTypeId: smsType,
      message: 'Hi',
    }),
  );
  await client.updateSMSTemplate({ templateId: smsId, message: 'Carillon: hi {{firstName}}' });
  assert.equal((await client.getSMSTemplate({ templateId: smsId })).message, 'Carillon: hi {{firstName}}');
  await client.sendSMSTemplateProof({ templateId: smsId, recipientEmail: ann });
  const emailId = templateIdOf(
    await client.upsertEmailTemplate({
      clientTemplateId: 'letter',
      name: 'Letter',
      messageTypeId: emailType,
      subject: 'Hello {{firstName}}',
      html: '<p>Hello {{firstName}}</p>',
      plainText: 'Hello {{firstName}}',
    }),
  );
  await client.updateEmailTemplate({ templateId: emailId, preheaderText: 'A word' });
  assert.equal((await client.getEmailTemplate({ templateId: emailId })).preheaderText, 'A word');
  const html = await client.previewEmailTemplate({
    templateId: emailId,
    data: { dataFields: { firstName: 'Zoe' } },
  });
  assert.match(html, /Hello Zoe/);
  await client.sendEmailTemplateProof({ templateId: emailId, recipientEmail: ann });
  const { templates } = await client.getTemplates({ messageMedium: 'SMS', pageSize: 50 });
  assert.ok(templates.some((template) => template.templateId === smsId));
  const byClientId = await client.getTemplateByClientId({ clientTemplateId: 'kept' });
  assert.equal(byClientId.templates[0]?.templateId, smsId);
  assert.deepEqual((await client.deleteTemplates({ ids: [smsId] })).success, [smsId]);
  assert.deepEqual((await client.bulkDeleteTemplates({ ids: [emailId] })).success, [emailId]);
});

test('snippets are made, used, changed and deleted', async () => {
  const { snippetId } = await client.createSnippet({
    name: 'Sign-off',
    content: 'Yours, {{who}}',
    variables: ['who'],
  });
  assert.equal((await client.getSnippet({ identifier: 'Sign-off' })).snippet.id, snippetId);
  await client.updateSnippet({ identifier: snippetId, content: 'Bye, {{who}}', variables: ['who'] });
  assert.equal((await client.getSnippets()).snippets[0]?.content, 'Bye, {{who}}');
  assert.equal((await client.deleteSnippet({ identifier: snippetId })).snippetId, snippetId);
});

test('campaigns are listed, scheduled, cancelled, triggered, aborted and archived', async () => {
  const { typeId } = await channelAndType('SMS Transactional');
  const message = {
    clientTemplateId: 'states',
    name: 'States',
    messageTypeId: typeId,
    message: 'Carillon: hello',
  };
  const templateId = templateIdOf(await client.upsertSMSTemplate(message));
  const { listId } = await client.createList({ name: 'For states' });
  await client.subscribeUserToList({ listId, subscribers: [{ email: ann }] });
  const blast = { name: 'Later', templateId, listIds: [listId] };
  const { campaignId } = await client.createBlastCampaign(blast);
  await client.scheduleCampaign({ campaignId, sendAt: '2026-12-01T15:00:00Z' });
  assert.equal((await client.getCampaign({ id: campaignId })).campaignState, 'Scheduled');
  await client.cancelCampaign({ campaignId });
  const triggered = await client.createTriggeredCampaign({ name: 'On demand', templateId });
  await client.activateTriggeredCampaign({ campaignId: triggered.campaignId });
  await client.triggerCampaign({ campaignId: triggered.campaignId, listIds: [listId] });
  await delivered(triggered.campaignId, 1);
  await client.deactivateTriggeredCampaign({ campaignId: triggered.campaignId });
  const { campaignId: endless } = await client.createTriggeredCampaign({ name: 'Endless', templateId });
  await client.activateTriggeredCampaign({ campaignId: endless });
  await client.abortCampaign({ campaignId: endless });
  const archived = await client.archiveCampaigns({ campaignIds: [campaignId, endless] });
  assert.deepEqual(archived.success.sort(), [campaignId, endless].sort());
  const { campaigns } = await client.getCampaigns({ pageSize: 50, sort: { field: 'id', direction: 'desc' } });
  assert.ok(campaigns.some((campaign) => campaign.id === triggered.campaignId));
  assert.deepEqual((await client.getChildCampaigns({ id: campaignId })).campaigns, []);
});

/** An active triggered campaign of a template. */
async function triggeredCampaign(name: string, templateId: number): Promise<number> {
  const { campaignId } = await client.createTriggeredCampaign({ name, templateId });
  await client.activateTriggeredCampaign({ campaignId });
  return campaignId;
}

test('one person is sent SMS, email and WhatsApp, and what is to leave later is cancelled', async () => {
  const later = '2026-12-01 15:00:00';
  const [smsType, emailType, whatsAppType] = [
    await subscribe('SMS Transactional', [ann]),
    await subscribe('Email Transactional', [ann]),
    await subscribe('WhatsApp Transactional', [ann]),
  ];
  const sms = await triggeredCampaign(
    'SMS to one',
    templateIdOf(
      await client.upsertSMSTemplate({
        clientTemplateId: 's',
        name: 's',
        messageTypeId: smsType,
        message: 'Code {{code}}',
      }),
    ),
  );
  const email = await triggeredCampaign(
    'Email to one',
    templateIdOf(
      await client.upsertEmailTemplate({
        ...{ clientTemplateId: 'e', name: 'e', messageTypeId: emailType },
        ...{ subject: 'Code', html: '<p>{{code}}</p>', plainText: '{{code}}' },
      }),
    ),
  );
  const whatsApp = await triggeredCampaign('WhatsApp to one', await approvedWhatsAppTemplate(whatsAppType));
  const to = { recipientEmail: ann, dataFields: { code: '1234' } };
  await client.sendSMS({ campaignId: sms, ...to });
  await client.sendEmail({ campaignId: email, ...to });
  await client.sendWhatsApp({ campaignId: whatsApp, ...to });
  for (const campaignId of [sms, email, whatsApp]) await delivered(campaignId, 1);

  await client.sendSMS({ campaignId: sms, ...to, sendAt: later });
  await client.sendEmail({ campaignId: email, ...to, sendAt: later });
  await client.sendWhatsApp({ campaignId: whatsApp, ...to, sendAt: later });
  for (const answer of [
    await client.cancelSMS({ email: ann, campaignId: sms }),
    await client.cancelEmail({ email: ann, campaignId: email }),
    await client.cancelWhatsApp({ email: ann, campaignId: whatsApp }),
  ])
    assert.equal(answer.params?.cancelled, 1);
});

/** A WhatsApp template that Meta has approved: the client has no calls for them, Carillon's own are like the others. */
async function approvedWhatsAppTemplate(messageTypeId: number): Promise<number> {
  const { senders } = await program.call<{ senders: { id: number; medium: string; purpose: string }[] }>(
    'GET',
    '/api/senders',
  );
  const from = senders.find((sender) => sender.medium === 'whatsApp' && sender.purpose === 'transactional');
  const saved = await program.call<{ params: { templateId: number } }>(
    'POST',
    '/api/templates/whatsApp/upsert',
    {
      ...{ clientTemplateId: 'w', name: 'Your code', messageTypeId, category: 'UTILITY' },
      body: 'Your order has the number {{defaultIfEmpty code "0"}}, thank you.',
    },
  );
  const { templateId } = saved.params;
  await program.call('POST', '/api/templates/whatsApp/submit', { templateId, senderId: from?.id });
  await program.until('Meta to approve the template', async () => {
    const { status } = await program.call<{ status?: string }>(
      'GET',
      `/api/templates/whatsApp/get?templateId=${templateId}`,
    );
    return status === 'APPROVED' ? true : null;
  });
  return templateId;
}

test('webhooks are listed and changed', async () => {
  const { id } = await program.call<{ id: number }>('POST', '/api/webhooks/create', {
    endpoint: 'https://hooks.example.com/carillon',
  });
  assert.deepEqual(
    (await client.getWebhooks()).webhooks.map((webhook) => webhook.id),
    [id],
  );
  assert.equal((await client.updateWebhook({ webhookId: id, active: false })).enabled, false);
});

test('what Carillon does not offer is refused in words, and nothing of the client was left out', async () => {
  const params = {
    ...{ email: ann, campaignId: 1, recipientEmail: ann, templateId: 1, clientTemplateId: 'x', name: 'x' },
    ...{
      catalogName: 'x',
      itemId: 'x',
      items: [],
      documents: {},
      itemIds: ['x'],
      fieldMappings: [],
      update: {},
      value: {},
    },
    ...{ experimentId: 1, variantId: 1, sourceVariantId: 1, workflowId: 1, data: {}, experimentIds: [1] },
  };
  for (const name of notOffered) {
    const method: unknown = Reflect.get(client, name);
    assert.ok(typeof method === 'function', name);
    await assert.rejects(
      async () => Reflect.apply(method, client, [params]),
      (error) => {
        assert.ok(error instanceof IterableApiError, `${name}: ${error}`);
        assert.ok(error.statusCode === 400 || error.statusCode === 404, `${name}: ${error.statusCode}`);
        return error.message.length > 20;
      },
      name,
    );
  }
  assert.deepEqual(
    [...methodsOf(client)].filter((name) => !called.has(name)),
    [],
  );
});

/** Names of the client's methods, over all the classes it is composed of. */
function methodsOf(object: object): Set<string> {
  const names = new Set<string>();
  for (
    let each = Object.getPrototypeOf(object);
    each !== Object.prototype;
    each = Object.getPrototypeOf(each)
  )
    for (const name of Object.getOwnPropertyNames(each)) names.add(name);
  for (const own of ['constructor', 'destroy']) names.delete(own);
  return names;
}
