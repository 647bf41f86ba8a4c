import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { addSender, addTemplate, findChannel } from '../../campaigns/campaign-fixtures.ts';
import { type JourneyGround, openJourneyGround } from '../testing/journey-ground.ts';

let journeys: JourneyGround;

before(async () => {
  journeys = await openJourneyGround();
});
after(() => journeys.api.close());

const day = { kind: 'wait', days: 1, next: 'text' };
const document = (name: string, templateIds: readonly number[], more: object = {}) => ({
  entry: { on: { event: { name } } },
  start: 'day',
  tiles: {
    day,
    ...Object.fromEntries(
      templateIds.map((templateId, index) => [
        index === 0 ? 'text' : `text${index}`,
        {
          ...{ kind: 'send', templateId, waits: false },
          next: index + 1 < templateIds.length ? `text${index + 1}` : 'end',
        },
      ]),
    ),
  },
  ...more,
});

test('who opts out of all that a journey sends leaves it at once, where it sends promotional messages only or says so', async () => {
  const { publish, person, track, why, call, ground, work, templateId } = journeys;
  const { messageTypeId } = await findChannel(ground);
  await addSender(ground, 'sms', 'transactional');
  const receipt = await addTemplate(ground, 'sms', 'transactional');
  const only = await publish(document('joins', [templateId, templateId]));
  const both = await publish(document('joins', [templateId, receipt]));
  const stays = await publish(document('joins', [templateId], { onOptOut: 'stay' }));
  const none = await publish({
    ...document('joins', [templateId]),
    start: 'day',
    tiles: { day: { ...day, next: 'end' } },
  });
  await person('ann');
  await person('ben');
  for (const userId of ['ann', 'ben']) await track(userId, 'joins');
  await work();
  await call('DELETE', `/api/subscriptions/messageType/${messageTypeId}/byUserId/ann`);
  const reasons = async (userId: string) => {
    const found: (string | null)[] = [];
    for (const id of [only, both, stays, none])
      found.push((await why(id, userId)).passages[0]?.reason ?? null);
    return found;
  };
  assert.deepEqual(await reasons('ann'), ['optedOut', null, null, null], 'at once');
  assert.deepEqual(await reasons('ben'), [null, null, null, null]);
});
