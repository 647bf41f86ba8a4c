import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ann, channelAndType, client, counted, program, subscribe, templateIdOf } from './ground-fixtures.ts';

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
  await counted(triggered.campaignId, 1);
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
  for (const campaignId of [sms, whatsApp]) await counted(campaignId, 1);
  // A mail server takes a message and tells no more of it.
  await counted(email, 1, 'Sends');

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
