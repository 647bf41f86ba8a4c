import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { sql } from 'kysely';
import { sanFranciscoNumber } from '../testing/audience.ts';
import { sendCampaign, typesByChannel } from '../testing/people.ts';
import { startTestProgram, type TestProgram } from '../testing/program.ts';
import { markUnreachable } from '../users/unreachable.ts';

let program: TestProgram;
before(async () => {
  program = await startTestProgram();
});
after(() => program.close());

interface Forecast {
  audience: number;
  sends: number;
  delayed: number;
  segments: number;
  price: number;
  exact: boolean;
  skipsByReason: Record<string, number>;
  expectedSkips: Record<string, number>;
}

interface Person {
  userRef: string;
  email: string;
  fate: string;
  reason: string | null;
  detail: string | null;
  dueAt: number | null;
  isDelayed: boolean;
  senderId: number | null;
  address: string | null;
  segments: number;
  price: number;
  text: string | null;
}

/** Each person of the campaign, and what is to become of them. */
const people: Record<string, { fate: string; fields?: object }> = {
  plain: { fate: 'send' },
  emoji: { fate: 'send', fields: { firstName: 'Zoë 🎉' } },
  twice: { fate: 'send' },
  never: { fate: 'noOptIn' },
  opted: { fate: 'optedOut' },
  capped: { fate: 'frequencyCap' },
  hushed: { fate: 'missingField', fields: { firstName: '' } },
  nowhere: { fate: 'noAddress', fields: { phoneNumber: undefined } },
  shopless: { fate: 'emptyMessage', fields: { shop: '' } },
  nameless: { fate: 'missingField', fields: { firstName: '' } },
  lengthy: { fate: 'contentTooLong', fields: { long: 'x'.repeat(2_000) } },
  silent: { fate: 'skippedByTemplate', fields: { silent: true } },
  unreachable: { fate: 'unreachable' },
  abroad: { fate: 'senderCountry', fields: { phoneNumber: '+525555570000' } },
  early: { fate: 'delayed', fields: { phoneNumber: '+18082000001' } },
  mute: { fate: 'skippedByTemplate', fields: { phoneNumber: '+18082000002', silent: true } },
  barred: { fate: 'none' },
};
const emailOf = (name: string) => `${name}@example.com`;
const names = Object.keys(people);
/** Short links are made anew each time. */
const withoutCodes = (text: string | null | undefined) => text?.replace(/\/l\/\S+/g, '/l/…') ?? null;

async function pages(path: string): Promise<Person[]> {
  const found: Person[] = [];
  let after = '';
  do {
    const query = after === '' ? '' : `&after=${after}`;
    const page = await program.call<{ people: Person[]; nextAfter?: string }>('GET', `${path}${query}`);
    found.push(...page.people);
    after = page.nextAfter ?? '';
  } while (after !== '');
  return found;
}

test('forecast, rehearsal, its file and what a launch writes agree person by person, whatever becomes of them', async () => {
  const { messageTypeId, channelId } = (await typesByChannel(program)).get('SMS Marketing')!;
  const { db } = program.database;
  const users = names.map((name, index) => ({
    email: emailOf(name),
    dataFields: {
      ...{ phoneNumber: sanFranciscoNumber(index), firstName: 'Ann', shop: 'Geary Street' },
      ...people[name]?.fields,
    },
  }));
  await program.call('POST', '/api/users/bulkUpdate', { users });
  const listOf = async (name: string, members: readonly string[]) => {
    const { listId } = await program.call<{ listId: number }>('POST', '/api/lists', { name });
    const subscribers = members.map((member) => ({ email: emailOf(member) }));
    await program.call('POST', '/api/lists/subscribe', { listId, subscribers });
    return listId;
  };
  await program.call('POST', '/api/consent', {
    consents: names
      .filter((name) => name !== 'never')
      .map((name) => ({ email: emailOf(name), messageTypeId, method: 'webForm', source: 'the shop' })),
  });
  await program.call('PUT', `/api/subscriptions/messageChannel/${channelId}?action=unsubscribe`, {
    users: [emailOf('opted')],
  });
  const gone = await db
    .selectFrom('users')
    .select(['lane', 'id', 'phone_number'])
    .where('email', '=', emailOf('unreachable'))
    .executeTakeFirstOrThrow();
  await markUnreachable(db, gone.lane, [
    {
      ...{ userId: gone.id, medium: 'sms', address: gone.phone_number ?? '', code: '30005' },
      since: program.clock.now(),
    },
  ]);
  const { senders } = await program.call<{ senders: { id: number; kind: string }[] }>('GET', '/api/senders');
  const senderId = senders.find(({ kind }) => kind === 'shortCode')?.id;
  const blast = async (name: string, message: string, listIds: number[], more: object = {}) => {
    const { params } = await program.call<{ params: { templateId: number } }>(
      'POST',
      '/api/templates/sms/upsert',
      { clientTemplateId: name, messageTypeId, message },
    );
    const { campaignId } = await program.call<{ campaignId: number }>('POST', '/api/campaigns/create', {
      ...{ name, templateId: params.templateId, listIds, scheduleSend: false, caps: 'skip', ...more },
    });
    return campaignId;
  };
  await program.call('PATCH', '/api/project', { frequencyCaps: [{ messages: 1, hours: 24, medium: 'sms' }] });
  const earlier = await blast('Earlier', 'Carillon: first', [await listOf('E', ['capped', 'hushed'])]);
  await sendCampaign(program, earlier, (totals) => totals.delivered === 2);

  const campaignId = await blast(
    'All',
    '{{#if silent}}{{sendSkip cause="asked for silence"}}{{/if}}{{#if shop}}Carillon: {{firstName}}, see you in {{shop}}: https://example.com/offer {{#if long}}{{long}}{{/if}}{{/if}}',
    [await listOf('All', names), await listOf('Again', ['twice', 'barred'])],
    { senderId, suppressionListIds: [await listOf('Out', ['barred'])] },
  );
  const path = `/api/campaigns/${campaignId}`;
  const forecast = await program.call<Forecast>('GET', `${path}/forecast`);
  const rehearsed = await pages(`${path}/rehearsal?limit=5`);
  const delayed = await pages(`${path}/forecast/people?reason=delayed`);
  const file = await exported(campaignId);
  const before = await sql`SELECT 1 FROM message WHERE campaign_id = ${campaignId}`.execute(db);
  assert.equal(before.rows.length, 0, 'nothing was written');

  // Each has the fate that is theirs.
  const fateOf = new Map(
    rehearsed.map((person) => [person.email, person.reason ?? (person.isDelayed ? 'delayed' : person.fate)]),
  );
  const expected = names
    .filter((name) => name !== 'barred')
    .map((name) => [emailOf(name), people[name]?.fate]);
  assert.deepEqual(Object.fromEntries(fateOf), Object.fromEntries(expected));
  // The forecast is their sum.
  const counts = (reasons: (string | null)[]) =>
    Object.fromEntries(
      [
        ...Map.groupBy(
          reasons.filter((each) => each !== null),
          (each) => each,
        ),
      ].map(([reason, all]) => [reason, all.length]),
    );
  assert.ok(forecast.exact);
  assert.deepEqual(
    { ...forecast.skipsByReason, ...forecast.expectedSkips },
    counts(rehearsed.map((p) => p.reason)),
  );
  const sends = rehearsed.filter((person) => person.fate === 'send');
  assert.deepEqual(
    [forecast.audience, forecast.sends, forecast.delayed, forecast.segments],
    [rehearsed.length, sends.length, 1, sends.reduce((sum, person) => sum + person.segments, 0)],
  );
  assert.deepEqual(
    delayed.map(({ email }) => email),
    [emailOf('early')],
  );

  // The launch does the same.
  const totals = await sendCampaign(
    program,
    campaignId,
    (each, waiting) => each.audience === rehearsed.length && each.pending === 1 && waiting === 1,
  );
  assert.deepEqual(totals.skipsByReason, { ...forecast.skipsByReason, ...forecast.expectedSkips });
  assert.equal(totals.sends + totals.pending, forecast.sends);
  const { rows: written } = await sql<{
    email: string;
    reason: string | null;
    detail: string | null;
    senderId: number | null;
    address: string | null;
    segments: number;
    price: number;
    text: string | null;
    dueAt: Date;
    isLate: boolean;
  }>`
    SELECT u.email, m.skip_reason AS reason, m.error_detail AS detail, m.sender_id AS "senderId",
      m.to_address AS address, m.segments, m.price_micros / 1000000.0::float8 AS price, m.content ->> 'body' AS text,
      m.due_at AS "dueAt", m.due_at > m.not_before AS "isLate"
    FROM message m JOIN users u ON u.lane = m.lane AND u.id = m.user_id
    WHERE m.campaign_id = ${campaignId} ORDER BY u.email`.execute(db);
  const told = rehearsed.toSorted((a, b) => (a.email < b.email ? -1 : 1));
  assert.deepEqual(
    written.map(({ dueAt: _, isLate, ...row }) => ({
      ...{ ...row, text: withoutCodes(row.text), isDelayed: row.reason === null && isLate },
    })),
    told.map(({ email, reason, detail, senderId, address, segments, price, text, isDelayed }) => ({
      ...{ email, reason, detail, senderId, address, segments, price, text: withoutCodes(text), isDelayed },
    })),
  );
  const early = written.find(({ email }) => email === emailOf('early'));
  assert.equal(told.find(({ email }) => email === emailOf('early'))?.dueAt, early?.dueAt.getTime());

  // And so does the file.
  assert.deepEqual(
    file
      .map((row) => [row.email, row.fate, row.reason, row.segments, row.address, withoutCodes(row.text)])
      .sort(),
    rehearsed
      .map((person) => [
        ...[person.email, person.fate, person.reason ?? '', String(person.segments)],
        ...[person.address ?? '', withoutCodes(person.text) ?? ''],
      ])
      .sort(),
  );
});

/** A rehearsal as the export writes it, once it is through; it tells how far it is. */
async function exported(campaignId: number): Promise<Record<string, string>[]> {
  const { jobId } = await program.call<{ jobId: number }>('POST', '/api/export/start', {
    ...{ dataTypeName: 'campaignRehearsal', outputFormat: 'text/csv', campaignId },
  });
  const job = await program.until('the rehearsal to be exported', async () => {
    const { jobs } = await program.call<{ jobs: { id: number; jobState: string; rowsExported: number }[] }>(
      'GET',
      '/api/export/jobs',
    );
    return jobs.find(({ id, jobState }) => id === jobId && jobState === 'completed') ?? null;
  });
  assert.equal(job.rowsExported, names.length - 1);
  const text = await program.call<string>('GET', `/api/export/${jobId}/files/1`);
  const [heading = '', ...lines] = text
    .replace(/^\uFEFF/, '')
    .trimEnd()
    .split('\r\n');
  const cellsOf = (line: string) =>
    [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map(
      ([, quoted, bare]) => quoted?.replaceAll('""', '"') ?? bare ?? '',
    );
  const fields = cellsOf(heading);
  return lines.map((line) => Object.fromEntries(cellsOf(line).map((cell, place) => [fields[place], cell])));
}

test('a rehearsal is of the launch that is chosen, tells those of one fate, and refuses what it cannot be of', async () => {
  const { campaigns } = await program.call<{ campaigns: { id: number; name: string }[] }>(
    'GET',
    '/api/campaigns',
  );
  const { id } = campaigns.find(({ name }) => name === 'Earlier')!;
  // One at night in San Francisco, a day later, when no limit stands against it any more.
  const night = await pages(`/api/campaigns/${id}/rehearsal?sendAt=2026-11-25T09:00:00Z&fate=delayed`);
  assert.equal(night.length, 2);
  assert.ok(night.every(({ dueAt }) => dueAt === Date.parse('2026-11-25T16:00:00Z')));
  assert.equal((await pages(`/api/campaigns/${id}/rehearsal?fate=frequencyCap`)).length, 2);
  assert.equal((await pages(`/api/campaigns/${id}/rehearsal?fate=send`)).length, 0);
  const fates = program.call('GET', `/api/campaigns/${id}/rehearsal?fate=bored`);
  await assert.rejects(
    fates,
    /fate must be one of \\"send\\", \\"delayed\\", \\"skip\\", .*\\"userDeleted\\"/,
  );
  const start = (more: object) =>
    program.call('POST', '/api/export/start', {
      ...{ dataTypeName: 'campaignRehearsal', outputFormat: 'text/csv', ...more },
    });
  await assert.rejects(start({}), /400.*campaignId: say of which campaign/);
  await assert.rejects(start({ campaignId: 999 }), /404.*No campaign 999/);
  await assert.rejects(start({ campaignId: id, startDateTime: '2026-11-01' }), /400.*leave them out/);
  await assert.rejects(
    start({ campaignId: id, launch: { sendAt: '2020-01-01T00:00:00Z' } }),
    /400.*lies in the past/,
  );
});
