import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { sql } from 'kysely';
import { type Handsets, handsets, ours } from '../testing/people.ts';
import { startTestProgram, type TestProgram } from '../testing/program.ts';

let program: TestProgram;
let phones: Handsets;
let profileId: number;

before(async () => {
  program = await startTestProgram();
  phones = handsets(program);
  ({ id: profileId } = await program.call<{ id: number }>('POST', '/api/verifications/profiles', {
    name: 'Sign-in',
    countries: ['US', 'GB'],
  }));
  // What networks allow in a second is not what is asked about here.
  const { senders } = await program.call<{ senders: { id: number }[] }>('GET', '/api/senders');
  for (const { id } of senders)
    await program.call('PATCH', `/api/senders/${id}`, { mps: 1_000, dailyCap: null });
});
after(() => program.close());

interface Refused {
  status: number;
  msg: string;
  params: { reason: string; limit?: string; retryAfterSeconds?: number; field?: string };
}

async function attempt(path: string, body: object): Promise<Refused> {
  const answer = await fetch(program.url + path, {
    method: 'POST',
    headers: { 'Api-Key': program.key, 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  });
  return { status: answer.status, ...((await answer.json()) as Omit<Refused, 'status'>) };
}

interface Begun {
  verificationId: string;
  messageId: string;
  channel: string;
  expiresAt: string;
  resendAt: string | null;
}
const begin = (phoneNumber: string, more: object = {}) =>
  program.call<Begun>('POST', '/api/verifications', { profileId, phoneNumber, ...more });
const check = async (phoneNumber: string, code: string, more: object = {}) => {
  const answer = await program.call<{ status: string }>('POST', '/api/verifications/check', {
    ...{ profileId, phoneNumber, code },
    ...more,
  });
  return answer.status;
};
/** The code in the `count`-th text that came to a handset. */
async function codeAt(phone: string, count = 1): Promise<string> {
  const heard = await phones.hears(phone, count);
  const [code] = /\d{6,10}/.exec(heard[count - 1]?.body ?? '') ?? [];
  assert.ok(code, `no code in “${heard[count - 1]?.body}”`);
  return code;
}
const other = (code: string) => String((Number(code) + 1) % 10 ** code.length).padStart(code.length, '0');

test('a code comes to a number that nobody knew, is right once, and stands nowhere but on the handset', async () => {
  const phone = '+14155551001';
  const begun = await begin('(415) 555-1001');
  assert.equal(begun.channel, 'sms');
  const code = await codeAt(phone);
  const [text] = await phones.heard(phone);
  assert.match(text?.body ?? '', /^\d{6} is your .+ code\. Do not share it with anyone\.$/);
  assert.equal(text?.from, ours.transactional);
  assert.equal(await check(phone, other(code)), 'rejected');
  assert.equal(await check(phone, ` ${code.slice(0, 3)}-${code.slice(3)} `), 'verified');
  assert.equal(await check(phone, code), 'rejected');

  const { rows: tables } = await sql<{ name: string }>`
    SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables
    WHERE schemaname IN ('public', 'pgboss')`.execute(program.database.db);
  for (const { name } of tables) {
    const { rows } = await sql`SELECT 1 FROM ${sql.raw(name)} t WHERE t::text LIKE ${`%${code}%`}`.execute(
      program.database.db,
    );
    assert.equal(rows.length, 0, `${name} holds the code`);
  }
  const message = await program.call('GET', `/api/messages/${begun.messageId}`);
  assert.ok(!JSON.stringify(message).includes(code));
  assert.match(JSON.stringify(message), /•••••• is your/);
});

test('while a code lives the same one is sent again, and no sooner than it says', async () => {
  const phone = '+14155551002';
  const first = await begin(phone);
  const code = await codeAt(phone);
  const early = await attempt('/api/verifications', { profileId, phoneNumber: phone });
  assert.equal(early.status, 429);
  assert.ok((early.params.retryAfterSeconds ?? 0) <= 30 && (early.params.retryAfterSeconds ?? 0) > 20);
  program.clock.advance(31_000);
  const second = await begin(phone);
  assert.equal(second.verificationId, first.verificationId);
  assert.equal(await codeAt(phone, 2), code);
  assert.equal(
    (await attempt('/api/verifications', { profileId, phoneNumber: phone })).params.limit,
    'number',
  );
  program.clock.advance(400_000);
  assert.equal(await check(phone, code), 'rejected');
  const third = await begin(phone);
  assert.notEqual(third.verificationId, first.verificationId);
  assert.notEqual(await codeAt(phone, 3), code);
});

test('a code lives on as it was when its profile comes to have longer ones', async () => {
  const phone = '+14155551008';
  await begin(phone);
  const code = await codeAt(phone);
  await program.call('PATCH', `/api/verifications/profiles/${profileId}`, { codeLength: 8 });
  program.clock.advance(31_000);
  await begin(phone);
  assert.equal(await codeAt(phone, 2), code);
  assert.equal(await check(phone, code), 'verified');
  await program.call('PATCH', `/api/verifications/profiles/${profileId}`, { codeLength: 6 });
});

test('a thousand guesses at once give nothing away, and then the right code is worth nothing', async () => {
  const phone = '+14155551003';
  await begin(phone);
  const code = await codeAt(phone);
  const guesses = Array.from({ length: 1_000 }, (_, index) => String(index).padStart(6, '0')).filter(
    (guess) => guess !== code,
  );
  const answers = await inTurns(guesses.length, (index) => check(phone, guesses[index] ?? ''));
  assert.ok(answers.every((status) => status === 'rejected'));
  assert.equal(await check(phone, code), 'rejected');
  // What is answered for a number that was never sent a code is the same.
  assert.equal(await check('+14155551999', '123456'), 'rejected');
});

test('after twenty wrong tries of a day no code of the number is right, by whatever profile it was sent', async () => {
  const phone = '+14155551041';
  const ids: number[] = [];
  for (let index = 0; index < 5; index++) {
    const body = { name: `Guessed ${index}`, countries: ['US'] };
    const made = await program.call<{ id: number }>('POST', '/api/verifications/profiles', body);
    ids.push(made.id);
    await begin(phone, { profileId: made.id });
  }
  const last = await codeAt(phone, 5);
  for (const of of ids)
    for (let tries = 0; tries < 4; tries++)
      assert.equal(await check(phone, other(last), { profileId: of }), 'rejected');
  assert.equal(await check(phone, last, { profileId: ids[4] }), 'rejected');
});

test('who asks again and again for one number takes no turn from others', async () => {
  const { id } = await program.call<{ id: number }>('POST', '/api/verifications/profiles', {
    ...{ name: 'Impatient', countries: ['US'], hourlyLimit: 40 },
  });
  await begin('+14155551051', { profileId: id });
  for (let count = 0; count < 50; count++) {
    const { params } = await attempt('/api/verifications', { profileId: id, phoneNumber: '+14155551051' });
    assert.equal(params.limit, 'number');
  }
  // One that lies beside it, and one that shares the limit of the hour.
  await begin('+14155551052', { profileId: id });
  await begin('+12125551052', { profileId: id });
});

test('a code that is asked for while its person is deleted is one of somebody new', async () => {
  const phone = '+14155551061';
  await program.call('POST', '/api/users/update', { userId: 'leaving', phoneNumber: phone });
  const { db } = program.database;
  const waiting = (count: number) =>
    program.until(`${count} to wait`, async () => {
      const { rows } = await sql`
        SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`.execute(
        db,
      );
      return rows.length >= count ? true : null;
    });
  const [deleted, begun] = await db
    .transaction()
    .execute(async (transaction) => {
      await sql`SELECT 1 FROM users WHERE external_id = 'leaving' FOR UPDATE`.execute(transaction);
      const deleting = program.call('DELETE', '/api/users/byUserId/leaving');
      await waiting(1);
      const beginning = begin(phone);
      await waiting(2);
      return [deleting, beginning] as const;
    })
    .then((both) => Promise.all(both));
  assert.ok(deleted);
  assert.equal(await check(phone, await codeAt(phone)), 'verified');
  assert.ok(begun.messageId);
});

test('of two checks at once one is right', async () => {
  const phone = '+14155551004';
  await begin(phone);
  const code = await codeAt(phone);
  const answers = await Promise.all(Array.from({ length: 20 }, () => check(phone, code)));
  assert.equal(answers.filter((status) => status === 'verified').length, 1);
});

test('a number of somebody known is answered as one of nobody, and its person has the event', async () => {
  await program.call('POST', '/api/users/update', {
    userId: 'ada',
    dataFields: { phoneNumber: '+14155551005' },
  });
  const known = await begin('+14155551005');
  const unknown = await begin('+14155551006');
  assert.deepEqual(Object.keys(known), Object.keys(unknown));
  assert.equal(await check('+14155551005', await codeAt('+14155551005')), 'verified');
  const { events } = await program.call<{ events: { eventName?: string }[] }>(
    'GET',
    '/api/events/byUserId/ada',
  );
  assert.ok(events.some((event) => JSON.stringify(event).includes('phoneVerified')));
});

test('who has refused transactional texts gets no code by text', async () => {
  const phone = '+14155551007';
  await phones.writes(phone, ours.transactional, 'STOP');
  const refused = await attempt('/api/verifications', { profileId, phoneNumber: phone });
  assert.equal(refused.status, 409);
  assert.equal(refused.params.reason, 'OptOutStands');
  program.clock.advance(10_000);
  await phones.writes(phone, ours.transactional, 'START');
  await begin(phone);
  await phones.hearsOf(phone, /is your/);
});

test('codes go to countries that the profile names, and to lines that can have them', async () => {
  const abroad = await attempt('/api/verifications', { profileId, phoneNumber: '+33612345678' });
  assert.equal(abroad.status, 400);
  assert.match(abroad.msg, /FR.*US, GB/);
  for (const phoneNumber of ['+18005550199', '+442079460958', '12', '415-555-1001 or 415-555-1002'])
    assert.equal(
      (await attempt('/api/verifications', { profileId, phoneNumber })).params.field,
      'phoneNumber',
    );
});

/** RUNS_TIMES=10 for ten thousand. */
const times = Number(process.env.RUNS_TIMES ?? 1);

test('thousands of starts cost no more than the limits, and who was never verified is forgotten', async () => {
  const { id } = await program.call<{ id: number }>('POST', '/api/verifications/profiles', {
    ...{ name: 'Attacked', countries: ['US'], hourlyLimit: 120 },
  });
  const before = await people();
  const start = (phoneNumber: string, more: object = {}) =>
    attempt('/api/verifications', { profileId: id, phoneNumber, ...more });
  // One prefix, as pumped numbers come.
  const beside = await inTurns(200 * times, (index) => start(`+1212555${String(2_000 + index)}`));
  assert.equal(beside.filter(({ status }) => status === 200).length, 30);
  assert.ok(beside.every(({ status, params }) => status === 200 || params.limit === 'prefix'));
  // One visitor, many prefixes.
  const visitor = { clientAddress: '2001:db8:1:2::7' };
  const far = (index: number) => `+1${212 + Math.floor(index / 700)}${555 + (index % 350)}${1_000 + index}`;
  const from = await inTurns(100 * times, (index) => start(far(index), visitor));
  assert.equal(from.filter(({ status }) => status === 200).length, 20);
  // Spelled otherwise it is the same visitor.
  for (const clientAddress of ['2001:DB8:1:2:0::8', '2001:0db8:0001:0002:ffff:ffff:ffff:ffff'])
    assert.equal((await start(far(900), { clientAddress })).params.limit, 'client');
  // Many visitors, many prefixes.
  const spread = await inTurns(700 * times, (index) =>
    start(far(index + 1_000), { clientAddress: `10.0.${index >> 8}.${index & 255}` }),
  );
  const sent = [...beside, ...from, ...spread].filter(({ status }) => status === 200).length;
  assert.equal(sent, 120);
  const figures = await program.call<{ total: { sent: number; refused: number }; countries: unknown[] }>(
    'GET',
    `/api/verifications/profiles/${id}/figures`,
  );
  assert.equal(figures.total.sent, 120);
  assert.ok((await people()) <= before + 120);
  program.clock.advance(26 * 3_600_000);
  await program.until('strangers to be forgotten', async () => ((await people()) <= before ? true : null));
});

test('codes that are asked for at once do not pass the budget together', async () => {
  const made = { name: 'Small budget', countries: ['GB'], dailyBudget: 0 };
  const { id } = await program.call<{ id: number }>('POST', '/api/verifications/profiles', made);
  const start = (index: number) =>
    attempt('/api/verifications', { profileId: id, phoneNumber: `+4474001${10_000 + index * 731}` });
  assert.equal((await start(0)).params.limit, 'budget');
  await program.call('PATCH', `/api/verifications/profiles/${id}`, { dailyBudget: 0.2 });
  const all = await Promise.all(Array.from({ length: 40 }, (_, index) => start(index + 1)));
  const sent = all.filter(({ status }) => status === 200).length;
  assert.ok(all.every(({ status, params }) => status === 200 || params.limit === 'budget'));
  const { total } = await program.call<{ total: { sent: number; cost: number } }>(
    'GET',
    `/api/verifications/profiles/${id}/figures`,
  );
  assert.equal(total.sent, sent);
  assert.ok(sent > 0 && sent < 40 && total.cost <= 0.2, `${sent} codes for ${total.cost} dollars`);
  // Another one would have passed it.
  assert.ok(total.cost + total.cost / sent > 0.2);
});

test('where codes are hardly ever checked none is sent any more, until somebody lifts it', async () => {
  const { id } = await program.call<{ id: number }>('POST', '/api/verifications/profiles', {
    ...{ name: 'Blocked', countries: ['US'] },
  });
  const start = (index: number) =>
    attempt('/api/verifications', { profileId: id, phoneNumber: `+1213555${String(3_000 + index)}` });
  for (const part of [0, 1]) {
    await inTurns(25, (index) => start(part * 25 + index));
    program.clock.advance(3_700_000);
  }
  const refused = await start(60);
  assert.equal(refused.params.limit, 'prefixBlocked');
  const { blocks } = await program.call<{ blocks: { id: number; key: string; sent: number }[] }>(
    'GET',
    `/api/verifications/profiles/${id}/figures`,
  );
  assert.deepEqual(
    blocks.map(({ key, sent }) => [key, sent]),
    [['+1213555', 50]],
  );
  await program.call('POST', `/api/verifications/profiles/${id}/blocks/${blocks[0]?.id}/lift`);
  assert.equal((await start(61)).status, 200);
});

test('site and app get the lines by which they fill the code in, in one segment', async () => {
  const profile = await program.call<{ id: number; segments: number; example: string }>(
    'POST',
    '/api/verifications/profiles',
    {
      ...{
        name: 'App',
        countries: ['GB'],
        webDomain: 'shop.example.com',
        appHash: 'FA+9qCX9VSu',
        brand: 'Æther',
      },
      ...{ texts: { de: '{code} – {brand}', '*': 'Code {code} ({brand})' } },
    },
  );
  assert.equal(profile.segments, 1);
  const phone = '+447400100200';
  await program.call('POST', '/api/verifications', { profileId: profile.id, phoneNumber: phone });
  const [text] = await phones.hears(phone, 1);
  assert.match(text?.body ?? '', /^Code (\d{6}) \(Æther\)\nFA\+9qCX9VSu\n@shop\.example\.com #\1$/);
});

test('on WhatsApp a code goes out by Meta’s own words once they are approved, and by text where that fails', async () => {
  const { senders } = await program.call<{ senders: { id: number; medium: string; purpose: string }[] }>(
    'GET',
    '/api/senders',
  );
  const sender = senders.find((each) => each.medium === 'whatsApp' && each.purpose === 'transactional');
  const { id } = await program.call<{ id: number }>('POST', '/api/verifications/profiles', {
    ...{ name: 'WhatsApp first', countries: ['GB'], channels: ['whatsApp', 'sms'] },
  });
  const start = (phoneNumber: string, more: object = {}) =>
    program.call<Begun>('POST', '/api/verifications', { profileId: id, phoneNumber, ...more });
  // Nothing is approved yet.
  assert.equal((await start('+447400100301')).channel, 'sms');
  const alone = await attempt('/api/verifications', {
    ...{ profileId: id, phoneNumber: '+447400100302', channel: 'whatsApp' },
  });
  assert.match(alone.msg, /whatsApp: templateNotApproved/);
  await program.call('POST', `/api/verifications/profiles/${id}/whatsApp`, { senderId: sender?.id });
  await program.until('Meta to approve it and to tell us', async () => {
    const profile = await program.call<{ whatsApp: { status: string }[] }>(
      'GET',
      `/api/verifications/profiles/${id}`,
    );
    return profile.whatsApp[0]?.status === 'APPROVED' ? true : null;
  });

  const costOf = async () =>
    (await program.call<{ total: { cost: number } }>('GET', `/api/verifications/profiles/${id}/figures`))
      .total.cost;
  const phone = '+447400100303';
  const costBefore = await costOf();
  assert.equal((await start(phone)).channel, 'whatsApp');
  const ofOne = (await costOf()) - costBefore;
  const [message] = await phones.hears(phone, 1);
  assert.equal(message?.wire, 'meta');
  const [code = '', again] = message?.template?.parameters ?? [];
  assert.match(code, /^\d{6}$/);
  assert.equal(again, code);
  const checked = await program.call<{ status: string }>('POST', '/api/verifications/check', {
    ...{ profileId: id, phoneNumber: phone, code },
  });
  assert.equal(checked.status, 'verified');

  const unreached = '+447400100304';
  await program.simulator('PUT', `/behaviour/${encodeURIComponent(unreached)}`, { errors: { 131026: 1 } });
  await start(unreached, { locale: 'de' });
  const text = await phones.hearsOf(unreached, /Ihr Code/);
  assert.equal(text.wire, 'twilio');

  // The budget reaches for the first message only.
  const last = '+447400100305';
  await program.simulator('PUT', `/behaviour/${encodeURIComponent(last)}`, { errors: { 131026: 1 } });
  await program.call('PATCH', `/api/verifications/profiles/${id}`, {
    dailyBudget: (await costOf()) + ofOne + 0.000001,
  });
  await start(last);
  await program.until('its message to fail', async () => {
    const { rows } =
      await sql`SELECT 1 FROM message WHERE to_address = ${last} AND status = 'bounced'`.execute(
        program.database.db,
      );
    return rows.length > 0 ? true : null;
  });
  await program.call('PATCH', `/api/verifications/profiles/${id}`, { dailyBudget: 50 });
  const after = '+447400100306';
  await program.simulator('PUT', `/behaviour/${encodeURIComponent(after)}`, { errors: { 131026: 1 } });
  await start(after);
  await phones.hearsOf(after, /is your/);
  assert.deepEqual(
    (await phones.heard(last)).map(({ wire }) => wire),
    ['meta'],
  );
});

test('Iterable’s calls begin and check', async () => {
  const phone = '+14155551020';
  const begun = await program.call<{ code: string }>('POST', '/api/verify/sms/begin', {
    ...{ phoneNumber: phone, verificationProfileId: profileId },
  });
  assert.equal(begun.code, 'Success');
  const code = await codeAt(phone);
  const checked = async (typed: string) => {
    const answer = await program.call<{ params: { status: string } }>('POST', '/api/verify/sms/check', {
      ...{ phoneNumber: phone, verificationProfileId: profileId, code: typed },
    });
    return answer.params.status;
  };
  assert.equal(await checked(other(code)), 'rejected');
  assert.equal(await checked(code), 'verified');
});

async function people(): Promise<number> {
  const { rows } = await sql<{ count: number }>`SELECT count(*)::int AS count FROM users`.execute(
    program.database.db,
  );
  return rows[0]?.count ?? 0;
}

/** So many calls, fifty at once. */
async function inTurns<Result>(count: number, call: (index: number) => Promise<Result>): Promise<Result[]> {
  const results: Result[] = [];
  const indexes = Array.from({ length: count }, (_, index) => index).values();
  const work = async () => {
    for (const index of indexes) results[index] = await call(index);
  };
  await Promise.all(Array.from({ length: 50 }, work));
  return results;
}

test('a code on WhatsApp is taken over by the apps that the profile names, once Meta has approved that', async () => {
  const { senders } = await program.call<{ senders: { id: number; medium: string; purpose: string }[] }>(
    'GET',
    '/api/senders',
  );
  const sender = senders.find((each) => each.medium === 'whatsApp' && each.purpose === 'transactional');
  const apps = [{ packageName: 'com.example.app', signatureHash: 'FA+9qCX9VSu' }];
  const made = (name: string, whatsAppApps: object) =>
    program.call<{ id: number; whatsAppApps: object }>('POST', '/api/verifications/profiles', {
      ...{ name, countries: ['GB'], channels: ['whatsApp'], whatsAppApps },
    });
  await assert.rejects(made('Unaccepted', { tap: 'zeroTap', apps }), /accept Meta’s terms of zero-tap/);
  await assert.rejects(
    made('No hash', { tap: 'oneTap', apps: [{ ...apps[0], signatureHash: 'x' }] }),
    /whatsAppApps/,
  );
  const taps = [
    { tap: 'oneTap', apps, autofillText: 'Fill it in' },
    { tap: 'zeroTap', apps, zeroTapTermsAccepted: true },
  ];
  for (const [index, whatsAppApps] of taps.entries()) {
    const profile = await made(`By ${whatsAppApps.tap}`, whatsAppApps);
    assert.deepEqual(profile.whatsAppApps, whatsAppApps);
    const path = `/api/verifications/profiles/${profile.id}`;
    interface Standing {
      whatsApp: { status: string; name: string }[];
    }
    const standing = async () => (await program.call<Standing>('GET', path)).whatsApp[0];
    await program.call('POST', `${path}/whatsApp`, { senderId: sender?.id });
    await program.until(`approval of ${whatsAppApps.tap}`, async () =>
      (await standing())?.status === 'APPROVED' ? true : null,
    );
    const phone = `+44740010040${index}`;
    const begun = await program.call<Begun>('POST', '/api/verifications', {
      ...{ profileId: profile.id, phoneNumber: phone },
    });
    assert.equal(begun.channel, 'whatsApp');
    const [message] = await phones.hears(phone, 1);
    const [code = ''] = message?.template?.parameters ?? [];
    assert.match(code, /^\d{6}$/);
    const { rendered } = (
      await program.simulator<{ messages: { rendered: { buttons: { url: string }[] } }[] }>(
        'GET',
        `/handsets/${encodeURIComponent(phone)}/messages`,
      )
    ).messages[0]!;
    const type = whatsAppApps.tap === 'oneTap' ? 'ONE_TAP' : 'ZERO_TAP';
    assert.match(rendered.buttons[0]?.url ?? '', new RegExp(`otp_type=${type}&code=otp${code}$`));
    // Another app is another template.
    await program.call('PATCH', path, { whatsAppApps: null });
    assert.equal(await standing(), undefined);
  }
});
