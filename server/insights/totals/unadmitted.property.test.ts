import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import fc from 'fast-check';
import { sql } from 'kysely';
import { addMembers, removeMembers } from '../../audiences/list-members.ts';
import {
  addList,
  addSender,
  addTemplate,
  addUsers,
  type Ground,
  groundOf,
  type TestUser,
} from '../../campaigns/campaign-fixtures.ts';
import { campaignRoutes } from '../../campaigns/routes.ts';
import { nextAudiencePage } from '../../delivery/admission/audience-page.ts';
import { skipNotAdmitted } from '../../delivery/brakes/skip-not-admitted.sql.ts';
import { lanes } from '../../lanes/lanes.ts';
import { askTogether } from '../../lanes/over-lanes.sql.ts';
import { lanePlace, movePlace } from '../../requests/lane-place.sql.ts';
import { countUnadmitted, keepWaiting } from '../../requests/waiting-people.sql.ts';
import { startTestApi, type TestApi } from '../../testing/api.ts';

let api: TestApi;
let ground: Ground;
let users: TestUser[];
before(async () => {
  api = await startTestApi([campaignRoutes]);
  ground = groundOf(api);
  await addSender(ground);
  users = await addUsers(ground, 300);
});
after(() => api.close());

const people = (picks: readonly number[]) =>
  picks.map((pick) => users[pick % users.length] ?? { id: 0, lane: 0 });

const puts = (listId: number, who: TestUser[]) =>
  addMembers(api.context, ground.projectId, listId, who, ground.at);
const takes = (listId: number, who: TestUser[]) =>
  removeMembers(api.context, ground.projectId, listId, who, ground.at);

/** Admits a page in each lane, as admission does; `between` happens between the look at the audience and the write. */
async function admit(requestId: number, limit: number, between: () => Promise<unknown>) {
  for (const lane of lanes) {
    const place = await lanePlace(ground.db, requestId, lane);
    if (!place || place.done) continue;
    const { afterUserId, asOf } = place;
    const page = await nextAudiencePage(ground.db, {
      ...{
        projectId: ground.projectId,
        lane,
        medium: 'sms',
        channelId: 1,
        messageTypeId: 1,
        poolId: null,
        noRepeatOf: null,
      },
      ...{ afterUserId, limit, now: ground.at },
      audience: { ...place, segments: [], suppressionSegments: [] },
    });
    await between();
    await movePlace(ground.db, requestId, lane, {
      ...{ from: afterUserId, to: page.last, done: page.isEnd, people: page.looked, asOf },
    });
  }
}

test('how many are still to be admitted is kept, whatever becomes of lists and places, and counted where it is not known', async () => {
  const templateId = await addTemplate(ground);
  const picks = fc.array(fc.nat({ max: 299 }), { minLength: 1, maxLength: 40 });
  const step = fc.record({
    deed: fc.constantFrom('add', 'remove', 'leaveOut', 'letIn', 'admit', 'changeBetween', 'count', 'skip'),
    picks,
  });
  let counted = 0;
  await fc.assert(
    fc.asyncProperty(
      picks,
      fc.boolean(),
      fc.array(step, { minLength: 4, maxLength: 10 }),
      async (first, two, steps) => {
        const listId = await addList(ground, people(first));
        const second = await addList(ground, people(first.slice(3)));
        const left = await addList(ground, people(first.slice(0, 2)));
        const made = await api.call('POST', '/api/campaigns/create', {
          ...{ name: 'Sale', templateId, listIds: two ? [listId, second] : [listId] },
          ...(two && { suppressionListIds: [left] }),
        });
        const { campaignId } = made.body as { campaignId: number };
        await api.call('POST', `/api/campaigns/${campaignId}/send`);
        const { id: requestId } = await ground.db
          .selectFrom('send_request')
          .select('id')
          .where('campaign_id', '=', campaignId)
          .executeTakeFirstOrThrow();
        const scope = { projectId: ground.projectId, campaignId, range: null };
        const told = async () =>
          (await askTogether(ground.db, (ask) => countUnadmitted(ask, scope))).reduce(
            (sum, each) => sum + each.people,
            0,
          );
        const fact = async () => {
          await ground.db.updateTable('send_request_lane').set({ waiting: null }).execute();
          return told();
        };
        const asKept = async () => {
          const { rows } = await sql<{ request_id: number; lane: number; waiting: number | null }>`
          SELECT request_id, lane, waiting FROM send_request_lane WHERE request_id = ${requestId}`.execute(
            ground.db,
          );
          counted += rows.filter(({ waiting }) => waiting !== null).length;
          const kept = await told();
          const right = await fact();
          for (const { lane, waiting } of rows)
            await sql`UPDATE send_request_lane SET waiting = ${waiting}
            WHERE request_id = ${requestId} AND lane = ${lane}`.execute(ground.db);
          assert.equal(kept, right);
        };
        await asKept();
        for (const { deed, picks: who } of steps) {
          if (deed === 'add') await puts(listId, people(who));
          if (deed === 'remove') await takes(second, people(who));
          if (deed === 'leaveOut') await puts(left, people(who));
          if (deed === 'letIn') await takes(left, people(who));
          if (deed === 'admit') await admit(requestId, 1 + (who.length % 3), async () => undefined);
          if (deed === 'changeBetween')
            await admit(requestId, 1, () => takes(listId, people(who.slice(0, 1))));
          if (deed === 'count') await keepWaiting(api.context, ground.at);
          if (deed === 'skip' && who.length > 35) await skipNotAdmitted(api.context, campaignId, ground.at);
          await asKept();
        }
      },
    ),
    { numRuns: 4 },
  );
  assert.ok(counted > 0, 'numbers were kept');
});
