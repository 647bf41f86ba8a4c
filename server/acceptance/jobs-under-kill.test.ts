import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startPlace } from '../testing/killable-place.ts';
import { until } from '../testing/program.ts';
import type { ProgramApart } from '../testing/program-apart.ts';

const rows = 40_000;
/** Every tenth row refuses texts, the others agree to them. */
const refusesEvery = 10;

const emailOf = (row: number) => `row${row}@example.com`;
const lineOf = (row: number) =>
  `${emailOf(row)},+1303${2_000_000 + row},Name ${row},${row % refusesEvery === 0 ? 'no' : 'yes'},2026-01-05`;

test('an import and an export go on where they were after kill -9 of the program, each row once', async (t) => {
  const place = await startPlace(t);
  const importId = await startImport(place);
  await until('the import to be under way', async () => {
    const { rowsDone } = await place.call<{ rowsDone: number }>('GET', `/api/import/${importId}`);
    assert.ok(rowsDone < rows, 'the import is done before it can be broken off');
    return rowsDone > 0 || null;
  });
  await place.program.kill();
  await place.restart();
  const imported = await until('the import to be done', async () => {
    const state = await place.call<{ state: string; rowsTaken: number; rowsRefused: number }>(
      'GET',
      `/api/import/${importId}`,
    );
    assert.notEqual(state.state, 'failed');
    return state.state === 'done' ? state : null;
  });
  assert.partialDeepStrictEqual(imported, { rowsTaken: rows, rowsRefused: 0 });
  const [counted] = await place.database.query(
    `SELECT (SELECT count(*)::int FROM users) AS users, (SELECT count(*)::int FROM list_member) AS members,
      (SELECT count(*)::int FROM subscription WHERE kind = 'messageType' AND status = 'subscribed') AS agreeing,
      (SELECT count(*)::int FROM (SELECT FROM consent_entry GROUP BY lane, user_id, action, kind, target_id
        HAVING count(*) > 1) AS twice) AS twice`,
    [],
  );
  const agreeing = rows - rows / refusesEvery;
  assert.deepEqual(counted, { users: rows, members: rows, agreeing, twice: 0 });

  const { jobId } = await place.call<{ jobId: number }>('POST', '/api/export/start', {
    ...{ dataTypeName: 'user', outputFormat: 'text/csv' },
    ...{ startDateTime: '2026-01-01', endDateTime: '2100-01-01' },
  });
  await until(
    'the export to be under way',
    async () => (await exportOf(place, jobId)).jobState !== 'enqueued' || null,
  );
  await place.program.kill();
  await place.restart();
  const files = await until('the export to be completed', async () => {
    const { jobState, files } = await exportOf(place, jobId);
    return jobState === 'completed' ? files : null;
  });
  const emails: string[] = [];
  for (const { url } of files) {
    const text = await place.text(new URL(url).pathname);
    const [heading = '', ...lines] = text.trim().split('\r\n');
    const column = heading.split(',').indexOf('email');
    emails.push(...lines.map((line) => line.split(',')[column] ?? ''));
  }
  assert.equal(emails.length, rows);
  assert.equal(new Set(emails).size, rows);
});

/** Uploads the file, onto a new list; answers the import's id. */
async function startImport(place: ProgramApart): Promise<number> {
  const { messageTypes } = await place.call<{ messageTypes: { id: number; channelName: string }[] }>(
    'GET',
    '/api/messageTypes',
  );
  const type = messageTypes.find(({ channelName }) => channelName === 'SMS Marketing');
  const consent = { source: 'example.com/join', method: 'webForm', messageTypeIds: [type?.id] };
  const lines = Array.from({ length: rows }, (_, row) => lineOf(row));
  const file = ['email,phone,first name,sms opt in,sms opt in date', ...lines].join('\n');
  const form = new FormData();
  form.set('options', JSON.stringify({ newListName: 'By file', consent }));
  form.set('file', new File([file], 'people.csv', { type: 'text/csv' }));
  return (JSON.parse(await place.text('/api/import', form)) as { importId: number }).importId;
}

const exportOf = (place: ProgramApart, jobId: number) =>
  place.call<{ jobState: string; files: { url: string }[] }>('GET', `/api/export/${jobId}/files`);
