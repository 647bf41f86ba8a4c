import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { makeCampaign } from '../testing/audience.ts';
import { type Live, ours } from '../testing/people.ts';
import { startTestProgram, type TestProgram } from '../testing/program.ts';

/** The promotional long code. */
const senderId = 1;
const [slowMps, fastMps] = [5, 1_000];

interface Line {
  to: string;
  body: string;
  instant: string;
}

let program: TestProgram;
// It is Saturday night, 23:30 in California; nobody in this file may be texted now.
before(async () => {
  program = await startTestProgram('2026-11-22T07:30:00Z');
});
after(() => program.close());

let numbers = 0;
/** A new number with these first digits, which say where it is. */
const numberIn = (prefix: string) => `${prefix}55${String(50_000 + numbers++).padStart(5, '0')}`;
const places = {
  California: '+1415',
  NewYork: '+1212',
  Florida: '+1305',
  Texas: '+1214',
  Louisiana: '+1504',
  RhodeIsland: '+1401',
  SouthDakota: '+1605',
  Hawaii: '+1808',
} as const;
/** A mobile of France: nothing on Sundays. */
const frenchMobile = '+33612345678';

test('a blast at night waits and leaves when the window opens at each place, Sunday bans and all', async () => {
  // Openings by facts/compliance 1a: Sunday 08:00 in New York, Florida and California, 12:00 in Texas; Monday for
  // those who may not be texted on a Sunday (South Dakota: nor on a Saturday).
  const openings: [number: string, opens: string][] = [
    [numberIn(places.NewYork), '2026-11-22T13:00:00Z'],
    [numberIn(places.Florida), '2026-11-22T13:00:00Z'],
    [numberIn(places.California), '2026-11-22T16:00:00Z'],
    [numberIn(places.Texas), '2026-11-22T18:00:00Z'],
    [frenchMobile, '2026-11-23T07:00:00Z'],
    [numberIn(places.Louisiana), '2026-11-23T14:00:00Z'],
    [numberIn(places.RhodeIsland), '2026-11-23T14:00:00Z'],
    [numberIn(places.SouthDakota), '2026-11-23T16:00:00Z'],
  ];
  const campaignId = await launch(
    'night',
    openings.map(([number]) => number),
  );
  await program.until('all to be admitted', async () => {
    const totals = await totalsOf(campaignId, openings.length);
    const { state } = await program.call<Live>('GET', `/api/campaigns/${campaignId}/live`);
    return totals.pending === openings.length && state === 'Running' ? totals : null;
  });
  for (const opens of new Set(openings.map(([, each]) => each))) {
    justBefore(opens);
    const due = openings.filter(([, each]) => each <= opens).length;
    await sent(campaignId, due, openings.length);
  }
  const lines = await ledgerOf('night');
  for (const [number, opens] of openings) {
    const mine = lines.filter((line) => line.to === number);
    assert.equal(mine.length, 1, number);
    assert.ok(at(mine[0]) >= Date.parse(opens), `${number} at ${mine[0]?.instant}, not before ${opens}`);
  }
});

test('a backlog at the close stops, and goes on when the next window opens, or is skipped by choice', async () => {
  // Monday, 19:58 in Florida, where texts end at 20:00.
  const closes = '2026-11-24T01:00:00Z';
  const opens = '2026-11-24T13:00:00Z';
  program.clock.set('2026-11-24T00:58:00Z');
  await setMps(slowMps);
  const people = (count: number) => Array.from({ length: count }, () => numberIn(places.Florida));
  const waiting = await launch('backlog', people(150));
  const skipping = await launch('hasty', people(150), { quietHours: 'skip' });
  await program.until('some of both to leave', async () => {
    const [one, other] = [await totalsOf(waiting, 150), await totalsOf(skipping, 150)];
    return one.sends > 4 && other.sends > 4 ? true : null;
  });
  program.clock.set('2026-11-24T00:59:55Z');
  const skipped = await program.until('the hasty to be skipped', async () => {
    const totals = await totalsOf(skipping, 150);
    return totals.pending === 0 ? totals : null;
  });
  assert.deepEqual(skipped.skipsByReason, { quietHours: 150 - skipped.sends });
  for (const line of [...(await ledgerOf('backlog')), ...(await ledgerOf('hasty'))])
    assert.ok(at(line) < Date.parse(closes), `${line.to} at ${line.instant}, after the close`);

  const evening = await totalsOf(waiting, 150);
  assert.ok(evening.pending > 0, 'a backlog was left');
  justBefore(opens);
  await setMps(fastMps);
  await sent(waiting, 150);
  const lines = await ledgerOf('backlog');
  assert.equal(new Set(lines.map((line) => line.to)).size, 150);
  assert.equal(lines.length, 150);
  for (const line of lines)
    assert.ok(
      at(line) < Date.parse(closes) || at(line) >= Date.parse(opens),
      `${line.to} at ${line.instant}, in the night`,
    );
});

test('at night who chose to skip is skipped, who is in hours is sent to, and what is transactional goes', async () => {
  // Tuesday, 23:30 in New York and 18:30 in Hawaii.
  program.clock.set('2026-11-25T04:30:00Z');
  const numbers = [numberIn(places.NewYork), numberIn(places.Hawaii)];
  const campaignId = await launch('skip', numbers, { quietHours: 'skip' });
  const totals = await program.until('both to be decided', async () => {
    const now = await totalsOf(campaignId, 2);
    return now.sends + now.skips === 2 ? now : null;
  });
  assert.deepEqual(totals.skipsByReason, { quietHours: 1 });
  const code = await make('code', [numberIn(places.NewYork)], { senderId: 2 }, 'SMS Transactional');
  await program.call('POST', `/api/campaigns/${code}/send`, {});
  await program.until('the code to leave', async () => ((await totalsOf(code, 1)).sends === 1 ? true : null));
});

test('a scheduled blast starts at its time, in each zone at the clock there, and spread over hours', async () => {
  // Wednesday, 08:30 in New York, 05:30 in California, 03:30 in Hawaii.
  program.clock.set('2026-11-25T13:30:00Z');
  const tenInNewYork = '2026-11-25T15:00:00Z';
  const atOnce = await make('at', [numberIn(places.NewYork)]);
  await program.call('POST', `/api/campaigns/${atOnce}/schedule`, { sendAt: tenInNewYork });
  const tenAtEach: [number: string, at: string][] = [
    [numberIn(places.NewYork), tenInNewYork],
    [numberIn(places.California), '2026-11-25T18:00:00Z'],
    [numberIn(places.Hawaii), '2026-11-25T20:00:00Z'],
  ];
  const zoned = await make(
    'zoned',
    tenAtEach.map(([number]) => number),
  );
  await program.call('POST', `/api/campaigns/${zoned}/schedule`, {
    sendAt: tenInNewYork,
    recipientTimeZone: { startTimeZone: 'America/New_York', defaultTimeZone: 'America/New_York' },
  });
  const cancelled = await make('cancelled', [numberIn(places.NewYork)]);
  await program.call('POST', `/api/campaigns/${cancelled}/schedule`, { sendAt: tenInNewYork });
  await program.call('POST', '/api/campaigns/cancel', { campaignId: cancelled });
  const spread = await make(
    'spread',
    Array.from({ length: 80 }, () => numberIn(places.NewYork)),
    {
      spreadHours: 2,
    },
  );
  await program.call('POST', `/api/campaigns/${spread}/schedule`, { sendAt: tenInNewYork });

  justBefore(tenInNewYork);
  await sent(atOnce, 1);
  await sent(zoned, 1, 3);
  await program.until('the spread to be admitted', async () => {
    const { count } = await program.database.db
      .selectFrom('message')
      .select((of) => of.fn.countAll().as('count'))
      .where('campaign_id', '=', spread)
      .executeTakeFirstOrThrow();
    return Number(count) === 80 ? true : null;
  });
  program.clock.set('2026-11-25T16:00:00Z');
  const midway = await program.until('part of the spread to leave', async () => {
    const queued = await program.database.db
      .selectFrom('message')
      .select('due_at')
      .where('campaign_id', '=', spread)
      .where('status', '=', 'queued')
      .execute();
    return queued.every((message) => message.due_at > program.clock.now()) ? queued.length : null;
  });
  assert.ok(midway > 20 && midway < 60, `${midway} of 80 still wait at half time`);
  program.clock.set('2026-11-25T17:00:00Z');
  await sent(spread, 80);
  for (const [, opens] of tenAtEach.slice(1)) {
    justBefore(opens);
    await sent(zoned, tenAtEach.findIndex(([, each]) => each === opens) + 1, 3);
  }
  for (const tag of ['at', 'spread'])
    for (const line of await ledgerOf(tag))
      assert.ok(at(line) >= Date.parse(tenInNewYork), `${tag} at ${line.instant}`);
  const arrived = new Map((await ledgerOf('zoned')).map((line) => [line.to, at(line)]));
  for (const [number, opens] of tenAtEach) assert.ok((arrived.get(number) ?? 0) >= Date.parse(opens));
  assert.deepEqual(await ledgerOf('cancelled'), [], 'a cancelled one never leaves');
});

test('pause and abort stop what is queued at once, resume lets it go on, and the totals hold', async () => {
  // Wednesday, 16:30 in New York.
  program.clock.set('2026-11-25T21:30:00Z');
  await setMps(20);
  const people = () => Array.from({ length: 200 }, () => numberIn(places.NewYork));
  const pausing = await launch('pausing', people());
  await leaving(pausing);
  await program.call('POST', `/api/campaigns/${pausing}/pause`, {});
  const pausedAt = program.clock.now().getTime();
  const aborting = await launch('aborting', people());
  await leaving(aborting);
  await program.call('POST', '/api/campaigns/abort', { campaignId: aborting });
  const abortedAt = program.clock.now().getTime();

  // What was on the wire as the call came may yet be answered.
  const aborted = await program.until('the end of what was on the wire', async () => {
    const totals = await totalsOf(aborting, 200);
    return totals.pending === 0 ? totals : null;
  });
  assert.deepEqual(aborted.skipsByReason, { campaignAborted: 200 - aborted.sends });
  const held = await program.until('what left before the pause to arrive', async () => {
    const totals = await totalsOf(pausing, 200);
    return totals.awaitingReceipt === 0 ? totals : null;
  });
  const whilePaused = await ledgerOf('pausing');
  for (const line of whilePaused)
    assert.ok(at(line) <= pausedAt, `one left at ${line.instant}, after the pause`);
  assert.equal(held.sends, whilePaused.length);
  assert.equal(held.skips, 0);
  assert.equal(held.sends + held.pending, 200);

  await setMps(fastMps);
  await program.call('POST', `/api/campaigns/${pausing}/resume`, {});
  await sent(pausing, 200);
  const lines = await ledgerOf('pausing');
  assert.equal(new Set(lines.map((line) => line.to)).size, 200);
  assert.equal(lines.length, 200);
  for (const line of await ledgerOf('aborting'))
    assert.ok(at(line) <= abortedAt, `one left at ${line.instant}, after the abort`);
  assert.equal((await totalsOf(aborting, 200)).sends, aborted.sends);
});

test('somebody whose place or profile cannot be read is skipped with the reason and holds up nobody else', async () => {
  // Thursday, 12:30 in New York.
  program.clock.set('2026-11-26T17:30:00Z');
  const numbers = [0, 1, 2].map(() => numberIn(places.NewYork));
  const campaignId = await make('unreadable', numbers);
  const { users } = await program.call<{ users: { ref: string }[] }>('GET', '/api/users?query=unreadable-');
  const [, lane, id] = /^id:(\d+)\.(\d+)$/.exec(users[0]?.ref ?? '') ?? [];
  await program.database.db
    .updateTable('users')
    .set({ place_key: 'CK-Rarotonga@Pacific/Rarotonga' })
    .where('lane', '=', Number(lane))
    .where('id', '=', Number(id))
    .execute();
  await program.call('POST', `/api/campaigns/${campaignId}/send`, {});
  await sent(campaignId, 2, 3);
  const { skipsByReason } = await program.until('the third to be decided on', async () => {
    const totals = await totalsOf(campaignId, 3);
    return totals.pending === 0 ? totals : null;
  });
  assert.deepEqual(skipsByReason, { placeUnknown: 1 });
});

/** A campaign to these numbers, ready to be sent. */
async function make(
  tag: string,
  people: readonly string[],
  options: Record<string, unknown> = {},
  channel = 'SMS Marketing',
): Promise<number> {
  const { campaignId } = await makeCampaign(program, {
    tag,
    channel,
    count: people.length,
    phoneOf: (index) => people[index] ?? '',
    message: `Carillon: ${tag} for {{firstName}}`,
    options: { senderId, ...options },
  });
  return campaignId;
}

async function launch(
  tag: string,
  people: readonly string[],
  options?: Record<string, unknown>,
): Promise<number> {
  const campaignId = await make(tag, people, options);
  await program.call('POST', `/api/campaigns/${campaignId}/send`, {});
  return campaignId;
}

/** The clock at 1.5 seconds before: what leaves too early shows in the ledger. */
function justBefore(instant: string): void {
  program.clock.set(new Date(Date.parse(instant) - 1_500));
}

async function setMps(mps: number): Promise<void> {
  await program.call('PATCH', `/api/senders/${senderId}`, { mps });
}

/** When a message arrived, in milliseconds since 1970. */
function at(line: Line | undefined): number {
  return line ? Date.parse(line.instant) : 0;
}

/** A campaign's totals; at every look they add up to its audience. */
async function totalsOf(campaignId: number, audience: number): Promise<Live['totals']> {
  const { totals } = await program.call<Live>('GET', `/api/campaigns/${campaignId}/live`);
  assert.equal(totals.sends + totals.skips + totals.pending, totals.audience);
  assert.equal(totals.delivered + totals.bounced + totals.awaitingReceipt, totals.sends);
  assert.equal(totals.audience, audience);
  return totals;
}

/** Waits until so many have been sent, and all of them are on their handsets: what is on the wire counts as sent. */
async function sent(campaignId: number, count: number, audience = count): Promise<void> {
  await program.until(`${count} of campaign ${campaignId} to be sent`, async () => {
    const { sends, awaitingReceipt } = await totalsOf(campaignId, audience);
    return sends === count && awaitingReceipt === 0 ? true : null;
  });
}

/** Waits until a campaign to 200 is admitted, and some of it have left. */
async function leaving(campaignId: number): Promise<void> {
  await program.until(`some of campaign ${campaignId} to leave`, async () => {
    const { count } = await program.database.db
      .selectFrom('message')
      .select((of) => of.fn.countAll().as('count'))
      .where('campaign_id', '=', campaignId)
      .executeTakeFirstOrThrow();
    return Number(count) === 200 && (await totalsOf(campaignId, 200)).sends > 5 ? true : null;
  });
}

/** What arrived of a campaign. */
async function ledgerOf(tag: string): Promise<Line[]> {
  const { messages } = await program.simulator<{ messages: Line[] }>(
    'GET',
    `/ledger?from=${encodeURIComponent(ours.promotional)}&limit=10000`,
  );
  return messages.filter((line) => line.body.includes(`Carillon: ${tag} for`));
}
