import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { startTestApi, type TestApi } from '../../testing/api.ts';
import { userRoutes } from '../../users/routes.ts';
import { exportDataRoutes } from './data-routes.ts';
import { exportJobRoutes } from './job-routes.ts';

/** The data types of Iterable's interface description, version 1.8. */
const described =
  'emailSend emailOpen emailClick hostedUnsubscribeClick emailComplaint emailBounce emailSendSkip pushSend pushOpen pushUninstall pushBounce pushSendSkip inAppSend inAppOpen inAppClick inAppClose inAppDelete inAppDelivery inAppSendSkip inAppRecall inboxSession inboxMessageImpression smsSend smsBounce smsClick smsReceived smsSendSkip webPushSend webPushClick webPushSendSkip rcsSend rcsSendSkip emailSubscribe emailUnSubscribe purchase customEvent user smsUsageInfo embeddedSend embeddedSendSkip embeddedClick embeddedReceived embeddedImpression embeddedSession unknownSession journeyExit whatsAppBounce whatsAppClick whatsAppReceived whatsAppSeen whatsAppSend whatsAppSendSkip whatsAppUsageInfo';

let api: TestApi;
before(async () => {
  api = await startTestApi([userRoutes, exportJobRoutes(async () => undefined), exportDataRoutes]);
  await api.call('POST', '/api/users/update', {
    ...{ email: 'a@example.com', userId: 'a', dataFields: { city: 'Bonn', age: 3 } },
  });
});
after(() => api.close());

test('every data type of Iterable is exported, or says what it comes with; another is refused', async () => {
  const statuses = new Map<number, number>();
  for (const name of described.split(' ')) {
    const read = await api.call('GET', `/api/export/data.json?dataTypeName=${name}&range=All`);
    const started = await api.call('POST', '/api/export/start', {
      ...{ dataTypeName: name, outputFormat: 'text/csv' },
    });
    assert.equal(read.status, started.status, name);
    assert.ok(read.status === 200 || read.status === 501, `${name}: ${read.status}`);
    if (read.status === 501) assert.match(read.text, /it comes with /, name);
    statuses.set(read.status, (statuses.get(read.status) ?? 0) + 1);
  }
  assert.deepEqual(Object.fromEntries(statuses), { 200: 25, 501: 28 });
  assert.equal((await api.call('GET', '/api/export/data.json?dataTypeName=cats&range=All')).status, 400);
});

test('fields to export are named in one text, in several, or as an array', async () => {
  const read = async (fields: string) =>
    (await api.call('GET', `/api/export/data.json?dataTypeName=user&range=All&${fields}`)).body;
  const wanted = { email: 'a@example.com', city: 'Bonn' };
  for (const fields of ['onlyFields=email,city', 'onlyFields=email&onlyFields=city'])
    assert.deepEqual(await read(fields), wanted, fields);
  assert.deepEqual(await read('omitFields=email&omitFields=age,userId,signupDate,profileUpdatedAt'), {
    city: 'Bonn',
  });
  const job = { dataTypeName: 'user', outputFormat: 'text/csv' };
  assert.equal(
    (await api.call('POST', '/api/export/start', { ...job, onlyFields: ['email', 'city'] })).status,
    200,
  );
});
