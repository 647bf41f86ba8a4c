import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { sql } from 'kysely';
import { couponRoutes } from '../../content/coupons/pool-routes.ts';
import { lanes } from '../../lanes/lanes.ts';
import { type JourneyGround, openJourneyGround } from '../testing/journey-ground.ts';
import { openRehearsal } from './open-rehearsal.ts';
import { peopleOf, type RehearsalAnswer, rehearse } from './rehearsal-fixtures.ts';
import { findRunning } from './rehearsals.sql.ts';
import { rehearseLane } from './rehearse-lane.ts';

const people = 20;
let journeys: JourneyGround;
let cartId: number;
before(async () => {
  journeys = await openJourneyGround([couponRoutes]);
  const { call, person, templateId } = journeys;
  for (let index = 0; index < people; index++) await person(`p${index}`);
  await call('POST', '/api/coupons/pools', { name: 'Spring', oneFor: 'message' });
  const { rows } = await sql<{ id: number }>`SELECT id FROM coupon_pool WHERE name = 'Spring'`.execute(
    journeys.ground.db,
  );
  await call('POST', `/api/coupons/pools/${rows[0]!.id}/codes`, {
    codes: ['AAA1', 'AAA2', 'AAA3', 'AAA4', 'AAA5', 'AAA6', 'AAA7'],
  });
  cartId = await journeys.publish({
    entry: { on: { event: { name: 'cart' } } },
    exits: [{ name: 'bought', purchase: {}, goal: true }],
    start: 'hour',
    tiles: {
      hour: { kind: 'wait', for: { hours: 1 }, next: 'gift' },
      gift: { kind: 'coupon', pool: 'Spring', as: 'gift', next: 'mark', none: 'mark' },
      mark: { kind: 'updateProfile', set: { reminded: true }, next: 'call' },
      call: { kind: 'webhook', url: 'https://93.184.216.34/cart', next: 'text', failed: 'end' },
      text: { kind: 'send', templateId, next: 'answers' },
      answers: {
        kind: 'waitFor',
        branches: [{ name: 'tapped', for: { click: true }, next: 'who' }],
        within: { hours: 24 },
        timeout: 'end',
      },
      who: {
        kind: 'split',
        branches: [{ name: 'reminded', of: { field: { path: 'reminded', is: true } }, next: 'end' }],
        otherwise: 'end',
      },
    },
  });
});
after(() => journeys.api.close());

const asked = {
  entries: { supposed: { everybody: true, over: { hours: 12 } } },
  supposing: {
    click: { share: 50 },
    purchase: { share: 20, within: { hours: 6 } },
    webhooks: { call: { failed: 30 } },
  },
  days: 7,
};

/** How many rows each table has, and what each sequence has given. */
async function contents(): Promise<Record<string, number>> {
  const { db } = journeys.ground;
  const { rows } = await sql<{ name: string; kind: string }>`
    SELECT relname AS name, relkind AS kind FROM pg_class
    WHERE relkind IN ('r', 'S') AND relnamespace = 'public'::regnamespace AND relname NOT LIKE 'journey_rehearsal%'
    ORDER BY 1`.execute(db);
  const found: Record<string, number> = {};
  for (const { name, kind } of rows) {
    const { rows: counted } = await (kind === 'S'
      ? sql<{ count: number }>`SELECT last_value::int AS count FROM ${sql.table(name)}`
      : sql<{ count: number }>`SELECT count(*)::int AS count FROM ${sql.table(name)}`
    ).execute(db);
    found[name] = counted[0]!.count;
  }
  return found;
}

test('a rehearsal writes nothing but itself, and its sums are what the people’s ways add up to', async () => {
  const before = await contents();
  const { figures, rehearsalId, notForeseen } = await rehearse(journeys, cartId, asked);
  const found = [...(await peopleOf(journeys, cartId, rehearsalId)).values()];
  assert.deepEqual(await contents(), before);

  const passages = found.flatMap((person) => person.passages);
  assert.deepEqual([figures.people, figures.entered, passages.length], [people, people, people]);
  const messages = passages.flatMap((passage) => passage.messages.filter(({ skip }) => skip === null));
  assert.equal(figures.sends.messages, messages.length);
  assert.equal(
    Math.round(figures.sends.price * 1_000_000),
    messages.reduce((sum, { price }) => sum + Math.round(price * 1_000_000), 0),
  );
  assert.deepEqual(
    [figures.sends.firstAt, figures.sends.lastAt],
    [Math.min(...messages.map(({ at }) => at)), Math.max(...messages.map(({ at }) => at))],
  );
  const [sender] = figures.senders;
  assert.equal(
    sender?.hours.reduce((sum, hour) => sum + hour.messages, 0),
    messages.length,
  );
  const goals = passages.filter(({ reason }) => reason === 'goal').length;
  assert.deepEqual(figures.left, { goal: goals });
  assert.equal(figures.finished, people - goals);
  for (const [id, tile] of Object.entries(figures.tiles)) {
    const there = passages.filter((passage) => passage.steps.some((step) => step.tile === id));
    const gone = [...Object.values(tile.ways), ...Object.values(tile.left)];
    assert.deepEqual([tile.arrived, tile.inside], [there.length, 0], id);
    assert.equal(
      gone.reduce((sum, each) => sum + each, 0),
      tile.arrived,
      id,
    );
  }
  assert.equal(figures.tiles.gift?.ways.next, 7, 'as many get a code as there are');
  assert.ok(goals > 0 && (figures.tiles.call?.ways.failed ?? 0) > 0 && (figures.tiles.who?.arrived ?? 0) > 0);

  const tapped = await peopleOf(journeys, cartId, rehearsalId, {
    tile: 'answers',
    way: 'tapped',
    limit: '3',
  });
  assert.equal(tapped.size, figures.tiles.answers?.ways.tapped);
  const bought = await peopleOf(journeys, cartId, rehearsalId, { reason: 'goal' });
  assert.equal(bought.size, goals);
  assert.deepEqual(
    notForeseen.map(({ tiles }) => tiles),
    [['gift'], ['mark', 'who']],
  );
  assert.match(notForeseen[1]?.words ?? '', /mark changes the field reminded, .* who looks at it/);
});

test('one that broke off goes on where it was, and comes to the same', async () => {
  const whole = await rehearse(journeys, cartId, asked);
  const path = `/api/journeys/${cartId}/rehearsals`;
  const { call } = journeys;
  const { rehearsalId } = await call<{ rehearsalId: number }>('POST', path, asked);
  const { context } = journeys.api;
  const now = context.clock.now;
  const answerNow = () => call<RehearsalAnswer>('GET', `${path}/${rehearsalId}`);
  let pages = 0;
  let crashes = 0;
  for (const lane of lanes)
    for (let isThrough = false; !isThrough; ) {
      // Whoever comes after a crash knows what is written only.
      const running = await findRunning(context.db, rehearsalId);
      assert.ok(running);
      const open = await openRehearsal(context, running, 'A journey');
      const next: typeof open.entrants.next = async (...page) => {
        const found = await open.entrants.next(...page);
        if (found.of.size > 0 && ++pages % 3 === 0) throw new Error('the process died');
        return found;
      };
      try {
        const entrants = { next };
        isThrough = await rehearseLane(context.db, { ...open, entrants }, running, lane, now, { atOnce: 1 });
      } catch (error) {
        assert.match(String(error), /died/);
        crashes++;
      }
    }
  assert.ok(crashes > 3, `${crashes} crashes`);
  const { state, figures, progress } = await answerNow();
  assert.deepEqual([state, progress.people, progress.share], ['done', people, 1]);
  assert.deepEqual(figures, whole.figures);
});

test('one that is cancelled keeps what it has come to, and is worked on no more', async () => {
  const { call, api } = journeys;
  const path = `/api/journeys/${cartId}/rehearsals`;
  const { rehearsalId } = await call<{ rehearsalId: number }>('POST', path, asked);
  const running = await findRunning(api.context.db, rehearsalId);
  assert.ok(running);
  const open = await openRehearsal(api.context, running, 'A journey');
  const work = async (lane: number) => rehearseLane(api.context.db, open, running, lane, api.clock.now);
  for (const lane of lanes.slice(0, 40)) await work(lane);
  const before = await call<RehearsalAnswer>('GET', `${path}/${rehearsalId}`);
  assert.deepEqual([before.state, before.progress.share], ['running', 40 / 64]);
  await call('POST', `${path}/${rehearsalId}/cancel`);
  for (const lane of lanes) await work(lane);
  const after = await call<RehearsalAnswer>('GET', `${path}/${rehearsalId}`);
  assert.deepEqual([after.state, after.figures], ['cancelled', before.figures]);
  const { rehearsals } = await call<{ rehearsals: { rehearsalId: number; state: string }[] }>('GET', path);
  assert.deepEqual([rehearsals[0]?.rehearsalId, rehearsals[0]?.state], [rehearsalId, 'cancelled']);
});

test('with the same seed people do the same when the journey is changed, and in another they do not', async () => {
  const passagesOf = async (more: object) => {
    const { rehearsalId } = await rehearse(journeys, cartId, { ...asked, ...more });
    return [...(await peopleOf(journeys, cartId, rehearsalId))].map(([name, { passages }]) => [
      name,
      passages[0]?.reason,
    ]);
  };
  const first = await passagesOf({});
  const from = journeys.api.clock.now().getTime() + 3 * 86_400_000;
  const later = { entries: { supposed: { everybody: true, over: { hours: 12 }, from } } };
  assert.deepEqual(await passagesOf(later), first);
  assert.notDeepEqual(await passagesOf({ seed: 2 }), first);
});

test('what cannot be rehearsed is refused with field, fault and remedy', async () => {
  const { api, publish } = journeys;
  const listed = await publish({
    entry: { on: { api: {} } },
    start: 'hour',
    tiles: { hour: { kind: 'wait', for: { hours: 1 }, next: 'end' } },
  });
  const now = api.clock.now().getTime();
  const supposed = { supposed: { everybody: true } };
  const cases: [number, object, RegExp][] = [
    [cartId, { entries: {} }, /^entries must have exactly one of recorded and supposed/],
    [cartId, { entries: { ...supposed, recorded: { from: now - 1 } } }, /^entries must have exactly one/],
    [cartId, { entries: { supposed: {} } }, /^entries.supposed must say who enters: listIds, segmentIds/],
    [cartId, { entries: { supposed: { listIds: [999] } } }, /999/],
    [
      listed,
      { entries: { recorded: { from: now - 1_000 } } },
      /^entries.recorded can be asked for .* say by entries.supposed/,
    ],
    [
      cartId,
      { entries: { recorded: { from: now - 1_000, until: now + 1_000 } } },
      /^entries.recorded.until is \S+, which is yet to come/,
    ],
    [
      cartId,
      { entries: { recorded: { from: now + 60_000 } } },
      /^entries.recorded.from is \S+, which is yet to come/,
    ],
    [
      cartId,
      { entries: { recorded: { from: 1_000_000_000 } } },
      /^entries.recorded.from is 2001-09-09T01:46:40Z, which lies more than 400 days from now/,
    ],
    [
      cartId,
      { entries: { recorded: { from: 'soon' } } },
      /^entries.recorded.from "soon" is not an instant .* or seconds or milliseconds since 1970/,
    ],
    [
      cartId,
      { entries: { supposed: { everybody: true, from: '2036-01-01' } } },
      /^entries.supposed.from is \S+, which lies more than 400 days/,
    ],
    [
      cartId,
      { entries: supposed, supposing: { waits: { hour: {} } } },
      /^supposing.waits.hour names no tile .* that waits/,
    ],
    [
      cartId,
      { entries: supposed, supposing: { waits: { answers: { bought: { share: 1 } } } } },
      /^supposing.waits.answers.bought names no branch .* it has tapped/,
    ],
    [
      cartId,
      { entries: supposed, supposing: { webhooks: { hour: {} } } },
      /^supposing.webhooks.hour names no tile/,
    ],
    [
      cartId,
      { entries: supposed, supposing: { delivered: { share: 70 }, failed: { share: 40 } } },
      /^supposing.failed and supposing.delivered are more than a hundred/,
    ],
    [cartId, { entries: supposed, supposing: { click: { share: 101 } } }, /share/],
    [
      cartId,
      { entries: supposed, supposing: { click: { share: 1, within: {} } } },
      /^supposing.click.within must have exactly one of minutes or hours/,
    ],
    [
      cartId,
      {
        entries: supposed,
        supposing: { waits: { answers: { tapped: { share: 1, within: { minutes: 1, hours: 1 } } } } },
      },
      /^supposing.waits.answers.tapped.within must have exactly one/,
    ],
    [
      cartId,
      { entries: supposed, supposing: { events: { viewed: { share: 1 } } } },
      /^supposing.events.viewed is an event that no tile and no exit rule .* hears; it hears none: take it out/,
    ],
    [
      cartId,
      { entries: { supposed: { people: ['nobody@example.com'] } } },
      /^entries.supposed.people.0 names nobody/,
    ],
    [
      cartId,
      { entries: { supposed: { people: ['p1'], everybody: true } } },
      /^entries.supposed must say who enters/,
    ],
    [cartId, { entries: supposed, version: 9 }, /has no version 9/],
    [cartId, { entries: supposed, days: 500 }, /days/],
  ];
  for (const [id, body, told] of cases) {
    const { status, body: answer, text } = await api.call('POST', `/api/journeys/${id}/rehearsals`, body);
    assert.ok(status === 400 || status === 404, text);
    assert.match((answer as { msg: string }).msg, told);
  }
  for (const query of [
    'way=next',
    'tile=nothing',
    'after=here',
    'tile=hour&way=nowhere',
    'reason=whatever',
    'tile=hour&reason=constructor',
  ])
    assert.equal(
      (await api.call('GET', `/api/journeys/${cartId}/rehearsals/1/people?${query}`)).status,
      400,
      query,
    );
});
