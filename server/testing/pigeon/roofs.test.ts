import assert from 'node:assert/strict';
import { registerHooks } from 'node:module';
import { after, before, test } from 'node:test';
import type { UserRef } from '../../users/identity.ts';
import type { People } from '../../users/people.ts';
import type { TestProgram } from '../program.ts';
import { type Loft, startLoft } from './loft.ts';

// A medium with a kind of address of its own, of which people have several: one line in the list of media.
registerHooks({
  resolve: (specifier, context, next) =>
    specifier.endsWith('/built-in.ts') && context.parentURL?.endsWith('/medium/media.ts')
      ? next(new URL('./roof-post.ts', import.meta.url).href, context)
      : next(specifier, context),
});
const { startTestProgram } = await import('../program.ts');
const { makeCampaign } = await import('../audience.ts');
const { sendCampaign, typesByChannel, proofOf } = await import('../people.ts');
const { builtInWires } = await import('../../providers/built-in.ts');
const { wiresOf } = await import('../../providers/wires.ts');
const { openOutbox } = await import('../../happenings/outbox.ts');
const { peopleOf } = await import('../../program/personal-data.ts');
const { addAddresses } = await import('../../users/further-addresses.ts');
const { findUsers } = await import('../../users/find-users.ts');
const { pigeon } = await import('./pigeon.ts');

const ring = 'a-ring-of-brass';
const projectId = 1;
const channel = 'Roofs Marketing';
let program: TestProgram;
let loft: Loft;
let people: People;
let senderId: number;
before(async () => {
  loft = await startLoft(ring);
  const carrier = { ...pigeon, media: ['roofPost'] };
  program = await startTestProgram(undefined, {}, wiresOf([...builtInWires.all, carrier]));
  people = peopleOf(program.database.db, openOutbox([], program.clock));
  const { id: providerAccountId } = await program.call<{ id: number }>('POST', '/api/providerAccounts', {
    ...{ name: 'Loft', wire: 'pigeon', settings: { baseUrl: loft.url, loft: 'L1' }, secrets: { ring } },
  });
  const made = await program.call<{ id: number }>('POST', '/api/senders', {
    ...{ address: '+12025550178', country: 'US', purpose: 'promotional', providerAccountId, kind: 'loft' },
  });
  senderId = made.id;
});
after(async () => {
  await program?.close();
  await loft?.close();
});

async function personOf(email: string): Promise<UserRef> {
  const [user] = await findUsers(program.database.db, projectId, [{ email }]);
  assert.ok(user);
  return user;
}

async function addRoofs(user: UserRef, ...roofs: string[]): Promise<void> {
  for (const value of roofs) {
    program.clock.advance(1_000);
    await addAddresses(people, projectId, [{ user, kind: 'roof', value }], program.clock.now());
  }
}

/** The roofs of somebody, or of everybody, with what is known against them. */
async function roofsOf(user?: UserRef): Promise<{ value: string; code: string | undefined }[]> {
  const { rows } = await program.database.pool.query<{ value: string; code: string | null }>(
    `SELECT value, unreachable -> 'roofPost' ->> 'code' AS code FROM address
     WHERE kind = 'roof' AND user_id = coalesce($1, user_id) ORDER BY value`,
    [user?.id ?? null],
  );
  return rows.map(({ value, code }) => ({ value, code: code ?? undefined }));
}

interface Told {
  status: string;
  skipReason: string | null;
}

/** Sends a campaign to one person, anew each time it is called; answers what became of the message. */
async function writeTo(tag: string) {
  const made = await makeCampaign(program, { tag, count: 1, channel, options: { senderId } });
  let campaignId: number | null = made.campaignId;
  return {
    user: await personOf(made.emails[0]!),
    email: made.emails[0]!,
    send: async (status: string): Promise<Told> => {
      campaignId ??= (
        await program.call<{ campaignId: number }>('POST', '/api/campaigns/create', {
          ...{
            name: tag,
            templateId: made.templateId,
            listIds: [made.listId],
            scheduleSend: false,
            senderId,
          },
        })
      ).campaignId;
      const sent = campaignId;
      campaignId = null;
      await sendCampaign(program, sent, ({ pending }) => pending === 0);
      return program.until(`the message to be ${status}`, async () => {
        const { messages } = await program.call<{ messages: Told[] }>(
          'GET',
          `/api/messages?campaignId=${sent}`,
        );
        return messages.find((message) => message.status === status) ?? null;
      });
    },
  };
}

const flownTo = () => loft.flights.map(({ to }) => to);

test('of two roofs the newest is flown to until the provider says that it is none, and then the other', async () => {
  const ann = await writeTo('ann');
  assert.equal((await ann.send('skipped')).skipReason, 'noAddress');
  await addRoofs(ann.user, 'roof-old', 'roof-new');
  loft.refuseWith('noSuchRoof');
  await ann.send('bounced');
  loft.refuseWith(null);
  await ann.send('sent');
  assert.deepEqual(flownTo(), ['roof-new', 'roof-old']);
  assert.deepEqual(await roofsOf(ann.user), [
    { value: 'roof-new', code: 'noSuchRoof' },
    { value: 'roof-old', code: undefined },
  ]);
});

test('whom no roof is left of is skipped, until one more is known', async () => {
  const bob = await writeTo('bob');
  await addRoofs(bob.user, 'roof-bob');
  loft.refuseWith('noSuchRoof');
  await bob.send('bounced');
  loft.refuseWith(null);
  assert.equal((await bob.send('skipped')).skipReason, 'unreachable');
  await addRoofs(bob.user, 'roof-bob-2');
  await bob.send('sent');
  assert.equal(flownTo().at(-1), 'roof-bob-2');
});

test('what waits for a roof that is found to be none in the meantime flies to the other', async () => {
  const cid = await writeTo('cid');
  await addRoofs(cid.user, 'roof-cid-1', 'roof-cid-2');
  const { messageTypeId } = (await typesByChannel(program)).get(channel) ?? {};
  const { params } = await program.call<{ params: { templateId: number } }>(
    'POST',
    '/api/templates/sms/upsert',
    { clientTemplateId: 'later', name: 'Later', messageTypeId, message: 'Coo later' },
  );
  const { campaignId } = await program.call<{ campaignId: number }>('POST', '/api/campaigns/create', {
    ...{ name: 'Later', templateId: params.templateId, campaignDataFields: {}, senderId },
  });
  await program.call('POST', '/api/campaigns/activateTriggered', { campaignId });
  const sendAt = new Date(program.clock.now().getTime() + 3_600_000).toISOString();
  await program.call('POST', '/api/roofPost/target', { campaignId, recipientEmail: cid.email, sendAt });
  loft.refuseWith('noSuchRoof');
  await cid.send('bounced');
  loft.refuseWith(null);
  assert.equal(flownTo().at(-1), 'roof-cid-2');
  program.clock.advance(3_700_000);
  const flight = await program.until(
    'the bird',
    async () => loft.flights.find(({ text }) => text.startsWith('Coo later')) ?? null,
  );
  assert.equal(flight.to, 'roof-cid-1');
});

test('of two people who are merged the one that remains has the roofs of both, with what is known of them', async () => {
  const [dan, eve] = [await writeTo('dan'), await writeTo('eve')];
  await addRoofs(eve.user, 'roof-eve', 'roof-shared');
  await addRoofs(dan.user, 'roof-dan', 'roof-shared');
  loft.refuseWith('noSuchRoof');
  await eve.send('bounced');
  loft.refuseWith(null);
  await program.call('POST', '/api/users/merge', { sourceEmail: dan.email, destinationEmail: eve.email });
  assert.deepEqual(await roofsOf(eve.user), [
    { value: 'roof-dan', code: undefined },
    { value: 'roof-eve', code: undefined },
    { value: 'roof-shared', code: 'noSuchRoof' },
  ]);
  assert.deepEqual(await roofsOf(dan.user), []);
  await eve.send('sent');
  assert.equal(flownTo().at(-1), 'roof-dan');
});

test('who is forgotten has no address left, and whoever has their roof next is opted out as they were', async () => {
  const fay = await writeTo('fay');
  await addRoofs(fay.user, 'roof-fay');
  const { channelId, messageTypeId } = (await typesByChannel(program)).get(channel) ?? {};
  await program.call('POST', '/api/consent/optOut', { email: fay.email, channelId, source: 'by hand' });
  await program.call('POST', '/api/users/forget', { email: fay.email });
  const left = await program.database.db
    .selectFrom('address')
    .select('value')
    .where('user_id', '=', fay.user.id)
    .execute();
  assert.deepEqual(left, []);
  const gus = await writeTo('gus');
  await addRoofs(gus.user, 'roof-fay');
  const standing = async () => {
    const { standings } = await proofOf(program, { email: gus.email });
    return standings.find(({ kind, targetId }) => kind === 'channel' && targetId === channelId)?.status;
  };
  assert.equal(await standing(), 'unsubscribed');
  program.clock.advance(1_000);
  await program.call('POST', '/api/consent', {
    consents: [{ email: gus.email, messageTypeId, method: 'webForm', source: 'https://example.com/join' }],
  });
  assert.equal(await standing(), 'subscribed');
  await addRoofs(gus.user, 'roof-fay');
  assert.equal(await standing(), 'subscribed', 'a roof that they have already is no new one');
});
