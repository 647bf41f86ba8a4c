import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { sql } from 'kysely';
import { lanes } from '../../lanes/lanes.ts';
import { hour, type JourneySite, startJourneySite } from '../testing/journey-site.ts';
import { openRehearsal } from './open-rehearsal.ts';
import { peopleOf, type RehearsalAnswer, rehearse } from './rehearsal-fixtures.ts';
import { beginPage, dueRehearsals, findRunning, noteFailure } from './rehearsals.sql.ts';
import { rehearseLane } from './rehearse-lane.ts';

/* What a rehearsal does where there is too much of it, where it fails, and where several want to be worked on. */

let site: JourneySite;
before(async () => {
  site = await startJourneySite();
});
after(() => site.close());

const everybody = { supposed: { everybody: true } };

const circle = (wait: object = { minutes: 1 }, sends: number | null = null) => ({
  entry: { on: { event: { name: 'cart' } } },
  start: 'one',
  tiles: {
    one: { kind: 'wait', for: wait, next: sends ? 'text' : 'two' },
    ...(sends && {
      text: { kind: 'send', templateId: sends, caps: 'delay', waits: false, next: 'two', skipped: 'two' },
    }),
    two: { kind: 'wait', for: wait, next: 'one' },
  },
});

test('who goes in circles is left unfinished after so many steps, is counted once, and it is said', async () => {
  const { call, person } = site;
  for (const name of ['round', 'rounder']) await person(name);
  const { id } = await call<{ id: number }>('POST', '/api/journeys', {
    name: 'Circle',
    document: circle(),
  });
  const { rehearsalId, figures, notForeseen } = await rehearse(site, id, { entries: everybody, days: 400 });
  assert.deepEqual([figures.people, figures.entered, figures.inside, figures.finished], [2, 2, 2, 0]);
  assert.equal(
    Object.values(figures.unfinished).reduce((sum, each) => sum + each, 0),
    2,
  );
  for (const { arrived, inside, ways } of Object.values(figures.tiles))
    assert.equal(arrived, inside + Object.values(ways).reduce((sum, each) => sum + each, 0));
  assert.match(notForeseen.at(-1)?.words ?? '', /^2 passages were left unfinished at .* after 1,000 steps/);
  const people = await peopleOf(site, id, rehearsalId, { reason: 'unfinished' });
  assert.deepEqual([...people.keys()].toSorted(), ['round', 'rounder']);
  for (const { passages } of people.values())
    assert.deepEqual([passages[0]!.steps.length, passages[0]!.leftOut > 0], [1_000, true]);
});

test('what is sent in a circle adds up, though of what is past nothing is kept', async () => {
  const { call, templateId } = site;
  await call('PATCH', '/api/project', { frequencyCaps: [{ medium: 'sms', messages: 2, hours: 48 }] });
  const { id } = await call<{ id: number }>('POST', '/api/journeys', {
    name: 'Sends',
    document: circle({ hours: 6 }, templateId),
  });
  const { rehearsalId, figures } = await rehearse(site, id, { entries: everybody, days: 8 });
  const passages = [...(await peopleOf(site, id, rehearsalId)).values()].flatMap((each) => each.passages);
  const messages = passages.flatMap((passage) => passage.messages);
  const { sends, tiles, unfinished } = figures;
  assert.deepEqual(unfinished, {});
  const sent = messages.filter(
    ({ skip, at }) => skip === null && at < passages[0]!.enteredAt + 8 * 24 * hour,
  );
  assert.deepEqual(
    [sends.messages, sends.messages + sends.waiting, messages.length],
    [sent.length, tiles.text?.arrived, tiles.text?.arrived],
  );
  // Two in any 48 hours each.
  for (const { messages: theirs } of passages) {
    const at = theirs.map((message) => message.at).toSorted((a, b) => a - b);
    at.forEach((each, index) => {
      assert.ok(index < 2 || each - at[index - 2]! >= 48 * hour, `${index}`);
    });
  }
  assert.ok(sends.messages >= 8 && sends.waiting > 0);
  await call('PATCH', '/api/project', { frequencyCaps: [] });
});

test('a page that ends the program each time is tried three times, and the rehearsal fails with the reason', async () => {
  const { call, api } = site;
  const { context } = api;
  const { id } = await call<{ id: number }>('POST', '/api/journeys', {
    name: 'Deadly',
    document: circle(),
  });
  const path = `/api/journeys/${id}/rehearsals`;
  const { rehearsalId } = await call<{ rehearsalId: number }>('POST', path, { entries: everybody, days: 1 });
  const now = context.clock.now();
  // The program is gone before it could write anything but that it begins.
  for (let time = 1; time <= 3; time++)
    assert.equal(await beginPage(context.db, rehearsalId, 7, null, now), time);
  const [due] = (await dueRehearsals(context.db, now)).filter((each) => each.id === rehearsalId);
  assert.deepEqual(due?.lanesResting, [7], 'it is not tried again at once');
  const later = new Date(now.getTime() + hour);
  const [again] = (await dueRehearsals(context.db, later)).filter((each) => each.id === rehearsalId);
  assert.deepEqual(again?.lanesResting, []);
  const running = await findRunning(context.db, rehearsalId);
  assert.ok(running);
  const open = await openRehearsal(context, running, 'Deadly');
  assert.equal(await rehearseLane(context.db, open, running, 7, context.clock.now), true);
  const answer = await call<RehearsalAnswer>('GET', `${path}/${rehearsalId}`);
  assert.equal(answer.state, 'failed');
  assert.match(
    answer.fault ?? '',
    /^The program ended 3 times while it went through the same people; rehearse fewer/,
  );
});

test('one that fails is tried again later and later, and fails with what was thrown', async () => {
  const { call, api } = site;
  const { context } = api;
  const { id } = await call<{ id: number }>('POST', '/api/journeys', {
    name: 'Faulty',
    document: circle(),
  });
  const path = `/api/journeys/${id}/rehearsals`;
  const { rehearsalId } = await call<{ rehearsalId: number }>('POST', path, { entries: everybody, days: 1 });
  const restsAt: number[] = [];
  for (let time = 0; time < 3; time++) {
    await beginPage(context.db, rehearsalId, 3, null, context.clock.now());
    const { rows } = await sql<{ at: Date }>`
      SELECT again_at AS at FROM journey_rehearsal_lane WHERE rehearsal_id = ${rehearsalId} AND lane = 3`.execute(
      context.db,
    );
    restsAt.push(rows[0]!.at.getTime() - context.clock.now().getTime());
    assert.equal((await call<RehearsalAnswer>('GET', `${path}/${rehearsalId}`)).state, 'running');
    await noteFailure(context.db, rehearsalId, 3, 'no such thing', context.clock.now());
  }
  assert.deepEqual(restsAt, [5_000, 30_000, 180_000]);
  const { state, fault } = await call<RehearsalAnswer>('GET', `${path}/${rehearsalId}`);
  assert.deepEqual([state, fault], ['failed', 'no such thing']);
});

test('a page in work is left when the rehearsal is cancelled or the program stops, and what is left half done counts for nothing', async () => {
  const { call, api } = site;
  const { context } = api;
  const { id } = await call<{ id: number }>('POST', '/api/journeys', {
    name: 'Long',
    document: circle(),
  });
  const path = `/api/journeys/${id}/rehearsals`;
  const { rehearsalId } = await call<{ rehearsalId: number }>('POST', path, {
    entries: everybody,
    days: 400,
  });
  const running = await findRunning(context.db, rehearsalId);
  assert.ok(running);
  const open = await openRehearsal(context, running, 'Long');
  let asks = 0;
  for (const lane of lanes)
    assert.equal(
      await rehearseLane(context.db, open, running, lane, context.clock.now, { leaves: () => ++asks >= 50 }),
      // Lanes with nobody are through.
      (await lanesOf(rehearsalId)).has(lane),
    );
  assert.ok(asks >= 50);
  const { rows } = await sql<{ tries: number }>`
    SELECT tries FROM journey_rehearsal_lane WHERE rehearsal_id = ${rehearsalId} AND NOT is_done`.execute(
    context.db,
  );
  assert.ok(rows.length > 0 && rows.every(({ tries }) => tries === 0), 'to stop is no failure');
  const { progress, figures } = await call<RehearsalAnswer>('GET', `${path}/${rehearsalId}`);
  assert.deepEqual([progress.people, figures.people], [0, 0]);
  await call('POST', `${path}/${rehearsalId}/cancel`);
  for (const lane of lanes)
    assert.equal(await rehearseLane(context.db, open, running, lane, context.clock.now), true);
});

async function lanesOf(rehearsalId: number): Promise<Set<number>> {
  const { rows } = await sql<{ lane: number }>`
    SELECT lane FROM journey_rehearsal_lane WHERE rehearsal_id = ${rehearsalId} AND is_done`.execute(
    site.api.context.db,
  );
  return new Set(rows.map(({ lane }) => lane));
}

test('of each project the oldest rehearsal is worked on, so that none waits for another project’s', async () => {
  const { call, api } = site;
  const { db } = api.context;
  const { id } = await call<{ id: number }>('POST', '/api/journeys', {
    name: 'First',
    document: circle(),
  });
  const path = `/api/journeys/${id}/rehearsals`;
  const ids: number[] = [];
  for (let index = 0; index < 2; index++)
    ids.push((await call<{ rehearsalId: number }>('POST', path, { entries: everybody })).rehearsalId);
  // As another project has it.
  const { rows } = await sql<{ id: number }>`
    INSERT INTO journey_rehearsal (project_id, journey_id, document, asked, not_foreseen, from_at, until_at, created_by, created_at)
    SELECT project_id + 1, journey_id, document, asked, not_foreseen, from_at, until_at, created_by, created_at
    FROM journey_rehearsal WHERE id = ${ids[1]} RETURNING id`.execute(db);
  const due = (await dueRehearsals(db, api.clock.now())).map((each) => each.id);
  assert.deepEqual(due, [ids[0], rows[0]?.id]);
  await sql`DELETE FROM journey_rehearsal WHERE id = ${rows[0]!.id}`.execute(db);
  for (const each of ids) await call('POST', `${path}/${each}/cancel`);
});

test('names that every object knows are names like any other: what is not said of them is not supposed', async () => {
  const { call } = site;
  const names = ['constructor', 'toString', 'hasOwnProperty', 'valueOf'];
  const branches = names.map((name) => ({ name, for: { event: { name } }, next: 'toString' }));
  const document = {
    entry: { on: { event: { name: 'cart' } } },
    exits: [{ name: 'isPrototypeOf', event: { name: 'isPrototypeOf' } }],
    start: 'constructor',
    tiles: {
      constructor: { kind: 'waitFor', branches, within: { hours: 1 }, timeout: 'toString' },
      toString: {
        kind: 'webhook',
        url: 'https://93.184.216.34/x',
        answer: { as: 'found', keep: { valueOf: ['a'] } },
        next: 'asks',
        failed: 'end',
      },
      asks: {
        kind: 'split',
        branches: [{ name: 'found', entry: { path: ['found', 'valueOf'], exists: true }, next: 'end' }],
        otherwise: 'end',
      },
    },
  };
  const { id } = await call<{ id: number }>('POST', '/api/journeys', { name: 'Names', document });
  const waysAt = ({ figures: { tiles } }: RehearsalAnswer) =>
    Object.entries(tiles)
      .map(([tile, { ways }]) => `${tile} ${JSON.stringify(ways)}`)
      .toSorted();
  assert.deepEqual(waysAt(await rehearse(site, id, { entries: everybody, days: 2 })), [
    'asks {"otherwise":2}',
    'constructor {"timeout":2}',
    'toString {"next":2}',
  ]);
  const said = {
    waits: { constructor: { valueOf: { share: 100, within: { minutes: 30 } } } },
    webhooks: { toString: { failed: 100 } },
  };
  assert.deepEqual(waysAt(await rehearse(site, id, { entries: everybody, days: 2, supposing: said })), [
    'constructor {"valueOf":2}',
    'toString {"failed":2}',
  ]);
  assert.match(
    await site.refused('POST', `/api/journeys/${id}/rehearsals`, {
      entries: everybody,
      supposing: { events: { isPrototype: { share: 1 } } },
    }),
    /it hears constructor, toString, hasOwnProperty, valueOf, isPrototypeOf: take it out/,
  );
});

test('supposed entries fulfil the conditions of what lets people in, or nobody enters', async () => {
  const { call } = site;
  const of = (where: object) => ({
    ...circle(),
    entry: { on: { event: { name: 'cart', where } } },
    start: 'one',
    tiles: { one: { kind: 'wait', for: { hours: 1 }, next: 'end' } },
  });
  const { id } = await call<{ id: number }>('POST', '/api/journeys', {
    name: 'Conditions',
    document: of({ path: 'total', atLeast: 50 }),
  });
  for (const fields of [undefined, { total: 5 }])
    assert.match(
      await site.refused('POST', `/api/journeys/${id}/rehearsals`, {
        entries: { supposed: { everybody: true, ...(fields && { fields }) } },
      }),
      /entries.supposed.fields would let nobody in, for people enter by the event “cart” of which total/,
    );
  const { figures } = await rehearse(site, id, {
    entries: { supposed: { everybody: true, fields: { total: 50 } } },
  });
  assert.deepEqual([figures.people, figures.finished], [2, 2]);
  // What goes by time is asked of each at the instant at which they enter.
  const now = site.api.clock.now().getTime();
  await call('PATCH', `/api/journeys/${id}`, {
    document: of({ path: 'made', during: { last: { hours: 2 } } }),
  });
  const at = (from: number) =>
    rehearse(site, id, {
      entries: {
        supposed: { everybody: true, from, fields: { made: new Date(now).toISOString() } },
      },
    });
  assert.deepEqual(
    [(await at(now + hour)).figures.people, (await at(now + 3 * hour)).figures.people],
    [2, 0],
  );
});

test('a person of many passages has each apart from the others’ and other people’s', async () => {
  const { call, person, track } = site;
  await person('many');
  const { id } = await call<{ id: number }>('POST', '/api/journeys', {
    name: 'Many',
    document: {
      entry: { on: { event: { name: 'step' } }, key: 'order', atOnce: 1 },
      start: 'wait',
      tiles: { wait: { kind: 'wait', for: { hours: 1 }, next: 'end' } },
    },
  });
  const from = site.api.clock.now().getTime();
  for (let index = 0; index < 20; index++) await track('many', 'step', { order: `${index}` });
  const { rows } = await sql<{ count: number }>`
    WITH first AS (SELECT * FROM event WHERE name = 'step' ORDER BY id LIMIT 1)
    INSERT INTO event (lane, id, project_id, user_id, name, kind, data, happened_at, recorded_at)
    SELECT lane, nextval('event_id_seq'), project_id, user_id, name, kind, jsonb_build_object('order', 'more ' || n), happened_at, recorded_at
    FROM first CROSS JOIN generate_series(1, 1100) n RETURNING 1 AS count`.execute(site.ground.db);
  site.api.clock.advance(hour);
  const { figures, rehearsalId } = await rehearse(site, id, {
    entries: { recorded: { from: from - 1, people: ['many'] } },
  });
  const passages = 20 + rows.length;
  assert.deepEqual([figures.people, figures.entered, figures.finished], [1, passages, passages]);
  const told = (await peopleOf(site, id, rehearsalId)).get('many');
  assert.equal(told?.passages.length, passages);
});
