import assert from 'node:assert/strict';
import { test } from 'node:test';
import { account, type Lab, startLab } from './testing/lab.ts';
import { sdkFor } from './testing/sdk.ts';

const from = '+14155550100';
const to = '+12125550132';

async function own(lab: Lab, number = from): Promise<void> {
  await lab.call('PUT', `/accounts/${account.sid}`, { authToken: account.token });
  await lab.call('PUT', `/numbers/${number}`, {
    accountSid: account.sid,
    inboundUrl: `${lab.customer.url}/in`,
  });
}

test('an account makes a subaccount, which sends with its own token and stops when suspended', async (t) => {
  const lab = await startLab(t);
  const sdk = sdkFor(lab);
  assert.equal((await sdk.api.v2010.accounts(account.sid).fetch()).sid, account.sid);
  const made = await sdk.api.v2010.accounts.create({ friendlyName: 'Harbor' });
  assert.match(made.sid, /^AC[0-9a-f]{32}$/);
  assert.equal(made.ownerAccountSid, account.sid);
  assert.deepEqual(
    (await sdk.api.v2010.accounts.list({ friendlyName: 'Harbor' })).map(({ sid }) => sid),
    [made.sid],
  );
  await lab.restart();
  const own = sdkFor(lab, { sid: made.sid, token: made.authToken });
  await own.messages.create({ from, to, body: 'Hi' });
  // The account that made it may act for it.
  await sdk.api.v2010.accounts(made.sid).update({ status: 'suspended' });
  await assert.rejects(own.messages.create({ from, to, body: 'Hi' }), { code: 20005 });
});

test('balance and usage are counted from what was sent', async (t) => {
  const lab = await startLab(t);
  const sdk = sdkFor(lab);
  const before = Number((await sdk.balance.fetch()).balance);
  await sdk.messages.create({ from, to, body: 'x'.repeat(200) });
  await sdk.messages.create({ from, to, mediaUrl: ['https://shop.example/cat.png'] });
  while ((await lab.ledger()).some(({ status }) => status !== 'delivered')) await new Promise(setImmediate);
  const [sms] = await sdk.usage.records.list({ category: 'sms-outbound' });
  assert.deepEqual([sms?.count, sms?.usage, sms?.price], ['1', '2', 0.0166]);
  assert.equal((await sdk.usage.records.thisMonth.list({ category: 'mms' }))[0]?.count, '1');
  assert.ok(before - Number((await sdk.balance.fetch()).balance) > 0.02);
  await assert.rejects(sdk.usage.records.list({ startDate: new Date('nonsense') }));
});

test('numbers are found, bought, listed, changed and given back; those registered here are among them', async (t) => {
  const lab = await startLab(t);
  await own(lab);
  await own(lab, '55512');
  const sdk = sdkFor(lab);
  const [free] = await sdk.availablePhoneNumbers('US').local.list({ areaCode: 212, limit: 1 });
  assert.match(free?.phoneNumber ?? '', /^\+121255501\d\d$/);
  const [tollFree] = await sdk.availablePhoneNumbers('US').tollFree.list({ limit: 1 });
  assert.match(tollFree?.phoneNumber ?? '', /^\+18/);
  assert.equal((await sdk.availablePhoneNumbers('GB').mobile.list({ limit: 1 })).length, 1);
  await assert.rejects(sdk.availablePhoneNumbers('US').mobile.list(), { code: 20404 });
  const bought = await sdk.incomingPhoneNumbers.create({
    phoneNumber: free!.phoneNumber,
    smsUrl: `${lab.customer.url}/bought`,
  });
  assert.match(bought.sid, /^PN[0-9a-f]{32}$/);
  await assert.rejects(sdk.incomingPhoneNumbers.create({ phoneNumber: free!.phoneNumber }), { code: 21422 });
  await assert.rejects(sdk.incomingPhoneNumbers.create({ phoneNumber: 'nonsense' }), { code: 21421 });
  await sdk.incomingPhoneNumbers(bought.sid).update({ friendlyName: 'Desk' });
  await lab.restart();
  const listed = await sdk.incomingPhoneNumbers.list({ pageSize: 1 });
  assert.deepEqual(listed.map(({ phoneNumber }) => phoneNumber).sort(), [free!.phoneNumber, from].sort());
  assert.equal((await sdk.incomingPhoneNumbers.list({ friendlyName: 'Desk' })).length, 1);
  await lab.call('POST', `/handsets/${to}/messages`, { to: free!.phoneNumber, body: 'Hi' });
  assert.equal(lab.customer.received.at(-1)?.url, '/bought');
  assert.equal((await sdk.shortCodes.list())[0]?.shortCode, '55512');
  assert.equal(await sdk.incomingPhoneNumbers(bought.sid).remove(), true);
  await assert.rejects(sdk.incomingPhoneNumbers(bought.sid).fetch(), { status: 404, code: 20404 });
});

test('a service chooses the sender, hears for its numbers, and stops as a whole', async (t) => {
  const lab = await startLab(t);
  await own(lab);
  await own(lab, '+14155550101');
  const sdk = sdkFor(lab);
  const made = await sdk.messaging.v1.services.create({
    friendlyName: 'Harbor',
    inboundRequestUrl: `${lab.customer.url}/service`,
    statusCallback: `${lab.customer.url}/status`,
  });
  const service = sdk.messaging.v1.services(made.sid);
  const send = () => sdk.messages.create({ messagingServiceSid: made.sid, to, body: 'Hi “you”' });
  await assert.rejects(send(), { code: 21703 });
  const numbers = await sdk.incomingPhoneNumbers.list();
  for (const { sid } of numbers) await service.phoneNumbers.create({ phoneNumberSid: sid });
  await assert.rejects(service.phoneNumbers.create({ phoneNumberSid: numbers[0]!.sid }), { code: 21710 });
  const other = await sdk.messaging.v1.services.create({ friendlyName: 'Other' });
  const ofOther = sdk.messaging.v1.services(other.sid);
  await assert.rejects(ofOther.phoneNumbers.create({ phoneNumberSid: numbers[0]!.sid }), { code: 21712 });
  assert.equal((await service.alphaSenders.create({ alphaSender: 'HARBOR' })).alphaSender, 'HARBOR');
  await assert.rejects(service.alphaSenders.create({ alphaSender: 'much too long a name' }), { code: 21709 });
  await service.update({ friendlyName: 'Harbour' });
  await lab.restart();
  assert.equal((await service.fetch()).friendlyName, 'Harbour');
  assert.equal((await sdk.messaging.v1.services.list({ pageSize: 1 })).length, 2);
  assert.equal((await service.phoneNumbers.list()).length, 2);
  await send();
  // Smart encoding is on in a service, and its own address is told.
  assert.equal((await lab.ledger())[0]?.body, 'Hi "you"');
  await lab.customer.until((all) => all.filter(({ url }) => url === '/status').length === 2);
  await lab.call('POST', `/handsets/${to}/messages`, { to: from, body: 'STOP' });
  assert.equal(lab.customer.received.at(-1)?.url, '/service');
  await assert.rejects(send(), { code: 21610 });
  await assert.rejects(sdk.messages.create({ from: '+14155550101', to, body: 'Hi' }), { code: 21610 });
  await service.remove();
  await assert.rejects(service.phoneNumbers.list(), { code: 20404 });
});

test('a brand, a campaign and a toll-free number are registered and reviewed', async (t) => {
  const lab = await startLab(t);
  await own(lab, '+18005550100');
  const sdk = sdkFor(lab);
  await lab.call('PUT', '/behaviour', { templateReviewMs: 60_000 });
  const { messaging } = sdk;
  const brand = await messaging.v1.brandRegistrations.create({
    customerProfileBundleSid: `BU${'0'.repeat(32)}`,
    a2PProfileBundleSid: `BU${'1'.repeat(32)}`,
  });
  assert.equal(brand.status, 'PENDING');
  assert.equal(brand.a2pProfileBundleSid, `BU${'1'.repeat(32)}`);
  const { sid } = await messaging.v1.services.create({ friendlyName: 'Harbor' });
  const campaign = {
    brandRegistrationSid: brand.sid,
    description: 'Offers',
    messageFlow: 'A form',
    messageSamples: ['One', 'Two'],
    usAppToPersonUsecase: 'MARKETING',
    hasEmbeddedLinks: true,
    hasEmbeddedPhone: false,
  };
  const made = await messaging.v1.services(sid).usAppToPerson.create(campaign);
  assert.deepEqual(
    [made.campaignStatus, made.messageSamples, made.hasEmbeddedLinks],
    ['PENDING', ['One', 'Two'], true],
  );
  const [number] = await sdk.incomingPhoneNumbers.list();
  const verification = await messaging.v1.tollfreeVerifications.create({
    businessName: 'Harbor',
    businessWebsite: 'https://harbor.example',
    notificationEmail: 'a@harbor.example',
    useCaseCategories: ['MARKETING'],
    useCaseSummary: 'Offers',
    productionMessageSample: 'One',
    optInImageUrls: ['https://harbor.example/a.png'],
    optInType: 'WEB_FORM',
    messageVolume: '1,000',
    tollfreePhoneNumberSid: number!.sid,
  });
  assert.equal(verification.status, 'PENDING_REVIEW');
  lab.pass(60_000);
  assert.equal((await messaging.v1.brandRegistrations(brand.sid).fetch()).status, 'APPROVED');
  assert.equal((await messaging.v1.brandRegistrations.list()).length, 1);
  const [reviewed] = await messaging.v1.services(sid).usAppToPerson.list();
  assert.equal(reviewed?.campaignStatus, 'VERIFIED');
  assert.equal((await messaging.v1.tollfreeVerifications.list())[0]?.status, 'TWILIO_APPROVED');
});

test('contents are made, sent with variables, approved, and refused as Twilio refuses them', async (t) => {
  const lab = await startLab(t);
  const sdk = sdkFor(lab);
  const content = await sdk.content.v1.contents.create({
    friendly_name: 'welcome',
    language: 'en',
    variables: { 1: 'friend', 2: 'Harbor' },
    types: {
      'twilio/text': { body: 'Hi {{1}}, this is {{2}}' },
      'twilio/media': { body: 'Look, {{1}}', media: ['https://harbor.example/{{2}}.png'] },
    },
  } as never);
  assert.match(content.sid, /^HX[0-9a-f]{32}$/);
  await lab.restart();
  assert.deepEqual(
    (await sdk.content.v1.contents.list()).map(({ sid }) => sid),
    [content.sid],
  );
  const send = (contentVariables?: string, contentSid = content.sid) =>
    sdk.messages.create({ from, to, contentSid, contentVariables });
  const sent = await send('{"1":"Ada"}');
  assert.deepEqual([sent.body, sent.numMedia], ['Look, Ada', '1']);
  assert.deepEqual((await lab.ledger())[0]?.media, ['https://harbor.example/Harbor.png']);
  for (const bad of ['{"1":', '["Ada"]', '{"1":null}', '{"1":""}', '{"":"Ada"}', '"Ada"'])
    await assert.rejects(send(bad), { code: 21656 }, bad);
  await assert.rejects(send('{"1":"Ada"}', `HX${'b'.repeat(32)}`), { code: 21655 });
  await assert.rejects(sdk.messages.create({ from, to, contentVariables: '{"1":"Ada"}' }), { code: 21654 });
  const approval = sdk.content.v1.contents(content.sid);
  await lab.call('PUT', '/behaviour', { templateReviewMs: 60_000 });
  const asked = await approval.approvalCreate.create({ name: 'welcome', category: 'MARKETING' } as never);
  assert.equal(asked.status, 'received');
  lab.pass(60_000);
  const { whatsapp } = await approval.approvalFetch().fetch();
  assert.equal((whatsapp as Record<string, unknown>).status, 'approved');
  await approval.remove();
  await assert.rejects(send('{"1":"Ada"}'), { code: 21655 });
});

test('smart encoding and short links are heeded, and a tap on a short link leads on', async (t) => {
  const lab = await startLab(t);
  const sdk = sdkFor(lab);
  const body = '“x” – https://example.com/a?b=1.';
  const sent = await sdk.messages.create({ from, to, body, smartEncoded: true, shortenUrls: true });
  assert.match(sent.body, /^"x" - http:\/\/127\.0\.0\.1:\d+\/l\/\w+\.$/);
  assert.equal((await sdk.messages.create({ from, to, body })).body, body);
  const link = /http:\S+\w/.exec(sent.body)?.[0];
  await lab.restart();
  const path = new URL(link ?? '').pathname;
  const { json } = await lab.call('POST', `/handsets/${to}/taps`, { url: lab.simulator.url + path });
  assert.deepEqual(json, { status: 302, location: 'https://example.com/a?b=1' });
});

test('a medium that is removed is gone, and the other stays', async (t) => {
  const lab = await startLab(t);
  const sdk = sdkFor(lab);
  const mediaUrl = ['https://shop.example/a.png', 'https://shop.example/b.gif'];
  const { sid } = await sdk.messages.create({ from, to, mediaUrl });
  const [first] = await sdk.messages(sid).media.list();
  assert.equal(await sdk.messages(sid).media(first!.sid).remove(), true);
  await lab.restart();
  assert.deepEqual(
    (await sdk.messages(sid).media.list()).map(({ contentType }) => contentType),
    ['image/gif'],
  );
  await assert.rejects(sdk.messages(sid).media(first!.sid).fetch(), { code: 20404 });
});

test('Twilio itself obeys STOP to a long code unless that is off for the number', async (t) => {
  const lab = await startLab(t);
  await own(lab);
  const off = '+14155550101';
  await lab.call('PUT', `/numbers/${off}`, { accountSid: account.sid, optOutHandling: 'off' });
  const sdk = sdkFor(lab);
  const send = (sender: string) => sdk.messages.create({ from: sender, to, body: 'Hi' });
  for (const number of [from, off]) {
    await send(number);
    await lab.call('POST', `/handsets/${to}/messages`, { to: number, body: 'stop' });
  }
  await assert.rejects(send(from), { code: 21610 });
  await send(off);
  assert.match(lab.customer.received[0]?.body ?? '', /OptOutType=STOP/);
  const { json } = await lab.call('GET', `/handsets/${to}/messages`);
  assert.equal(JSON.stringify(json).match(/You have successfully been unsubscribed/g)?.length, 1);
  await lab.call('PUT', '/behaviour', { carrierOptOut: false });
  await lab.call('POST', `/handsets/${to}/messages`, { to: from, body: 'START' });
  await assert.rejects(send(from), { code: 21610 });
  await lab.call('DELETE', '/behaviour');
  await lab.call('POST', `/handsets/${to}/messages`, { to: from, body: 'START' });
  await send(from);
  const refused = await lab.call('PUT', `/numbers/${off}`, { accountSid: account.sid, optOutHandling: 'no' });
  assert.match(JSON.stringify(refused.json), /optOutHandling: must be default or off/);
});

test('a lookup tells form, kind and risk of a number', async (t) => {
  const lab = await startLab(t);
  const sdk = sdkFor(lab);
  const plain = await sdk.lookups.v2.phoneNumbers('+447400123456').fetch();
  assert.deepEqual([plain.valid, plain.countryCode, plain.lineTypeIntelligence], [true, 'GB', null]);
  const fields = 'line_type_intelligence,sms_pumping_risk,reassigned_number';
  const rich = await sdk.lookups.v2
    .phoneNumbers('+447400123456')
    .fetch({ fields, lastVerifiedDate: '20260101' });
  assert.equal(rich.lineTypeIntelligence.type, 'mobile');
  assert.equal(rich.reassignedNumber.isNumberReassigned, 'no');
  assert.equal(rich.smsPumpingRisk.carrierRiskCategory, 'low');
  const wrong = await sdk.lookups.v2.phoneNumbers('+1415').fetch();
  assert.deepEqual([wrong.valid, wrong.validationErrors], [false, ['TOO_SHORT']]);
  const first = await sdk.lookups.v1.phoneNumbers('+447400123456').fetch({ type: ['carrier'] });
  assert.equal(first.carrier.type, 'mobile');
});

test('a code of Verify arrives on the handset and is good once', async (t) => {
  const lab = await startLab(t);
  const sdk = sdkFor(lab);
  const { sid } = await sdk.verify.v2.services.create({ friendlyName: 'Harbor', codeLength: 5 });
  const service = sdk.verify.v2.services(sid);
  const started = await service.verifications.create({ to, channel: 'sms' });
  assert.equal(started.status, 'pending');
  const code = /code is: (\d{5})$/.exec((await lab.ledger({ to }))[0]?.body ?? '')?.[1] ?? '';
  const wrong = code === '00000' ? '00001' : '00000';
  const checked = await service.verificationChecks.create({ to, code: wrong });
  assert.deepEqual([checked.status, checked.valid], ['pending', false]);
  await lab.restart();
  assert.equal((await service.verificationChecks.create({ to, code })).status, 'approved');
  await assert.rejects(service.verificationChecks.create({ to, code }), { status: 404, code: 20404 });
  await service.verifications.create({ to, channel: 'sms' });
  for (let place = 0; place < 5; place += 1) await service.verificationChecks.create({ to, code: 'wrong' });
  await assert.rejects(service.verificationChecks.create({ to, code: 'wrong' }), { code: 60202 });
  lab.pass(600_001);
  await assert.rejects(service.verificationChecks.create({ to, code }), { code: 20404 });
  await assert.rejects(service.verifications.create({ to: '12', channel: 'sms' }), { code: 60200 });
});

test('a conversation writes to the phones that take part', async (t) => {
  const lab = await startLab(t);
  const sdk = sdkFor(lab);
  const made = await sdk.conversations.v1.conversations.create({ friendlyName: 'Ada', uniqueName: 'ada' });
  const conversation = sdk.conversations.v1.conversations(made.sid);
  const binding = { 'messagingBinding.address': to, 'messagingBinding.proxyAddress': from };
  await conversation.participants.create(binding);
  const message = await conversation.messages.create({ author: 'desk', body: 'Hello' });
  assert.equal(message.index, 0);
  assert.equal((await lab.ledger({ to, from }))[0]?.body, 'Hello');
  assert.equal((await conversation.fetch()).friendlyName, 'Ada');
  assert.equal((await conversation.messages.list()).length, 1);
  await assert.rejects(sdk.conversations.v1.conversations.create({ uniqueName: 'ada' }), { code: 50353 });
});

test('prices, alerts, deactivated numbers and domains answer in their own shapes', async (t) => {
  const lab = await startLab(t);
  const sdk = sdkFor(lab);
  const price = await sdk.pricing.v1.messaging.countries('US').fetch();
  assert.deepEqual([price.isoCountry, price.priceUnit], ['US', 'USD']);
  await lab.call('PUT', '/behaviour', { receiptDelay: 0, errors: { 30005: 1 } });
  const { sid } = await sdk.messages.create({ from, to, body: 'Hi' });
  while ((await lab.ledger())[0]?.errorCode === undefined) await new Promise(setImmediate);
  const [alert] = await sdk.monitor.v1.alerts.list();
  assert.deepEqual([alert?.errorCode, alert?.resourceSid], ['30005', sid]);
  assert.equal((await sdk.monitor.v1.alerts(alert!.sid).fetch()).sid, alert?.sid);
  await sdk.messaging.v1.deactivations().fetch();
  const domain = sdk.messaging.v1.domainConfig(`DN${'1'.repeat(32)}`);
  await assert.rejects(domain.fetch(), { code: 20404 });
  await domain.update({ fallbackUrl: 'https://harbor.example', continueOnFailure: true });
  assert.deepEqual(
    [(await domain.fetch()).fallbackUrl, (await domain.fetch()).continueOnFailure],
    ['https://harbor.example', true],
  );
});

test('what no product has is 404, a wrong method 405, a stranger 401', async (t) => {
  const lab = await startLab(t);
  const call = async (method: string, path: string, token = account.token) => {
    const authorization = `Basic ${btoa(`${account.sid}:${token}`)}`;
    const answer = await fetch(lab.simulator.url + path, { method, headers: { authorization } });
    return [answer.status, (await answer.json()).code];
  };
  assert.deepEqual(await call('GET', '/v1/Nothing'), [404, 20404]);
  assert.deepEqual(await call('GET', '/v1/Services/%E0%A4%A'), [404, 20404]);
  assert.deepEqual(await call('DELETE', '/v1/Services'), [405, 20004]);
  assert.deepEqual(await call('GET', '/v1/Services', 'other'), [401, 20003]);
  assert.deepEqual(await call('POST', '/v1/Services'), [400, 20001]);
});
