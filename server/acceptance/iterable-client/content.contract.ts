import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ann, channelAndType, client, program, templateIdOf } from './ground-fixtures.ts';

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
