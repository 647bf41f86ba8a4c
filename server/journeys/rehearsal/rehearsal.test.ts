import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { type JourneySite, startJourneySite } from '../testing/journey-site.ts';
import { peopleOf, rehearse } from './rehearsal-fixtures.ts';

let site: JourneySite;
before(async () => {
  site = await startJourneySite();
});
after(() => site.close());

test('what is counted is what the people’s ways add up to, and is the same whenever it is asked', async () => {
  const templateId = await site.newTemplate('Hello {{firstName}}, your cart waits');
  const id = await site.publish({
    entry: { on: { event: { name: 'cart' } } },
    exits: [{ name: 'bought', purchase: {}, goal: true }],
    start: 'hour',
    tiles: {
      hour: { kind: 'wait', for: { hours: 1 }, next: 'text' },
      text: { kind: 'send', templateId, next: 'buys' },
      buys: {
        kind: 'waitFor',
        branches: [{ name: 'tapped', for: { click: true }, next: 'end' }],
        within: { hours: 24 },
        timeout: 'end',
      },
    },
  });
  for (let index = 0; index < 20; index++) await site.person(`p${index}`);
  const asked = {
    entries: { supposed: { everybody: true, over: { hours: 12 } } },
    supposing: { click: { share: 50 }, purchase: { share: 20, within: { hours: 6 } } },
    days: 7,
  };
  const { figures, rehearsalId, notForeseen } = await rehearse(site, id, asked);
  const passages = [...(await peopleOf(site, id, rehearsalId)).values()].flatMap((person) => person.passages);
  const messages = passages.flatMap((passage) => passage.messages.filter(({ skip }) => skip === null));
  assert.deepEqual([figures.people, figures.entered, passages.length, notForeseen], [20, 20, 20, []]);
  assert.equal(figures.sends.messages, messages.length);
  assert.equal(
    Math.round(figures.sends.price * 1_000_000),
    messages.reduce((sum, { price }) => sum + Math.round(price * 1_000_000), 0),
  );
  const goals = passages.filter(({ reason }) => reason === 'goal').length;
  assert.deepEqual(figures.left, { goal: goals });
  assert.equal(figures.finished, 20 - goals);
  assert.ok(goals > 0 && messages.length > 0 && (figures.tiles.buys?.ways.tapped ?? 0) > 0);
  const again = await rehearse(site, id, asked);
  assert.deepEqual(again.figures, figures);
});
