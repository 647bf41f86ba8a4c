import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import fc from 'fast-check';
import { runImport } from '../audiences/import/run-import.ts';
import { audienceRoutes } from '../audiences/routes.ts';
import { consentRoutes } from '../consent/routes.ts';
import { receive } from '../conversations/inbound/receive.ts';
import type { CallingAccount } from '../delivery/callbacks/account-cache.ts';
import { builtInWires } from '../providers/built-in.ts';
import { insertFirstSenders } from '../senders/first-senders.ts';
import { startTestApi, type TestApi } from '../testing/api.ts';
import { userRoutes } from '../users/routes.ts';

/** Lines, each in two spellings that are both taken in; `#` stands for digits of the round. */
const lines = [
  ['+5255###50101', '+52155###50101'],
  ['+5411###50103', '+54911###50103'],
  ['+553199###0105', '+55319###0105'],
  ['+2290197###106', '+22997###106'],
  ['+2250747###107', '+22547###107'],
] as const;

let server: TestApi;
let account: CallingAccount;
let senderAddress: string;
let sms: { channelId: number; typeId: number };
before(async () => {
  server = await startTestApi([
    userRoutes,
    consentRoutes,
    audienceRoutes({ enqueue: async () => undefined }),
  ]);
  const { db } = server.database;
  await insertFirstSenders(db, {
    ...{
      projectId: server.projectId,
      simulator: { url: 'http://127.0.0.1:9', smtp: { host: '127.0.0.1', port: 9 } },
      wires: builtInWires,
    },
    ...{ secrets: server.context.secrets, at: server.clock.now() },
  });
  const sender = await db
    .selectFrom('sender')
    .select(['provider_account_id as id', 'address'])
    .where('medium', '=', 'sms')
    .where('purpose', '=', 'promotional')
    .where('kind', '=', 'longCode')
    .executeTakeFirstOrThrow();
  account = { projectId: server.projectId, account: { id: sender.id } as CallingAccount['account'] };
  senderAddress = sender.address;
  const row = await db
    .selectFrom('message_type')
    .innerJoin('channel', 'channel.id', 'channel_id')
    .select(['channel_id', 'message_type.id'])
    .where('channel.name', '=', 'SMS Marketing')
    .executeTakeFirstOrThrow();
  sms = { channelId: row.channel_id, typeId: row.id };
});
after(() => server.close());

type Step =
  | {
      kind: 'update' | 'import' | 'optOutByNumber' | 'stop' | 'start';
      person: number;
      line: number;
      spelling: number;
    }
  | { kind: 'optIn' | 'optInUnproven' | 'optOut' | 'loseNumber'; person: number }
  | { kind: 'merge'; person: number; into: number };

const person = fc.nat(2);
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({
    kind: fc.constantFrom('update', 'import', 'optOutByNumber', 'stop', 'start'),
    ...{ person, line: fc.nat(1), spelling: fc.nat(1) },
  }),
  fc.record({ kind: fc.constantFrom('optIn', 'optInUnproven', 'optIn', 'optOut', 'loseNumber'), person }),
  fc.record({ kind: fc.constant('merge'), person, into: person }),
);

let rounds = 0;
/** A number of this round alone: its digits are from 2 to 9, as areas and exchanges want them. */
const digits = (pattern: string, round: number) => {
  const own = [...round.toString(8).padStart(3, '0')].map((digit) => Number(digit) + 2);
  let next = 0;
  return pattern.replaceAll('#', () => String(own[next++]));
};

test('nobody who has a number whose newest word is an opt-out is sent to, in whatever spelling it was said', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 2, maxLength: 10 }), fc.nat(4), async (steps, first) => {
      const round = rounds++;
      const numbers = [first, (first + 1) % 5].map((line) => lines[line]!.map((each) => digits(each, round)));
      const emailOf = (who: number) => `person${who}.${round}@example.com`;
      const lineOf = (phone: string) => numbers.findIndex((spellings) => spellings.includes(phone));
      /**
       * When each line last refused, when its holder last opted in provably (which is the newest word for who has the line next),
       * and when each person last did for the line they have.
       */
      const refusedAt = new Map<number, number>();
      const liftedAt = new Map<number, number>();
      const provenAt = new Map<number, number>();
      for (const each of steps) {
        server.clock.advance(60_000);
        const before = await people(round);
        const now = server.clock.now().getTime();
        const number = 'line' in each ? numbers[each.line]![each.spelling]! : '';
        await take(each, emailOf, number, round);
        const after = await people(round);
        const refuses = (phone: string | null | undefined) => phone && refusedAt.set(lineOf(phone), now);
        if (each.kind === 'stop' || each.kind === 'optOutByNumber') refuses(number);
        if (each.kind === 'optOut')
          refuses([...before.values()].find(({ email }) => email === emailOf(each.person))?.phone);
        if (each.kind === 'start') liftedAt.set(lineOf(number), now);
        for (const [who, { phone, subscribed }] of after) {
          const was = before.get(who);
          if (phone === null) continue;
          const isOther = !was?.phone || lineOf(was.phone) !== lineOf(phone);
          if (isOther) provenAt.set(who, liftedAt.get(lineOf(phone)) ?? 0);
          const optsIn = each.kind === 'optIn' || each.kind === 'start' || each.kind === 'merge';
          if (subscribed && !was?.subscribed && optsIn) provenAt.set(who, now);
          if (subscribed && each.kind === 'optIn' && emailOf(each.person) === after.get(who)?.email)
            liftedAt.set(lineOf(phone), now);
          if (!subscribed) continue;
          const refused = refusedAt.get(lineOf(phone)) ?? 0;
          const proven = Math.max(provenAt.get(who) ?? 0, refused === 0 ? 1 : 0);
          assert.ok(proven > refused, `${who} at ${phone} is sent to after ${JSON.stringify(each)}`);
        }
      }
    }),
    { numRuns: 30 },
  );
});

/** People of a round, and those known by a number alone: their number, and whether messages would leave to them. */
async function people(round: number) {
  const { db } = server.database;
  const rows = await db
    .selectFrom('users')
    .leftJoin('subscription as c', (join) =>
      join
        .onRef('c.lane', '=', 'users.lane')
        .onRef('c.user_id', '=', 'users.id')
        .on('c.kind', '=', 'channel')
        .on('c.target_id', '=', sms.channelId),
    )
    .leftJoin('subscription as t', (join) =>
      join
        .onRef('t.lane', '=', 'users.lane')
        .onRef('t.user_id', '=', 'users.id')
        .on('t.kind', '=', 'messageType')
        .on('t.target_id', '=', sms.typeId),
    )
    .select(['users.id', 'email', 'phone_number as phone', 'c.status as channel', 't.status as type'])
    .where((where) =>
      where.or([where('email', 'like', `%.${round}@example.com`), where('email', 'is', null)]),
    )
    .execute();
  return new Map(
    rows.map(({ id, email, phone, channel, type }) => [
      id,
      { email, phone, subscribed: channel === 'subscribed' && type === 'subscribed' },
    ]),
  );
}

async function take(
  each: Step,
  emailOf: (who: number) => string,
  number: string,
  round: number,
): Promise<void> {
  const email = emailOf(each.person);
  const post = (path: string, body: unknown) => server.call('POST', path, body);
  const consent = (method: string) =>
    post('/api/consent', { consents: [{ email, messageTypeId: sms.typeId, method, source: 'a form' }] });
  const writes = (body: string) =>
    receive(server.context, account, {
      ...{ wire: 'twilio', providerMessageId: `in-${round}-${server.clock.now().getTime()}` },
      ...{ to: senderAddress, from: { phone: number }, body, media: [], at: server.clock.now() },
    });
  switch (each.kind) {
    case 'update':
      return void (await post('/api/users/update', { email, phoneNumber: number }));
    case 'import':
      return imported(`email,phone,sms opt in\n${email},${number},yes\n`);
    case 'optOutByNumber':
      return void (await post('/api/consent/optOut', {
        ...{ phone: number, channelId: sms.channelId, source: 'a call' },
      }));
    case 'stop':
      return writes('STOP');
    case 'start':
      return writes('START');
    case 'optIn':
      return void (await consent('webForm'));
    case 'optInUnproven':
      return void (await consent('import'));
    case 'optOut':
      return void (await post('/api/consent/optOut', { email, channelId: sms.channelId, source: 'a call' }));
    case 'loseNumber':
      return void (await post('/api/users/update', { email, dataFields: { phoneNumber: null } }));
    case 'merge':
      return void (await post('/api/users/merge', {
        sourceEmail: email,
        destinationEmail: emailOf(each.into),
      }));
  }
}

/** Imports a file whose opt-ins are stated without proof. */
async function imported(content: string): Promise<void> {
  const form = new FormData();
  form.set('file', new Blob([content]), 'people.csv');
  const consent = {
    source: 'the old system',
    method: 'import',
    messageTypeIds: [sms.typeId],
    everyRow: true,
  };
  form.set('options', JSON.stringify({ consent }));
  const answer = await fetch(`${server.url}/api/import`, {
    ...{ method: 'POST', headers: { 'Api-Key': server.key }, body: form },
  });
  const { importId } = (await answer.json()) as { importId?: number };
  assert.ok(importId, `the import was not taken: ${answer.status}`);
  await runImport(server.context, importId);
}
