import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { registerHooks } from 'node:module';
import { after, before, test } from 'node:test';
import type { TestProgram } from '../program.ts';
import { type Loft, startLoft } from './loft.ts';

// One more line in the one list of media, and no other file: all that follows is loaded with it.
registerHooks({
  resolve: (specifier, context, next) =>
    specifier.endsWith('/built-in.ts') && context.parentURL?.endsWith('/medium/media.ts')
      ? next(new URL('./pigeon-post.ts', import.meta.url).href, context)
      : next(specifier, context),
});
const { startTestProgram } = await import('../program.ts');
const { makeCampaign } = await import('../audience.ts');
const { sendCampaign, typesByChannel } = await import('../people.ts');
const { builtInWires } = await import('../../providers/built-in.ts');
const { wiresOf } = await import('../../providers/wires.ts');
const { pigeon } = await import('./pigeon.ts');

const ring = 'a-ring-of-brass';
const number = '+12025550178';
/** Four in the morning in San Francisco: no hour for texts. */
const night = '2026-11-23T12:00:00Z';

let program: TestProgram;
let loft: Loft;
let senderId: number;
before(async () => {
  loft = await startLoft(ring);
  const carrier = { ...pigeon, media: ['pigeonPost'] };
  program = await startTestProgram(night, {}, wiresOf([...builtInWires.all, carrier]));
  const { id: providerAccountId } = await program.call<{ id: number }>('POST', '/api/providerAccounts', {
    ...{ name: 'Loft', wire: 'pigeon', settings: { baseUrl: loft.url, loft: 'L1' }, secrets: { ring } },
  });
  const sender = { address: number, country: 'US', purpose: 'promotional', providerAccountId };
  const made = await program.call<{ id: number; medium: string; mps: number }>('POST', '/api/senders', {
    ...{ ...sender, kind: 'loft' },
  });
  assert.partialDeepStrictEqual(made, { medium: 'pigeonPost', mps: 100 });
  await assert.rejects(
    program.call('POST', '/api/senders', { ...sender, kind: 'longCode', address: '+12025550179' }),
    /longCode leaves by twilio/,
  );
  senderId = made.id;
});
after(async () => {
  await program?.close();
  await loft?.close();
});

test('a project has channels of a medium that is added, and a template for it is written in its kind', async () => {
  const types = await typesByChannel(program);
  assert.ok(types.has('Pigeon Marketing') && types.has('Pigeon Transactional'));
  const template = {
    ...{ clientTemplateId: 'by-air', name: 'By air', message: 'Coo {{firstName}}' },
    messageTypeId: types.get('Pigeon Marketing')?.messageTypeId,
  };
  await assert.rejects(
    program.call('POST', '/api/templates/email/upsert', {
      ...{ ...template, subject: 'Coo', html: '<p>Coo</p>' },
      message: undefined,
    }),
    /is of Pigeon; name one of Email/,
  );
  await program.call('POST', '/api/templates/sms/upsert', template);
});

test('a campaign by it goes to those who opted in there, at hours that bind it or do not, and is told of by its name', async (t) => {
  const posted: unknown[] = [];
  const hook = createServer(async (request, response) => {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part);
    posted.push(JSON.parse(Buffer.concat(parts).toString()));
    response.end();
  });
  await new Promise<void>((resolve) => hook.listen(0, '127.0.0.1', resolve));
  t.after(() => {
    hook.closeAllConnections();
    hook.close();
  });
  const place = hook.address();
  await program.call('POST', '/api/webhooks/create', {
    endpoint: `http://127.0.0.1:${typeof place === 'object' && place ? place.port : 0}/`,
    childEvents: ['pigeonPostSend', 'pigeonPostSendSkip'],
  });
  const { campaignId } = await makeCampaign(program, {
    ...{ tag: 'air', count: 2, consenting: 1, channel: 'Pigeon Marketing', options: { senderId } },
  });
  await sendCampaign(program, campaignId, ({ sends, skips }) => sends === 1 && skips === 1);
  const messages = () =>
    program.call<{ messages: { status: string; medium: string; wire: string; skipReason: string }[] }>(
      'GET',
      `/api/messages?campaignId=${campaignId}`,
    );
  const flight = await program.until('a bird', async () => loft.flights[0] ?? null);
  assert.match(flight.text, /^Carillon: hi Ann0/);
  assert.equal((await loft.tell(flight.report, { bird: 'bird-1', news: 'landed' })).status, 202);
  const [delivered, skipped] = await program.until('the message to be delivered', async () => {
    const told = (await messages()).messages.toSorted((a, b) => a.status.localeCompare(b.status));
    return told[0]?.status === 'delivered' ? told : null;
  });
  assert.partialDeepStrictEqual(delivered, { medium: 'pigeonPost', wire: 'pigeon' });
  assert.partialDeepStrictEqual(skipped, { medium: 'pigeonPost', skipReason: 'noOptIn' });
  await program.until('both to be told of', async () => {
    const told = JSON.stringify(posted);
    return told.includes('"pigeonPostSend"') && told.includes('"pigeonPostSendSkip"') ? told : null;
  });
});

test('one person is written to by the medium’s own call', async () => {
  const { messageTypeId } = (await typesByChannel(program)).get('Pigeon Marketing') ?? {};
  const { params } = await program.call<{ params: { templateId: number } }>(
    'POST',
    '/api/templates/sms/upsert',
    {
      ...{ clientTemplateId: 'one', name: 'One', messageTypeId, message: 'Coo' },
    },
  );
  const { campaignId } = await program.call<{ campaignId: number }>('POST', '/api/campaigns/create', {
    ...{ name: 'One', templateId: params.templateId, campaignDataFields: {}, senderId },
  });
  await program.call('POST', '/api/campaigns/activateTriggered', { campaignId });
  await program.call('POST', '/api/pigeonPost/target', { campaignId, recipientEmail: 'air-0@example.com' });
  await program.until(
    'the bird',
    async () => loft.flights.find(({ text }) => text.startsWith('Coo')) ?? null,
  );
});
