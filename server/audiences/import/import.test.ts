import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { PgBoss } from 'pg-boss';
import { consentRoutes } from '../../consent/routes.ts';
import type { Announce, Happening } from '../../http/happenings.ts';
import { startTestApi, type TestApi } from '../../testing/api.ts';
import { setTrap } from '../../testing/trap.ts';
import { userRoutes } from '../../users/routes.ts';
import { audienceRoutes } from '../routes.ts';
import { importJobs, tryImport, workImports } from './import-jobs.ts';
import { runImport } from './run-import.ts';

let server: TestApi;
let typeId: number;
before(async () => {
  server = await startTestApi([
    userRoutes,
    consentRoutes,
    audienceRoutes({ enqueue: async () => undefined }),
  ]);
  const type = await server.database.db
    .selectFrom('message_type')
    .innerJoin('channel', 'channel.id', 'channel_id')
    .select('message_type.id')
    .where('channel.name', '=', 'SMS Marketing')
    .executeTakeFirstOrThrow();
  typeId = type.id;
});
after(() => server.close());

async function upload(path: string, content: string | Uint8Array<ArrayBuffer>, options: object) {
  const form = new FormData();
  form.set('file', new Blob([content]), 'people.csv');
  form.set('options', JSON.stringify(options));
  const answer = await fetch(server.url + path, {
    method: 'POST',
    headers: { 'Api-Key': server.key },
    body: form,
  });
  return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
}

async function imported(content: string | Uint8Array<ArrayBuffer>, options: object) {
  const { status, body } = await upload('/api/import', content, options);
  assert.equal(status, 202, JSON.stringify(body));
  const id = Number(body.importId);
  await runImport(server.context, id);
  const report = (await server.call('GET', `/api/import/${id}/rows`)).body as {
    state: string;
    rows: Record<string, unknown>[];
  };
  assert.equal(report.state, 'done');
  const state = (await server.call('GET', `/api/import/${id}`)).body as Record<string, unknown>;
  return { id, listId: body.listId, rows: report.rows, state };
}

const messy = [
  '\ufeffEmail;Mobile;First Name;sms_opt_in;opt_in_date;opt_in_source',
  'ann@example.com;(415) 555-0132;Ann;yes;2026-10-01;https://acme.example/join',
  'bob@example.com;12;Bob;yes;;',
  'cid@example.com;+44 7400 123456;"Ci;d\nthe ""Great""";no;;',
  '',
  'dee@example.com;415.555.0133;Dee;maybe;;',
  'ann@example.com;;Anna;yes;not a date;',
  ';;Nobody;;;',
].join('\r\n');

test('a messy file is taken row by row, with a reason for each refusal', async () => {
  const consent = { source: 'Shop till', method: 'paper', messageTypeIds: [typeId] };
  const { id, rows, state, listId } = await imported(messy, { consent, newListName: 'Imported' });
  assert.deepEqual(
    [state.state, state.rowsTotal, state.rowsDone, state.rowsTaken, state.rowsRefused],
    ['done', 6, 6, 5, 1],
  );
  assert.deepEqual(
    rows.map((row) => [row.rowNumber, row.outcome, row.field]),
    [
      [3, 'warning', 'optIn'],
      [3, 'warning', 'phoneNumber'],
      [6, 'warning', 'optIn'],
      [7, 'warning', 'email'],
      [7, 'warning', 'optInDate'],
      [8, 'refused', 'email'],
    ],
  );
  const csv = await server.call('GET', `/api/import/${id}/report.csv`);
  assert.match(csv.text, /^Email,Mobile,First Name,sms_opt_in,opt_in_date,opt_in_source,Carillon row,/);
  assert.match(csv.text, /\r\nbob@example.com,12,Bob,yes,,,3,warning,/);
  const proof = await server.call('GET', '/api/consent/proof?email=ann@example.com');
  assert.match(proof.text, /https:\/\/acme.example\/join \(import \d+, people.csv, row 2\)/);
  const cid = await server.call('GET', '/api/users/cid@example.com');
  assert.match(cid.text, /Ci;d\\nthe \\"Great\\"/);
  assert.equal((await server.call('GET', `/api/lists/${listId}/size`)).text, '4');
});

test('a row of somebody who was forgotten is refused, and the report keeps nothing of them', async () => {
  await server.call('POST', '/api/users/forget', { email: 'Gone@example.com' });
  const { rows, state } = await imported('email,city\ngone@example.com,Bonn\nhere@example.com,Bonn\n', {});
  assert.deepEqual([state.rowsTaken, state.rowsRefused], [1, 1]);
  assert.match(String(rows[0]?.reason), /forgotten.*unforget/);
  assert.doesNotMatch(JSON.stringify(rows), /gone@/i);
});

test('consent without a stated source is refused; without consent columns none is needed', async () => {
  const refused = await upload('/api/import', messy, {});
  assert.equal(refused.status, 400);
  assert.equal((refused.body.params as { reason: string }).reason, 'ConsentRequired');
  const plain = await imported('email,age\nplain@example.com,30\n', {});
  assert.equal(plain.state.rowsTaken, 1);
});

test('a time zone that nobody knows is pointed out, a repeated row only where it was taken', async () => {
  const content = [
    'email,phone,time zone',
    'zoe@example.com,,Mars/Olympus',
    'zoe@example.com,,Europe/Berlin',
    'zoe@example.com,12,',
  ];
  const { rows } = await imported(content.join('\n'), {});
  assert.deepEqual(
    rows.map((row) => [row.rowNumber, row.outcome, row.field]),
    [
      [2, 'warning', 'timeZone'],
      [3, 'warning', 'email'],
      [4, 'warning', 'email'],
      [4, 'warning', 'phoneNumber'],
    ],
  );
});

test('a no in a column for one medium’s opt-in is no consent, whatever is stated for the file', async () => {
  const consent = { source: 'Shop till', method: 'paper', messageTypeIds: [typeId] };
  for (const header of ['WhatsApp opt-in', 'Email opt-in', 'SMS Opt-In', 'Text consent']) {
    const { body } = await upload('/api/import/preview', `Phone,${header}\n(415) 555-0140,no\n`, { consent });
    const { rows } = body as { rows: { consent: string | null }[] };
    assert.deepEqual(
      rows.map((row) => row.consent),
      [null],
      header,
    );
  }
});

test('Latin-1, UTF-16, tabs and German numbers are read', async () => {
  const latin = new Uint8Array(Buffer.from('email,vorname\nj@example.com,J\u00fcrgen\n', 'latin1'));
  await imported(latin, {});
  assert.match((await server.call('GET', '/api/users/j@example.com')).text, /J\u00fcrgen/);
  const utf16 = new Uint8Array(Buffer.from('\ufeffemail\tHandy\nk@example.com\t0151 23456789\n', 'utf16le'));
  await imported(utf16, { defaultCountry: 'DE' });
  assert.match((await server.call('GET', '/api/users/k@example.com')).text, /\+4915123456789/);
  const preview = await upload('/api/import/preview', utf16, { defaultCountry: 'DE' });
  assert.equal(preview.body.encoding, 'utf-16le');
  assert.deepEqual(
    (preview.body.columns as { header: string; field: string }[]).map(({ header, field }) => [header, field]),
    [
      ['email', 'email'],
      ['Handy', 'phoneNumber'],
    ],
  );
});

test('what is no CSV is refused with the remedy; a cell that no table can hold costs its row only', async () => {
  for (const [content, reason] of [
    [new Uint8Array([0x50, 0x4b, 3, 4, 20, 0, 6, 0, 8, 0]), /zip archive and no Excel workbook/],
    [new Uint8Array([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1]), /old Excel workbook.*save it as XLSX or CSV/],
    [
      new Uint8Array([0x7f, 0x45, 0x4c, 0x46, 2, 1, 1, 3, 0, 0, 0x3e, 1, 64, 16]),
      /a program.*save it as XLSX or CSV/,
    ],
    ['ann@example.com,Paris\nbob@example.com,Rome\n', /row 1 holds a person where the names/],
  ] as const)
    for (const path of ['/api/import', '/api/import/preview']) {
      const refused = await upload(path, content, {});
      assert.equal(refused.status, 400);
      assert.match(String(refused.body.msg), reason);
    }
  const poisoned = 'email,city\nuna@example.com,Par\0is\nduo@example.com,Rome\nduo@example.com,"B\0"\n';
  const { rows, state } = await imported(poisoned, {});
  assert.deepEqual([state.state, state.rowsTaken, state.rowsRefused], ['done', 1, 2]);
  assert.deepEqual(
    rows.map((row) => [row.rowNumber, row.outcome, row.field]),
    [
      [2, 'refused', 'city'],
      [4, 'refused', 'city'],
    ],
  );
});

test('an import that fails again and again ends as failed with the reason, and no file outlives its import', async () => {
  const { body } = await upload('/api/import', 'email\nlost@example.com\n', {});
  const id = Number(body.importId);
  const trap = await setTrap(server.database.url, {
    ...{ table: 'import', when: 'BEFORE UPDATE', only: `NEW.rows_done > 0 AND NEW.id = ${id}` },
    does: "RAISE 'the disk is full';",
  });
  for (let attempt = 1; attempt < 5; attempt++)
    await assert.rejects(tryImport(server.context, id, attempt), /the disk is full/);
  await tryImport(server.context, id, 5);
  await trap.remove();
  const state = (await server.call('GET', `/api/import/${id}`)).body as Record<string, unknown>;
  assert.equal(state.state, 'failed');
  assert.match(String(state.error), /the disk is full/);
  const { rows } = await server.database.pool.query('SELECT DISTINCT import_id FROM import_file');
  assert.ok(!rows.some((row) => row.import_id === id));
});

test('an import broken off goes on where it was, counting nothing twice', async () => {
  const lines = Array.from({ length: 2500 }, (_, index) => `run${index}@example.com,yes`);
  const content = ['email,sms_opt_in', ...lines, 'broken,yes'].join('\n');
  const consent = { source: 'web', method: 'webForm', happenedAt: '2026-11-01', messageTypeIds: [typeId] };
  const { body } = await upload('/api/import', content, { consent });
  const id = Number(body.importId);
  // The counting of the third batch fails once: its rows are taken, and not counted.
  const trap = await setTrap(server.database.url, {
    ...{ table: 'import', when: 'BEFORE UPDATE', only: `NEW.rows_done > 1000 AND NEW.id = ${id}` },
    does: "RAISE 'broken off';",
  });
  await assert.rejects(runImport(server.context, id, 500), /broken off/);
  await trap.remove();
  const before = (await server.call('GET', `/api/import/${id}`)).body as Record<string, unknown>;
  assert.deepEqual([before.state, before.rowsTaken], ['running', 1000]);
  await Promise.all([runImport(server.context, id, 500), runImport(server.context, id, 500)]);
  await runImport(server.context, id);
  const state = (await server.call('GET', `/api/import/${id}`)).body as Record<string, unknown>;
  assert.deepEqual(
    [state.state, state.rowsDone, state.rowsTaken, state.rowsRefused],
    ['done', 2501, 2500, 1],
  );
  const { rows } = await server.database.pool.query(
    "SELECT count(*) AS all, count(DISTINCT source) AS once FROM consent_entry WHERE source LIKE 'web (import %'",
  );
  assert.ok(rows[0].once >= 2500);
});

test('what is told of an import’s progress goes on by half a batch at most, to its end', async () => {
  const { pool } = server.database;
  const lines = Array.from({ length: 2000 }, (_, index) => `step${index}@example.com`);
  const { body } = await upload('/api/import', ['email', ...lines].join('\n'), {});
  const id = Number(body.importId);
  await pool.query('CREATE TABLE told (at bigint GENERATED ALWAYS AS IDENTITY, rows integer NOT NULL)');
  const trap = await setTrap(server.database.url, {
    ...{ table: 'import', when: 'AFTER UPDATE', only: `NEW.id = ${id}` },
    does: `INSERT INTO told (rows) VALUES (NEW.rows_done + coalesce((to_jsonb(NEW)->>'rows_half_done')::int, 0) / 2);`,
  });
  await runImport(server.context, id, 1000);
  await trap.remove();
  const { rows } = await pool.query('SELECT rows FROM told ORDER BY at');
  const told = rows.map((row) => Number(row.rows));
  assert.deepEqual([...new Set(told)], [0, 500, 1000, 1500, 2000]);
  assert.deepEqual(
    told,
    told.toSorted((a, b) => a - b),
    'never back',
  );
});

test('an import broken off while it takes people knows all the same whom it made, so that it can be undone', async () => {
  const { body } = await upload('/api/import', 'email\nmade@example.com\n', { newListName: 'Broken off' });
  const id = Number(body.importId);
  const trap = await setTrap(server.database.url, {
    ...{ table: 'import_user', when: 'BEFORE INSERT', only: `NEW.import_id = ${id}` },
    does: "RAISE 'broken off';",
  });
  await assert.rejects(runImport(server.context, id), /broken off/);
  await trap.remove();
  await runImport(server.context, id);
  const undo = (await server.call('GET', `/api/import/${id}/undo`)).body as Record<string, unknown>;
  assert.deepEqual([undo.usersRemoved, undo.usersKept], [1, 0]);
});

test('the report of an import is mended and sent again as it is: its rows are taken, its own columns passed over', async () => {
  const consent = { source: 'Till', method: 'paper', messageTypeIds: [typeId] };
  const content = [
    'Email,Mobile,First Name,sms_opt_in,opt_in_date',
    'right@example.com,(415) 555-0190,Rita,yes,2026-10-01',
    'no at sign,(415) 555-0191,"Ned, the first",yes,2026-10-01',
    'short@example.com,12,Sid,yes,2026-10-01',
  ].join('\n');
  const first = await imported(content, { consent });
  assert.deepEqual([first.state.rowsTaken, first.state.rowsRefused], [2, 1]);
  const { text: report } = await server.call('GET', `/api/import/${first.id}/report.csv`);
  assert.match(report, /no at sign/);
  const mended = report
    .replace('no at sign', 'ned@example.com')
    .replace('@example.com,12,', '@example.com,(415) 555-0192,');
  const second = await imported(mended, { consent });
  assert.deepEqual(
    [second.state.rowsTotal, second.state.rowsTaken, second.state.rowsRefused, second.rows.length],
    [2, 2, 0, 0],
  );
  for (const [email, phone] of [
    ['ned@example.com', '+14155550191'],
    ['short@example.com', '+14155550192'],
  ]) {
    const { text } = await server.call('GET', `/api/users/${email}`);
    assert.match(text, new RegExp(`"phoneNumber":"\\${phone}"`));
    assert.doesNotMatch(text, /Carillon/);
    const proof = await server.call('GET', `/api/consent/proof?email=${email}`);
    assert.match(proof.text, /"status":"subscribed"/);
  }
  const ned = await server.call('GET', '/api/users/ned@example.com');
  assert.match(ned.text, /"firstName":"Ned, the first"/);
});

test('of two columns of numbers the mobile one goes first, and the report says where the other was taken', async () => {
  const content = [
    'Email,Phone,Mobile',
    'both@example.com,(212) 220-6001,(212) 220-6002',
    'office@example.com,(212) 220-6003,',
    'slip@example.com,(212) 220-6004,12',
    'none@example.com,,',
  ].join('\n');
  const { rows } = await imported(content, {});
  const numbers = await Promise.all(
    ['both', 'office', 'slip', 'none'].map(async (name) => {
      const { body } = await server.call('GET', `/api/users/${name}@example.com`);
      return (body as { user: { dataFields: { phoneNumber?: string } } }).user.dataFields.phoneNumber;
    }),
  );
  assert.deepEqual(numbers, ['+12122206002', '+12122206003', '+12122206004', undefined]);
  assert.deepEqual(
    rows.map(({ rowNumber, field, reason }) => [rowNumber, field, reason]),
    [
      [3, 'phoneNumber', '“Mobile” is empty: the number is that of “Phone”'],
      [4, 'phoneNumber', '“Mobile” cannot be read: the number is that of “Phone”'],
    ],
  );
});

test('the background job takes up what waits', async () => {
  const { body } = await upload('/api/import', 'email\njob@example.com\n', {});
  const boss = new PgBoss({ connectionString: server.database.url, schema: 'pgboss' });
  await boss.start();
  try {
    const jobs = await importJobs(boss);
    await workImports(boss, jobs, server.context);
    let state: unknown;
    while (state !== 'done')
      state = ((await server.call('GET', `/api/import/${body.importId}`)).body as Record<string, unknown>)
        .state;
  } finally {
    await boss.stop();
  }
  assert.match((await server.call('GET', '/api/users/job@example.com')).text, /job@example.com/);
});

test('an import is undone: whom it made goes, what it gave to others ends, opt-outs stay', async () => {
  await imported('email,phone\nwas@example.com,415-555-0161\n', {});
  const consent = { source: 'web', method: 'webForm', happenedAt: '2026-11-01', messageTypeIds: [typeId] };
  const content = [
    'email,phone,sms opt in',
    'was@example.com,,yes',
    'new@example.com,415-555-0162,yes',
    'seen@example.com,415-555-0163,yes',
    'out@example.com,415-555-0164,opted out',
  ].join('\n');
  const { id, listId } = await imported(content, { consent, newListName: 'By mistake' });
  server.clock.advance(60_000);
  await server.call('POST', '/api/users/update', { email: 'seen@example.com', dataFields: { city: 'Rome' } });
  const { body: counts } = await server.call('GET', `/api/import/${id}/undo`);
  assert.deepEqual(counts, {
    usersRemoved: 2,
    usersKept: 2,
    membershipsEnded: 2,
    consentsEnded: 2,
    optOutsKept: 1,
  });
  assert.equal((await server.call('POST', `/api/import/${id}/undo`)).status, 202);
  const told: Happening[] = [];
  const announce: Announce = async (_, happenings) => void told.push(...happenings);
  await tryImport({ ...server.context, announce }, id, 1);
  // Whoever listens hears that the opt-ins of those who stay have ended, and of no opt-out that stays.
  const ended = told.flatMap((each) => (each.kind === 'standing' ? [each] : []));
  assert.deepEqual(
    ended.map(({ status, messageTypeId, source }) => [status, messageTypeId === null, source]).sort(),
    [false, false, true, true].map((isChannel) => [
      'unsubscribed',
      isChannel,
      `undone (import ${id}, people.csv)`,
    ]),
  );
  assert.equal(new Set(ended.map(({ userId }) => userId)).size, 2);
  assert.equal(((await server.call('GET', `/api/import/${id}`)).body as { state: string }).state, 'undone');
  assert.equal((await server.call('POST', `/api/import/${id}/undo`)).status, 400);
  assert.equal((await server.call('GET', `/api/lists/${listId}/size`)).text, '0');
  assert.doesNotMatch((await server.call('GET', '/api/users/new@example.com')).text, /new@example.com/);
  for (const email of ['was@example.com', 'seen@example.com']) {
    const proof = await server.call('GET', `/api/consent/proof?email=${email}`);
    const { standings, entries } = proof.body as { standings: unknown[]; entries: Record<string, string>[] };
    assert.deepEqual(standings, []);
    const back = entries.filter(({ action }) => action === 'takenBack');
    assert.ok(back.length > 0 && back.every(({ source }) => source === `undone (import ${id}, people.csv)`));
  }
  await imported('email,phone,sms opt in\nback@example.com,415-555-0164,yes\n', {
    consent: { ...consent, happenedAt: '2026-10-01' },
  });
  const proof = await server.call('GET', '/api/consent/proof?email=back@example.com');
  assert.match(proof.text, /"status":"unsubscribed"/);
});

test('an import undone brings back no opt-in of before an opt-out, nor one for another number', async () => {
  const stands = async (email: string) => {
    const { body } = await server.call('GET', `/api/consent/proof?email=${email}`);
    const { standings } = body as { standings: { kind: string; targetId: number; status: string }[] };
    return (
      standings.find((each) => each.kind === 'messageType' && each.targetId === typeId)?.status ?? 'none'
    );
  };
  const later = () => server.clock.advance(60_000);
  const agrees = (email: string) =>
    server.call('POST', '/api/consent', {
      consents: [{ email, messageTypeId: typeId, method: 'webForm', source: 'a form' }],
    });
  await imported('email,phone\nleft@example.com,415-555-0171\nmoved@example.com,415-555-0172\n', {});
  for (const email of ['left@example.com', 'moved@example.com']) await agrees(email);
  later();
  await server.call('POST', '/api/consent/optOut', {
    ...{ email: 'left@example.com', messageTypeId: typeId, source: 'a call' },
  });
  await server.call('POST', '/api/users/update', {
    ...{ email: 'moved@example.com', phoneNumber: '+14155550173' },
  });
  later();
  const file = 'email,sms opt in\nleft@example.com,yes\nmoved@example.com,yes\n';
  const said = { source: 'web', method: 'webForm', messageTypeIds: [typeId] };
  const wrong = await imported(file, {
    consent: { ...said, happenedAt: server.clock.now().toISOString() },
  });
  for (const email of ['left@example.com', 'moved@example.com'])
    assert.equal(await stands(email), 'subscribed', email);
  later();
  await imported('email,sms opt in\nleft@example.com,yes\n', { consent: said });
  assert.equal((await server.call('POST', `/api/import/${wrong.id}/undo`)).status, 202);
  await tryImport(server.context, wrong.id, 1);
  assert.equal(await stands('moved@example.com'), 'none');
  assert.equal(await stands('left@example.com'), 'unsubscribed');
});

test('an import broken off before an opt-out bound all who share the number binds them when it goes on', async () => {
  const people = ['mother@example.com', 'son@example.com'];
  await imported(['email,phone', ...people.map((email) => `${email},415-555-0181`)].join('\n'), {});
  const out = ['email,sms opt in', 'mother@example.com,opted out'].join('\n');
  const consent = { source: 'web', method: 'webForm', messageTypeIds: [typeId] };
  const { body } = await upload('/api/import', out, { consent });
  const id = Number(body.importId);
  const trap = await setTrap(server.database.url, {
    ...{ table: 'suppression', when: 'BEFORE INSERT', does: "RAISE 'broken off';" },
  });
  await assert.rejects(runImport(server.context, id), /broken off/);
  await trap.remove();
  await runImport(server.context, id);
  for (const email of people)
    assert.match(
      (await server.call('GET', `/api/consent/proof?email=${email}`)).text,
      /"status":"unsubscribed"/,
      email,
    );
});
