import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import {
  addList,
  addSender,
  addTemplate,
  addUsers,
  findChannel,
  groundOf,
} from '../../campaigns/campaign-fixtures.ts';
import { campaignRoutes } from '../../campaigns/routes.ts';
import { recordWishes } from '../../consent/ledger.ts';
import { startTestApi, type TestApi } from '../../testing/api.ts';
import { exportJobRoutes } from './job-routes.ts';
import { runExport } from './run-export.ts';

let api: TestApi;
before(async () => {
  api = await startTestApi([campaignRoutes, exportJobRoutes(async () => undefined)]);
});
after(() => api.close());

async function call(method: string, path: string, body?: unknown) {
  const answer = await api.call(method, path, body);
  assert.equal(answer.status, 200, answer.text);
  return answer;
}

test('an export of a launch in the near future is of that instant, though it is worked on once that is over', async () => {
  const ground = groundOf(api);
  await addSender(ground);
  const [user] = await addUsers(ground, 1);
  await ground.db.updateTable('users').set({ place_key: 'US-CA@America/Los_Angeles' }).execute();
  const { messageTypeId } = await findChannel(ground);
  const said = { method: 'webForm', source: 'a form', address: null, happenedAt: ground.at };
  const wish = { ...said, lane: user!.lane, userId: user!.id, projectId: api.projectId };
  await recordWishes(
    api.context,
    [{ ...wish, action: 'optIn', kind: 'messageType', targetId: messageTypeId }],
    ground.at,
  );
  const made = await call('POST', '/api/campaigns/create', {
    ...{ name: 'Soon', templateId: await addTemplate(ground), listIds: [await addList(ground, [user!])] },
    scheduleSend: false,
  });
  const { campaignId } = made.body as { campaignId: number };
  const sendAt = new Date(api.clock.now().getTime() + 60_000);
  const started = await call('POST', '/api/export/start', {
    ...{ dataTypeName: 'campaignRehearsal', outputFormat: 'application/x-json-stream', campaignId },
    launch: { sendAt: sendAt.toISOString() },
  });
  const { jobId } = started.body as { jobId: number };
  api.clock.advance(600_000);
  // It rests between pages, and the clock stands.
  const clock = { ...api.clock, sleep: async () => undefined };
  await runExport({ ...api.context, clock }, jobId);
  const { text: jobs } = await call('GET', '/api/export/jobs');
  assert.match(jobs, /"jobState":"completed"/);
  const { text } = await call('GET', `/api/export/${jobId}/files/1`);
  const [row] = text.trim().split('\n');
  assert.partialDeepStrictEqual(JSON.parse(row ?? ''), { fate: 'send', dueAt: '2026-11-23 17:01:00 +00:00' });
});
