import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { sql } from 'kysely';
import { systemClock } from '../../clock/clock.ts';
import { couponRoutes } from '../../content/coupons/pool-routes.ts';
import { openBell } from '../../lanes/bell.ts';
import { openCourtesy } from '../../lanes/courtesy.ts';
import { type JourneyGround, openJourneyGround } from '../testing/journey-ground.ts';
import { peopleOf, type RehearsalAnswer, rehearse } from './rehearsal-fixtures.ts';
import { rehearsalsFlow } from './rehearsals-flow.ts';

/* What a rehearsal makes of what is seldom met: very many conditions, things that are gone, clock changes, several workers. */

const names = ['ann', 'bob', 'cyd', 'dan', 'eve', 'fay'];
const everybody = { supposed: { everybody: true } };
let journeys: JourneyGround;
before(async () => {
  journeys = await openJourneyGround([couponRoutes]);
  for (const name of names) await journeys.person(name);
});
after(() => journeys.api.close());

const draftOf = async (name: string, tiles: Record<string, object>, more: object = {}): Promise<number> => {
  const document = { entry: { on: { api: {} } }, start: Object.keys(tiles)[0], tiles, ...more };
  return (await journeys.call<{ id: number }>('POST', '/api/journeys', { name, document })).id;
};

/** When each person takes a step, by name. */
const instantsAt = async (id: number, { rehearsalId }: RehearsalAnswer, tile: string) =>
  new Map(
    [...(await peopleOf(journeys, id, rehearsalId))].map(([name, { passages }]) => [
      name,
      passages[0]?.steps.find((step) => step.tile === tile && step.way !== null)?.at,
    ]),
  );

test('a split of five hundred conditions, each going by time, sends each person by the first that holds', async () => {
  const branches = Array.from({ length: 20 }, (_, branch) => ({
    name: `b${branch}`,
    of: {
      any: [
        ...Array.from({ length: 24 }, (_unused, index) => ({
          event: { name: `e${branch}-${index}`, during: { last: { hours: 1 + index } } },
        })),
        { field: { path: 'firstName', is: names[branch] ?? 'nobody' } },
      ],
    },
    next: 'end',
  }));
  const id = await draftOf('Wide', { who: { kind: 'split', branches, otherwise: 'end' } });
  const { figures } = await rehearse(journeys, id, {
    entries: { supposed: { everybody: true, over: { hours: 24 } } },
  });
  assert.deepEqual(figures.tiles.who?.ways, Object.fromEntries(names.map((_, index) => [`b${index}`, 1])));
});

test('a list that is deleted while its people are rehearsed lets nobody in, and the rehearsal has an end', async () => {
  const { call } = journeys;
  const { listId } = await call<{ listId: number }>('POST', '/api/lists', { name: 'Going' });
  await call('POST', '/api/lists/subscribe', {
    listId,
    subscribers: names.map((userId) => ({ userId, preferUserId: true })),
  });
  const id = await draftOf('Listed', { wait: { kind: 'wait', for: { hours: 1 }, next: 'end' } });
  const entries = { supposed: { listIds: [listId] } };
  assert.equal((await rehearse(journeys, id, { entries })).figures.finished, names.length);
  const path = `/api/journeys/${id}/rehearsals`;
  const { rehearsalId } = await call<{ rehearsalId: number }>('POST', path, { entries });
  await call('DELETE', `/api/lists/${listId}`);
  const other = await draftOf('Other', { wait: { kind: 'wait', for: { hours: 1 }, next: 'end' } });
  await rehearse(journeys, other, { entries: everybody });
  const { state, figures } = await call<RehearsalAnswer>('GET', `${path}/${rehearsalId}`);
  assert.deepEqual([state, figures.people], ['done', 0]);
  const { status, text } = await journeys.api.call('POST', path, { entries });
  assert.equal(status, 400, text);
});

test('a template that is gone, or whose text is faulty, is refused or skips people', async () => {
  const { call, templateId, ground } = journeys;
  const tiles = {
    text: { kind: 'send', templateId, next: 'end', skipped: 'aside' },
    aside: { kind: 'exit', reason: 'none' },
  };
  const id = await draftOf('Templates', tiles);
  const { rows } = await sql<{
    content: unknown;
  }>`SELECT content FROM template WHERE id = ${templateId}`.execute(ground.db);
  await sql`UPDATE template SET content = jsonb_set(content, '{message}', '"Hi {{no.such.helper 1}}"') WHERE id = ${templateId}`.execute(
    ground.db,
  );
  const refused = await journeys.api.call('POST', `/api/journeys/${id}/rehearsals`, { entries: everybody });
  assert.equal(refused.status, 400, refused.text);
  assert.match(
    (refused.body as { msg: string }).msg,
    /^document.tiles.text.templateId names a template that cannot be filled in .* mend template/,
  );
  await sql`UPDATE template SET content = ${JSON.stringify(rows[0]!.content)}::jsonb WHERE id = ${templateId}`.execute(
    ground.db,
  );
  const path = `/api/journeys/${id}/rehearsals`;
  const { rehearsalId } = await call<{ rehearsalId: number }>('POST', path, { entries: everybody });
  await sql`UPDATE template SET archived_at = now() WHERE id = ${templateId}`.execute(ground.db);
  const other = await draftOf('Else', { wait: { kind: 'wait', for: { hours: 1 }, next: 'end' } });
  await rehearse(journeys, other, { entries: everybody });
  const gone = await call<RehearsalAnswer>('GET', `${path}/${rehearsalId}`);
  assert.deepEqual([gone.state, gone.fault], ['done', null]);
  assert.deepEqual(
    [gone.figures.entered, gone.figures.tiles.text?.ways],
    [names.length, { skipped: names.length }],
  );
  await sql`UPDATE template SET archived_at = NULL WHERE id = ${templateId}`.execute(ground.db);
});

test('what a call is supposed to answer decides who wins where a wait comes after it, and each person once', async () => {
  const id = await draftOf('Race', {
    call: {
      kind: 'webhook',
      url: 'https://93.184.216.34/x',
      answer: { as: 'crm', keep: { tier: ['tier'] } },
      next: 'tier',
      failed: 'wait',
    },
    tier: {
      kind: 'split',
      branches: [{ name: 'gold', entry: { path: ['crm', 'tier'], is: 'gold' }, next: 'wait' }],
      otherwise: 'end',
    },
    wait: {
      kind: 'waitFor',
      branches: [
        { name: 'saw', for: { event: { name: 'saw' } }, next: 'end' },
        { name: 'bought', for: { purchase: {} }, next: 'end' },
      ],
      within: { hours: 4 },
      timeout: 'end',
    },
  });
  const { figures } = await rehearse(journeys, id, {
    entries: everybody,
    supposing: {
      webhooks: { call: { failed: 40, answer: { tier: 'gold', toString: 'x' } } },
      events: { saw: { share: 60, within: { hours: 2 } } },
      purchase: { share: 60, within: { hours: 2 } },
    },
  });
  const { call, tier, wait } = figures.tiles;
  const sum = (numbers: Record<string, number> = {}) =>
    Object.values(numbers).reduce((all, each) => all + each, 0);
  assert.equal(sum(call?.ways), names.length);
  assert.equal(tier?.ways.gold ?? 0, call?.ways.next ?? 0, 'what is supposed is what is kept');
  assert.deepEqual([sum(wait?.ways), figures.finished], [names.length, names.length]);
});

test('two passages of one person that wait for a text have each its own', async () => {
  const { track, templateId } = journeys;
  const id = await draftOf(
    'Asked twice',
    {
      text: { kind: 'send', templateId, next: 'answer' },
      answer: {
        kind: 'waitFor',
        branches: [
          { name: 'yes', for: { reply: { contains: ['yes'] } }, next: 'end' },
          { name: 'any', for: { reply: {} }, next: 'end' },
        ],
        within: { hours: 4 },
        timeout: 'end',
      },
    },
    { entry: { on: { event: { name: 'order' } }, key: 'id' } },
  );
  const from = journeys.api.clock.now().getTime();
  for (const order of ['1', '2']) await track('ann', 'order', { id: order });
  journeys.api.clock.advance(1_000);
  const of = (supposing: object) => rehearse(journeys, id, { entries: { recorded: { from } }, supposing });
  const all = await of({ reply: { share: 100, within: { hours: 1 } } });
  assert.deepEqual([all.figures.entered, all.figures.tiles.answer?.ways], [2, { any: 2 }]);
  assert.deepEqual(
    all.notForeseen.map(({ tiles }) => tiles),
    [['answer']],
  );
  const certain = await of({ waits: { answer: { yes: { share: 100, within: { hours: 1 } } } } });
  assert.deepEqual(certain.figures.tiles.answer?.ways, { yes: 2 });
  const [one, two] = (await peopleOf(journeys, id, certain.rehearsalId)).get('ann')!.passages;
  assert.notEqual(one?.leftAt, two?.leftAt, 'each answers at its own instant');
});

test('codes that a template shows are as many as there are, whoever is gone through first', async () => {
  const { call, ground, templateId } = journeys;
  const pool = await call<{ id: number }>('POST', '/api/coupons/pools', { name: 'Few', oneFor: 'person' });
  await call('POST', `/api/coupons/pools/${pool.id}/codes`, { codes: ['FEW-1', 'FEW-2', 'FEW-3', 'FEW-4'] });
  const before = await sql<{
    content: unknown;
  }>`SELECT content FROM template WHERE id = ${templateId}`.execute(ground.db);
  await sql`UPDATE template SET content = jsonb_set(content, '{message}', '"Code {{coupon \\"Few\\"}}"') WHERE id = ${templateId}`.execute(
    ground.db,
  );
  const id = await draftOf('Codes', { text: { kind: 'send', templateId, next: 'end' } });
  const { figures, rehearsalId } = await rehearse(journeys, id, { entries: everybody });
  assert.deepEqual([figures.sends.messages, figures.sends.skips], [4, { noCoupon: 2 }]);
  assert.equal((await peopleOf(journeys, id, rehearsalId, { reason: 'noCoupon' })).size, 2);
  await sql`UPDATE template SET content = ${JSON.stringify(before.rows[0]!.content)}::jsonb WHERE id = ${templateId}`.execute(
    ground.db,
  );
});

test('an hour that a clock change leaves out is the one after it, and people of other zones keep theirs', async () => {
  const { update } = journeys;
  await update('fay', { phoneNumber: '+18085559001' });
  const id = await draftOf('Clocks', {
    night: { kind: 'wait', until: { at: '02:30' }, next: 'days' },
    days: { kind: 'wait', days: 1, next: 'end' },
  });
  const supposed = { everybody: true, from: '2027-03-13T20:00:00Z' };
  const answer = await rehearse(journeys, id, { entries: { supposed }, days: 5 });
  const night = await instantsAt(id, answer, 'night');
  const days = await instantsAt(id, answer, 'days');
  const at = (text: string) => Date.parse(text);
  // New York is in summer time from 2 o’clock of that night on; Hawaii never is.
  assert.deepEqual([night.get('ann'), night.get('fay')], [at('2027-03-14T07:30Z'), at('2027-03-14T12:30Z')]);
  assert.deepEqual([days.get('ann'), days.get('fay')], [at('2027-03-15T07:30Z'), at('2027-03-15T12:30Z')]);
});

test('two workers come to the same as one, and each person is counted once', async () => {
  const { call, api } = journeys;
  const id = await draftOf('Shared', { wait: { kind: 'wait', for: { hours: 1 }, next: 'end' } });
  const path = `/api/journeys/${id}/rehearsals`;
  const { rehearsalId } = await call<{ rehearsalId: number }>('POST', path, { entries: everybody });
  const stopping = new AbortController();
  const { log } = api.context;
  const working = [1, 2].map(async () => {
    const { flows } = await rehearsalsFlow({ ...api.context, clock: systemClock }).begin({} as never);
    const ground = {
      ...{ databaseUrl: api.database.url, clock: systemClock, log, bell: openBell(), stir: openBell() },
      courtesy: openCourtesy(systemClock),
    };
    await Promise.all(flows.map((flow) => flow.run(ground, stopping.signal)));
  });
  let answer = await call<RehearsalAnswer>('GET', `${path}/${rehearsalId}`);
  for (let asks = 0; answer.state === 'running' && asks < 600; asks++) {
    await systemClock.sleep(50);
    answer = await call<RehearsalAnswer>('GET', `${path}/${rehearsalId}`);
  }
  stopping.abort();
  await Promise.all(working);
  assert.deepEqual(
    [answer.state, answer.figures.people, answer.figures.finished],
    ['done', names.length, names.length],
  );
});
