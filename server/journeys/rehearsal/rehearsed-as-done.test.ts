import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { sql } from 'kysely';
import { findChannel } from '../../campaigns/campaign-fixtures.ts';
import { hour, type JourneySite, startJourneySite } from '../testing/journey-site.ts';
import { peopleOf, type RehearsalAnswer, type RehearsedPerson, rehearse } from './rehearsal-fixtures.ts';

/*
 * What is rehearsed is what the engine then does, person by person: one site where the journey is a draft and what people do is only recorded, another where it is
 * published and they do the same at the same instants.
 */

let drawn: JourneySite;
let real: JourneySite;
before(async () => {
  [drawn, real] = [await startJourneySite(), await startJourneySite()];
  // So fast that nothing of the sender's pace is seen.
  for (const { ground } of [drawn, real]) await sql`UPDATE sender SET mps = 1e9`.execute(ground.db);
});
after(async () => {
  await drawn.close();
  await real.close();
});

const minute = 60_000;
const begin = Date.parse('2026-11-23T17:00:00Z');

/** Something that somebody does, so many ms after the beginning. */
interface Deed {
  at: number;
  who: string;
  event?: string;
  fields?: object;
}

const journeyOf = (first: number, second: number) => ({
  entry: {
    on: { event: { name: 'cart', where: { path: 'total', atLeast: 10 } } },
    only: { none: [{ field: { path: 'staff', is: true } }] },
    atOnce: 1,
    apart: { hours: 20 },
    holdout: 20,
  },
  exits: [{ name: 'bought', purchase: {}, goal: true }],
  start: 'hour',
  tiles: {
    hour: { kind: 'wait', for: { hours: 1 }, next: 'chance' },
    chance: {
      kind: 'randomSplit',
      branches: [
        { name: 'a', share: 50, next: 'who' },
        { name: 'b', share: 50, next: 'text' },
      ],
    },
    who: {
      kind: 'split',
      branches: [
        { name: 'vip', of: { field: { path: 'vip', is: true } }, next: 'text' },
        {
          name: 'looked',
          of: { event: { name: 'looked', during: { last: { hours: 3 } } } },
          next: 'text',
        },
        { name: 'much', entry: { path: 'total', atLeast: 100 }, next: 'text' },
      ],
      otherwise: 'evening',
    },
    evening: { kind: 'wait', until: { at: '18:30' }, next: 'text' },
    text: { kind: 'send', templateId: first, next: 'answers', skipped: 'aside' },
    aside: { kind: 'exit', reason: 'not reached' },
    answers: {
      kind: 'waitFor',
      branches: [{ name: 'looked', for: { event: { name: 'looked' } }, next: 'end' }],
      within: { hours: 5 },
      timeout: 'again',
    },
    again: {
      kind: 'send',
      templateId: second,
      caps: 'skip',
      before: { within: { hours: 30 } },
      next: 'end',
      skipped: 'noMore',
    },
    noMore: { kind: 'exit', reason: 'no second' },
  },
});

/** Makes the same people in a site. Each has numbers by the place where they are. */
async function makePeople(site: JourneySite): Promise<string[]> {
  const names: string[] = [];
  const add = async (name: string, fields: object = {}) => {
    await site.person(name, fields);
    names.push(name);
  };
  await add('vip', { vip: true });
  await add('staff', { staff: true });
  // Hawaii is five hours behind New York.
  await add('early', { phoneNumber: '+18085550101' });
  await add('earlier', { phoneNumber: '+18085550102', vip: true });
  for (let index = 0; index < 3; index++) {
    await site.update(`unasked${index}`, { phoneNumber: `+1212555090${index}`, firstName: 'Una' });
    names.push(`unasked${index}`);
    await add(`nameless${index}`, { firstName: '' });
    await add(`owl${index}`);
  }
  await add('bounced', {});
  await sql`UPDATE address SET unreachable = ${JSON.stringify({ sms: { code: '30005', at: begin } })}::jsonb
    WHERE user_id = (SELECT id FROM users WHERE external_id = 'bounced')`.execute(site.ground.db);
  for (let index = 0; index < 12; index++) await add(`p${index}`, index % 3 === 0 ? { vip: true } : {});
  return names;
}

/** What people do. */
function deedsOf(names: readonly string[]): Deed[] {
  const deeds: Deed[] = [];
  names.forEach((who, index) => {
    // Owls come when nobody may be texted any more, and buy in the night.
    const isOwl = who.startsWith('owl');
    const first = (isOwl ? 9 * hour : 0) + index * 7 * minute;
    if (isOwl) {
      deeds.push({ at: first, who, event: 'cart', fields: { total: 150 } });
      deeds.push({ at: first + 6 * hour + minute, who });
      return;
    }
    const isSteady = who.startsWith('unasked') || who.startsWith('nameless');
    deeds.push({ at: first, who, event: 'cart', fields: { total: index % 4 === 0 ? 150 : 20 } });
    if (index % 5 === 0) deeds.push({ at: first + 40 * minute, who, event: 'looked' });
    if (index % 5 === 1 && !isSteady) deeds.push({ at: first + 30 * minute, who });
    if (index % 5 === 2) deeds.push({ at: first + 10 * hour, who, event: 'looked' });
    if (index % 5 === 3) deeds.push({ at: first + 3 * hour, who, event: 'looked' });
    // Again: too soon, or with too little in the cart.
    if (index % 6 === 0) deeds.push({ at: first + 12 * hour, who, event: 'cart', fields: { total: 30 } });
    if (index % 6 === 1) deeds.push({ at: first + 21 * hour, who, event: 'cart', fields: { total: 5 } });
    if (index % 6 === 2) deeds.push({ at: first + 22 * hour, who, event: 'cart', fields: { total: 80 } });
  });
  return deeds.toSorted((a, b) => a.at - b.at);
}

async function doIt(site: JourneySite, { who, event, fields = {} }: Deed): Promise<void> {
  if (event) await site.track(who, event, fields);
  else await site.buys(who);
}

/** A line for each move of a person, with the passage's key and its instant. */
const moveLine = (key: string, at: number, what: string) => `${key} ${new Date(at).toISOString()} ${what}`;
const movesOf = ({ passages, notEntered }: RehearsedPerson): string[] =>
  [
    ...passages.flatMap(({ key, steps, reason }) => [
      ...steps.flatMap(({ tile, way, left, at }) =>
        way === null && left === null ? [] : [moveLine(key, at, `${tile} ${way ?? left}`)],
      ),
      `${key} ${reason}`,
    ]),
    ...notEntered.map(({ at, key, reason }) => moveLine(key, at, reason)),
  ].toSorted();
const messageLine = (...parts: (string | number | null)[]) => parts.join(' | ');

/** What is held against each other: who does what in which journey, from an instant on. */
interface Play {
  name: string;
  names: readonly string[];
  deeds: readonly Deed[];
  from: number;
  documentOf(site: JourneySite): Promise<object>;
}

/** Rehearses a play where it is only recorded and has it done where it is real, and holds both to be the same of everybody. Answers the figures. */
async function assertDoneAsRehearsed({
  name,
  names,
  deeds,
  from,
  documentOf,
}: Play): Promise<RehearsalAnswer['figures']> {
  const { id } = await drawn.call<{ id: number }>('POST', '/api/journeys', {
    name,
    document: await documentOf(drawn),
  });
  const realId = await real.publish(await documentOf(real), name);
  assert.equal(realId, id, 'by chance go those who have the same numbers');
  for (const deed of deeds) {
    drawn.api.clock.set(new Date(from + deed.at));
    await doIt(drawn, deed);
  }
  drawn.api.clock.set(new Date(from + 100 * hour));
  const { rehearsalId, figures } = await rehearse(drawn, id, {
    entries: { recorded: { from, until: from + 48 * hour } },
    days: 4,
  });
  const rehearsed = await peopleOf(drawn, id, rehearsalId);

  const instants = new Set(deeds.map(({ at }) => from + at));
  for (const { passages } of rehearsed.values())
    for (const { steps, messages } of passages)
      for (const { at } of [...steps, ...messages]) instants.add(at);
  for (const at of [...instants].toSorted((a, b) => a - b)) {
    real.api.clock.set(new Date(at));
    await real.work();
    for (const deed of deeds.filter((each) => from + each.at === at)) await doIt(real, deed);
    // What leaves takes its sender time; what comes of it is at the same instant.
    for (let round = 0; round < 3; round++) {
      await real.work();
      await real.send();
      real.api.clock.set(new Date(at));
    }
    await real.work();
  }

  for (const who of names) {
    const person = rehearsed.get(who);
    assert.ok(person, who);
    assert.deepEqual(movesOf(person), await movesDone(realId, who), who);
    const messages = person.passages.flatMap((passage) =>
      passage.messages.map(({ tile, skip, address, segments, price, at }) =>
        messageLine(
          ...[tile, skip, address, segments, Math.round(price * 1_000_000)],
          skip === null ? new Date(at).toISOString() : null,
        ),
      ),
    );
    assert.deepEqual(messages.toSorted(), await messagesOf(real, realId, who), who);
  }
  return figures;
}

/** The lines of `movesOf` for what somebody really did. */
async function movesDone(id: number, who: string): Promise<string[]> {
  const { passages, notEntered } = await real.why(id, who);
  const done = passages.flatMap(({ key, turns, reason }) => [
    ...turns.flatMap(({ at, steps }) =>
      steps.flatMap(({ tile, way, left }) =>
        way === null && left === undefined ? [] : [moveLine(key, at, `${tile} ${way ?? left}`)],
      ),
    ),
    `${key} ${reason}`,
  ]);
  const refused = notEntered as { at: number; key: string; reason: string }[];
  return [...done, ...refused.map(({ at, key, reason }) => moveLine(key, at, reason))].toSorted();
}

test('what is rehearsed of recorded people is what the engine does with them', async () => {
  const names = await makePeople(drawn);
  assert.deepEqual(await makePeople(real), names);
  for (const site of [drawn, real])
    await site.call('PATCH', '/api/project', { frequencyCaps: [{ medium: 'sms', messages: 1, hours: 24 }] });
  const figures = await assertDoneAsRehearsed({
    ...{ name: 'Cart', names, deeds: deedsOf(names), from: begin },
    documentOf: async (site) => {
      const [first = 0, second = 0] = await templatesOf(site);
      return journeyOf(first, second);
    },
  });
  assert.ok(figures.sends.messages > 0);
  assert.deepEqual(
    Object.keys(figures.sends.skips).toSorted(),
    ['frequencyCap', 'leftJourney', 'missingField', 'noOptIn', 'unreachable'],
    'all that is to be seen was seen',
  );
});

test('so it is where one person has several passages, held by hours, waiting for limits, dates and deadlines', async () => {
  const names = Array.from({ length: 12 }, (_, index) => `buyer${index}`);
  for (const site of [drawn, real])
    for (const [index, who] of names.entries())
      if (index % 4 === 3) await site.update(who, { phoneNumber: `+121255508${10 + index}` });
      else await site.person(who, index % 3 === 0 ? { phoneNumber: `+180855502${10 + index}` } : {});
  const from = begin + 120 * hour;
  const deeds = names.flatMap((who, index): Deed[] => {
    const at = index * 11 * minute;
    const order = (number: number, more: object = {}) => ({
      orderId: `${index}-${number}`,
      total: 5,
      ...more,
    });
    const due = new Date(from + 40 * hour).toISOString().slice(0, 10);
    return [
      { at, who, event: 'order', fields: order(1, { due }) },
      { at: at + hour + minute, who, event: 'order', fields: order(1) },
      { at: at + 9 * hour, who, event: 'order', fields: order(2) },
      ...(index % 2 === 0 ? [{ at: at + 3 * hour, who, event: 'paid', fields: order(1) }] : []),
      ...(index % 3 === 1 ? [{ at: at + 4 * hour, who, event: 'praised' }] : []),
      ...(index % 4 === 1 ? [{ at: at + 11 * hour, who, event: 'cancelled', fields: order(2) }] : []),
      ...(index === 5 ? [{ at: at + 30 * hour, who, event: 'complained' }] : []),
      { at: at + 30 * hour, who, event: 'order', fields: {} },
    ];
  });
  const figures = await assertDoneAsRehearsed({
    ...{ name: 'Orders', names, deeds: deeds.toSorted((a, b) => a.at - b.at), from },
    documentOf: async (site) => {
      const [first = 0, second = 0] = await templatesOf(site);
      const { messageTypeId } = await findChannel(site.ground);
      return {
        entry: { on: { event: { name: 'order' } }, key: 'orderId' },
        exits: [
          { name: 'cancelled', event: { name: 'cancelled' }, sameKey: 'orderId' },
          { name: 'complained', becomes: { event: { name: 'complained', during: { last: { hours: 20 } } } } },
        ],
        start: 'lawful',
        tiles: {
          lawful: { kind: 'hold', messageTypeId, next: 'reached' },
          reached: {
            kind: 'channelSplit',
            branches: [{ name: 'sms', messageTypeId, next: 'first' }],
            otherwise: 'none',
          },
          none: { kind: 'exit', reason: 'not reached' },
          first: {
            ...{ kind: 'send', templateId: second, caps: 'delay', before: { within: { hours: 10 } } },
            ...{ next: 'paid', skipped: 'paid' },
          },
          paid: {
            kind: 'waitFor',
            branches: [
              { name: 'paid', for: { event: { name: 'paid' } }, next: 'day' },
              { name: 'praised', for: { becomes: { event: { name: 'praised' } } }, next: 'day' },
            ],
            ...{ sameKey: 'orderId', since: 'entry', within: { hours: 6 }, timeout: 'day' },
          },
          day: {
            kind: 'wait',
            untilDate: { path: 'due', of: 'entry', days: -1, at: '10:00', ifPast: 'skip' },
            ...{ next: 'second', skipped: 'second', noDate: 'second' },
          },
          second: {
            ...{ kind: 'send', templateId: first, waits: false },
            ...{ next: 'end', skipped: 'end' },
          },
        },
      };
    },
  });
  assert.deepEqual(
    [Object.keys(figures.sends.skips).toSorted(), Object.keys(figures.left).toSorted(), figures.notEntered],
    [['frequencyCap', 'leftJourney', 'tooLate'], ['exitRule', 'exitTile'], { alreadyInside: 9, noKey: 12 }],
    'all that is to be seen was seen',
  );
});

async function templatesOf(site: JourneySite): Promise<number[]> {
  return [
    await site.newTemplate('Hello {{firstName}}, your cart of {{total}} waits'),
    await site.newTemplate('Still there? {{total}}'),
  ];
}

/** A line for each message of somebody, as `messageLine`. */
async function messagesOf({ ground }: JourneySite, id: number, userId: string): Promise<string[]> {
  const { rows } = await sql<{
    tile: string;
    skip: string | null;
    address: string | null;
    segments: number;
    price: number;
    left: Date | null;
  }>`
    SELECT jm.tile, m.skip_reason AS skip, CASE WHEN m.status <> 'skipped' THEN m.to_address END AS address,
      CASE WHEN m.status <> 'skipped' THEN m.segments ELSE 0 END AS segments,
      CASE WHEN m.status <> 'skipped' THEN m.price_micros ELSE 0 END::int AS price, date_trunc('second', m.dispatched_at) AS left
    FROM journey_message jm JOIN message m ON m.lane = jm.lane AND m.id = jm.message_id
    JOIN users u ON u.lane = jm.lane AND u.id = jm.user_id
    WHERE u.external_id = ${userId} AND EXISTS (SELECT 1 FROM journey_campaign c
      WHERE c.journey_id = ${id} AND c.campaign_id = m.campaign_id)`.execute(ground.db);
  return rows
    .map(({ tile, skip, address, segments, price, left }) =>
      messageLine(tile, skip, address, segments, price, left?.toISOString() ?? null),
    )
    .toSorted();
}
