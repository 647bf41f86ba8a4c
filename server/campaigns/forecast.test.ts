import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import { setImmediate } from 'node:timers/promises';
import { sql } from 'kysely';
import { skipReasons } from '../delivery/skip-reason.ts';
import { startTestApi, type TestApi } from '../testing/api.ts';
import { markUnreachable } from '../users/unreachable.ts';
import {
  addList,
  addSender,
  addTemplate,
  addUsers,
  findChannel,
  type Ground,
  groundOf,
  phoneOf,
  type TestUser,
} from './campaign-fixtures.ts';
import { counted, estimate } from './estimated-forecast.ts';
import { imagineLaunch } from './imagined-launch.ts';
import { openForecasts } from './ongoing-forecasts.ts';
import { rehearse } from './rehearsal.ts';
import { campaignRoutes } from './routes.ts';

let api: TestApi;
let ground: Ground;
before(async () => {
  api = await startTestApi([campaignRoutes]);
  ground = groundOf(api);
  await addSender(ground);
});
after(() => api.close());

/** A launch now. */
const imaginedNow = (campaignId: number) =>
  imagineLaunch(api.context, { id: api.projectId, timeZone: 'UTC' }, campaignId, {
    ...{ schedule: null, goesTo: null, suppressionListIds: [], suppressionSegmentIds: [] },
    ...{ dataFields: {}, allowRepeats: true },
  });

/** Opts users in to the channel and its message type, or out of it. */
async function subscribe(users: readonly TestUser[], status: 'subscribed' | 'unsubscribed') {
  const { channelId, messageTypeId } = await findChannel(ground);
  for (const [kind, target] of [
    ['channel', channelId],
    ['messageType', messageTypeId],
  ] as const)
    await sql`
      INSERT INTO subscription (lane, project_id, user_id, kind, target_id, status, entry_id, since)
      SELECT lane, ${ground.projectId}, user_id, ${kind}, ${target}, ${status}, 1, ${ground.at}
      FROM unnest(${users.map((user) => user.lane)}::smallint[], ${users.map((user) => user.id)}::bigint[]) u (lane, user_id)`.execute(
      ground.db,
    );
}

test('the sum before launch counts who is kept out and renders the rest', async () => {
  const users = await addUsers(ground, 20);
  await sql`UPDATE users SET place_key = 'US-CA@America/Los_Angeles' WHERE project_id = ${api.projectId}`.execute(
    ground.db,
  );
  await subscribe(users.slice(0, 12), 'subscribed');
  await subscribe(users.slice(12, 15), 'unsubscribed');
  const [first, second] = users;
  await sql`DELETE FROM address WHERE user_id = ${first?.id} AND kind = 'phone'`.execute(ground.db);
  await markUnreachable(ground.db, second?.lane ?? 0, [
    {
      userId: second?.id ?? 0,
      medium: 'sms',
      address: phoneOf(second?.id ?? 0),
      code: '30005',
      since: ground.at,
    },
  ]);
  const made = await api.call('POST', '/api/campaigns/create', {
    name: 'Sale',
    templateId: await addTemplate(ground),
    listIds: [await addList(ground, users)],
    scheduleSend: false,
  });
  const { campaignId } = made.body as { campaignId: number };
  const answer = await api.call('GET', `/api/campaigns/${campaignId}/forecast`);
  assert.equal(answer.status, 200, answer.text);
  const { price, ...forecast } = answer.body as Record<string, unknown> & { price: number };
  assert.deepEqual(forecast, {
    audience: 20,
    skipsByReason: { optedOut: 3, noOptIn: 5, noAddress: 1, unreachable: 1 },
    reachable: 10,
    sampled: 10,
    exact: true,
    expectedSkips: {},
    sends: 10,
    delayed: 0,
    firstAt: ground.at.getTime(),
    lastAt: ground.at.getTime(),
    segments: 10,
    segmentsEach: 1,
    judged: 20,
    isCounted: true,
    sendsBetween: { from: 10, to: 10, surety: 1 },
    refusal: null,
  });
  assert.ok(price > 0.05 && price < 1, String(price));
});

test('a large audience is projected from a sample, and says so', async () => {
  const users = await addUsers(ground, 1500);
  await sql`UPDATE users SET place_key = 'US-CA@America/Los_Angeles' WHERE project_id = ${api.projectId}`.execute(
    ground.db,
  );
  await subscribe(users, 'subscribed');
  const made = await api.call('POST', '/api/campaigns/create', {
    name: 'Sale',
    templateId: await addTemplate(ground),
    listIds: [await addList(ground, users)],
    scheduleSend: false,
  });
  const { campaignId } = made.body as { campaignId: number };
  const { body } = await api.call('GET', `/api/campaigns/${campaignId}/forecast`);
  const forecast = body as { exact: boolean; sampled: number; sends: number; segments: number };
  assert.equal(forecast.exact, false);
  assert.ok(forecast.sampled > 400 && forecast.sampled <= 512, String(forecast.sampled));
  assert.equal(forecast.sends, 1500);
  assert.equal(forecast.segments, 1500);
});

test('a triggered campaign is asked for its lists', async () => {
  const made = await api.call('POST', '/api/campaigns/create', {
    name: 'Reminder',
    templateId: await addTemplate(ground),
  });
  const { campaignId } = made.body as { campaignId: number };
  assert.equal((await api.call('GET', `/api/campaigns/${campaignId}/forecast`)).status, 400);
});

test('the forecast at another time is judged by the hours at that time, and people behind a figure are named', async () => {
  const users = await addUsers(ground, 6);
  await sql`UPDATE users SET place_key = 'US-CA@America/Los_Angeles' WHERE project_id = ${api.projectId}`.execute(
    ground.db,
  );
  await subscribe(users.slice(0, 4), 'subscribed');
  await subscribe(users.slice(4), 'unsubscribed');
  const made = await api.call('POST', '/api/campaigns/create', {
    ...{ name: 'Sale', templateId: await addTemplate(ground), scheduleSend: false },
    listIds: [await addList(ground, users)],
  });
  const { campaignId } = made.body as { campaignId: number };
  interface Sum {
    delayed: number;
    firstAt: number;
    skipsByReason: object;
  }
  const forecast = async (query: string) => {
    const answer = await api.call('GET', `/api/campaigns/${campaignId}/forecast?${query}`);
    assert.equal(answer.status, 200, answer.text);
    return answer.body as Sum;
  };
  const people = async (query: string) => {
    const answer = await api.call('GET', `/api/campaigns/${campaignId}/forecast/people?${query}`);
    assert.equal(answer.status, 200, answer.text);
    return answer.body as { people: { userId: string; dueAt: number | null }[]; nextAfter?: string };
  };
  // Noon in Los Angeles on Tuesday, and half past one at night there.
  const [noon, night] = ['sendAt=2026-11-24T20:00:00Z', 'sendAt=2026-11-25T09:30:00Z'];
  assert.equal((await forecast(noon)).delayed, 0);
  const atNight = await forecast(night);
  assert.equal(atNight.delayed, 4);
  assert.ok(atNight.firstAt > Date.parse('2026-11-25T09:30:00Z'));
  const own = await forecast(`${night}&inUserZone=true&startTimeZone=Europe/Berlin`);
  assert.equal(own.delayed, 0, 'half past ten by their own clock');
  assert.deepEqual((await people(`${noon}&reason=delayed`)).people, []);
  const waiting = await people(`${night}&reason=delayed`);
  assert.deepEqual(
    waiting.people.map((each) => each.userId).sort(),
    users.slice(0, 4).map(({ id }) => `u${id}`),
  );
  assert.ok(waiting.people.every((each) => each.dueAt === atNight.firstAt));
  const first = await people('reason=optedOut&limit=1');
  const second = await people(`reason=optedOut&limit=1&after=${first.nextAfter}`);
  assert.deepEqual(
    [...first.people, ...second.people].map((each) => each.userId).sort(),
    users.slice(4).map(({ id }) => `u${id}`),
  );
  for (const [query, fault] of [
    ['sendAt=2020-01-01T00:00:00Z', /lies in the past/],
    ['inUserZone=true', /sendAt: give the time/],
    [`${noon}&startTimeZone=Mars`, /no time zone/],
  ] as const) {
    const refused = await api.call('GET', `/api/campaigns/${campaignId}/forecast?${query}`);
    assert.equal(refused.status, 400);
    assert.match(refused.text, fault);
  }
  const unknown = await api.call('GET', `/api/campaigns/${campaignId}/forecast/people?reason=bored`);
  assert.equal(unknown.status, 400);
  for (const reason of [...skipReasons, 'delayed']) assert.ok(unknown.text.includes(reason), reason);
});

test('of a scheduled campaign its own time is told with what it keeps, and another time, or now, as a launch anew', async () => {
  const users = await addUsers(ground, 2);
  await sql`UPDATE users SET place_key = 'US-CA@America/Los_Angeles' WHERE project_id = ${api.projectId}`.execute(
    ground.db,
  );
  await subscribe(users, 'subscribed');
  const templateId = await addTemplate(ground);
  const made = await api.call('POST', '/api/campaigns/create', {
    ...{ name: 'Sale', templateId, scheduleSend: false, listIds: [await addList(ground, users)] },
  });
  const { campaignId } = made.body as { campaignId: number };
  // Half past one at night in Los Angeles.
  const scheduled = await api.call('POST', `/api/campaigns/${campaignId}/schedule`, {
    sendAt: '2026-11-25T09:30:00Z',
  });
  assert.equal(scheduled.status, 200, scheduled.text);
  const content = { medium: 'sms', message: 'Changed since', mediaUrls: [] };
  await sql`UPDATE template SET content = ${JSON.stringify(content)}::jsonb WHERE id = ${templateId}`.execute(
    ground.db,
  );
  const look = async (query: string) => {
    const { body } = await api.call('GET', `/api/campaigns/${campaignId}/forecast${query}`);
    const page = await api.call('GET', `/api/campaigns/${campaignId}/rehearsal${query}`);
    const [first] = (page.body as { people: { text: string }[] }).people;
    return [(body as { delayed: number }).delayed, first?.text.includes('Changed since')];
  };
  assert.deepEqual(await look(''), [2, false]);
  assert.deepEqual(await look('?sendNow=true'), [0, true]);
  assert.deepEqual(await look('?sendAt=2026-11-26T09:30:00Z'), [2, true]);
  await sql`UPDATE template SET archived_at = now() WHERE id = ${templateId}`.execute(ground.db);
  const refused = async (query: string) => {
    const { body, status } = await api.call('GET', `/api/campaigns/${campaignId}/forecast${query}`);
    return status === 200 ? (body as { refusal: string | null }).refusal : 'refused';
  };
  assert.equal(await refused(''), null);
  assert.equal(await refused('?sendNow=true'), 'refused');
  const both = await api.call(
    'GET',
    `/api/campaigns/${campaignId}/forecast?sendNow=true&sendAt=2026-11-26T09:30:00Z`,
  );
  assert.equal(both.status, 400);
  assert.match(both.text, /now or at sendAt/);
});

test('a large audience is first told with an interval, and the same answer becomes exact while one asks', async () => {
  const users = await addUsers(ground, 1_200);
  await sql`UPDATE users SET place_key = 'US-CA@America/Los_Angeles' WHERE project_id = ${api.projectId}`.execute(
    ground.db,
  );
  await subscribe(
    users.filter((_, index) => index % 4 > 0),
    'subscribed',
  );
  const made = await api.call('POST', '/api/campaigns/create', {
    ...{ name: 'Sale', templateId: await addTemplate(ground), scheduleSend: false },
    listIds: [await addList(ground, users)],
  });
  const { campaignId } = made.body as { campaignId: number };
  const imagined = await imaginedNow(campaignId);
  const look = openForecasts(api.context, 50);
  const first = await look('sale', imagined);
  assert.deepEqual([first.audience, first.isCounted, first.exact], [1_200, false, false]);
  assert.ok(first.judged < 1_200);
  const { from, to, surety } = first.sendsBetween;
  assert.ok(from <= first.sends && first.sends <= to && from < to, `${from} ${first.sends} ${to}`);
  assert.equal(surety, 0.95);
  let last = first;
  while (!last.isCounted) {
    api.clock.advance(1_000);
    await setImmediate();
    last = await look('sale', imagined);
  }
  assert.deepEqual(
    [last.judged, last.audience, last.skipsByReason, last.reachable],
    [1_200, 1_200, { noOptIn: 300 }, 900],
  );
  const whole = await openForecasts(api.context)('sale', imagined);
  assert.deepEqual({ ...last, price: 0 }, { ...whole, price: 0 });
});

test('figures that two processes tell of one large audience never go back, and one goes on where the other died', async () => {
  const users = await addUsers(ground, 1_000);
  await sql`UPDATE users SET place_key = 'US-CA@America/Los_Angeles' WHERE project_id = ${api.projectId}`.execute(
    ground.db,
  );
  await subscribe(users, 'subscribed');
  const made = await api.call('POST', '/api/campaigns/create', {
    ...{ name: 'Sale', templateId: await addTemplate(ground), scheduleSend: false },
    listIds: [await addList(ground, users)],
  });
  const { campaignId } = made.body as { campaignId: number };
  const imagined = await imaginedNow(campaignId);
  const [one, other] = [openForecasts(api.context, 50), openForecasts(api.context, 50)];
  let judged = 0;
  for (let turn = 0; ; turn++) {
    const told = await (turn % 2 === 0 ? one : other)('sale', imagined);
    assert.ok(told.judged >= judged, `${told.judged} after ${judged}`);
    judged = told.judged;
    if (told.isCounted) break;
    api.clock.advance(100);
    await setImmediate();
  }
  assert.equal(judged, 1_000);
  const { rows } = await sql`
    SELECT DISTINCT worker FROM ongoing_answer WHERE judged = 1000`.execute(ground.db);
  assert.equal(rows.length, 1, 'one has worked on it');
  // Its worker is silent, as if its process were gone, and what it came to is still told.
  await sql`UPDATE ongoing_answer SET worker = ${randomUUID()}::uuid,
    worked_at = worked_at - interval '1 hour', is_whole = false, judged = 700, answer = answer || '{"isCounted": false, "judged": 700}' WHERE judged = 1000`.execute(
    ground.db,
  );
  assert.equal((await one('sale', imagined)).judged, 700);
  let last = await one('sale', imagined);
  while (!last.isCounted) {
    api.clock.advance(100);
    await setImmediate();
    last = await one('sale', imagined);
    assert.ok(last.judged >= 700);
  }
});

test('a forecast begins anew when its campaign has been changed, and when nobody has looked at it for a while', async () => {
  const users = await addUsers(ground, 600);
  await sql`UPDATE users SET place_key = 'US-CA@America/Los_Angeles' WHERE project_id = ${api.projectId}`.execute(
    ground.db,
  );
  await subscribe(users, 'subscribed');
  const made = await api.call('POST', '/api/campaigns/create', {
    ...{ name: 'Sale', templateId: await addTemplate(ground), scheduleSend: false },
    listIds: [await addList(ground, users)],
  });
  const { campaignId } = made.body as { campaignId: number };
  const look = openForecasts(api.context, 50);
  const lookAgain = async () => {
    return look('sale', await imaginedNow(campaignId));
  };
  assert.equal((await lookAgain()).audience, 600);
  api.clock.advance(1_000);
  const listIds = [await addList(ground, users.slice(0, 200))];
  await api.call('PATCH', `/api/campaigns/${campaignId}`, { listIds });
  const changed = await lookAgain();
  assert.deepEqual([changed.audience, changed.sends], [200, 200]);
  await sql`UPDATE subscription SET status = 'unsubscribed' WHERE project_id = ${ground.projectId}`.execute(
    ground.db,
  );
  api.clock.advance(11_000);
  const later = await lookAgain();
  assert.deepEqual([later.audience, later.sends], [200, 0]);
});

test('the interval of an estimate holds the true number in about 95 of 100 cases, and is none when all are judged', () => {
  // mulberry32, so that every run sees the same cases.
  let state = 7;
  const random = () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const forecastOf = (judged: number, sends: number) => ({
    ...{
      audience: judged,
      skipsByReason: {},
      reachable: sends,
      sampled: sends,
      exact: true,
      expectedSkips: {},
      sends,
    },
    ...{ delayed: 0, firstAt: null, lastAt: null, segments: sends, segmentsEach: 1, price: 0 },
  });
  let held = 0;
  for (let round = 0; round < 1_000; round++) {
    const share = random();
    const sends = Array.from({ length: 400 }, () => random() < share).filter(Boolean).length;
    const { sendsBetween } = estimate(forecastOf(400, sends), 1_000_000);
    if (sendsBetween.from <= share * 1_000_000 && share * 1_000_000 <= sendsBetween.to) held++;
  }
  assert.ok(held > 925 && held < 975, `${held} of 1,000`);
  assert.deepEqual(counted(forecastOf(400, 300)).sendsBetween, { from: 300, to: 300, surety: 1 });
});

test('of a rare fate a call looks until it has some or its time is over, and says among how many it looked', async () => {
  const users = await addUsers(ground, 2_600);
  // The last whom one comes to.
  const rare = users.toSorted((a, b) => a.lane - b.lane || a.id - b.id).at(-1);
  assert.ok(rare);
  await subscribe([rare], 'subscribed');
  await sql`UPDATE users SET place_key = 'US-CA@America/Los_Angeles' WHERE project_id = ${api.projectId}`.execute(
    ground.db,
  );
  const made = await api.call('POST', '/api/campaigns/create', {
    ...{ name: 'Rare', templateId: await addTemplate(ground), listIds: [await addList(ground, users)] },
    scheduleSend: false,
  });
  const { campaignId } = made.body as { campaignId: number };
  const answer = await api.call('GET', `/api/campaigns/${campaignId}/rehearsal?fate=send`);
  const page = answer.body as { people: { userRef: string }[]; looked: number; nextAfter?: string };
  assert.deepEqual(
    [page.people.map(({ userRef }) => userRef), page.looked, page.nextAfter],
    [[`id:${rare.lane}.${rare.id}`], 2_600, undefined],
  );
  // Where each look takes two seconds there are several calls.
  let at = api.clock.now().getTime();
  const now = () => {
    at += 2_000;
    return new Date(at);
  };
  const clock = { ...api.clock, now };
  const launch = await imaginedNow(campaignId);
  const looks: number[] = [];
  let found = 0;
  let after: string | null = null;
  do {
    const asked = { fate: 'send', after, limit: 10 } as const;
    const { people, looked, next } = await rehearse({ ...api.context, clock }, launch, asked);
    looks.push(looked);
    found += people.length;
    after = next;
  } while (after !== null);
  assert.ok(looks.length > 1, `${looks.length} calls`);
  assert.deepEqual([found, looks.reduce((sum, looked) => sum + looked, 0)], [1, 2_600]);
});
