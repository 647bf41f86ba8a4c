import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { consentRoutes } from '../../consent/routes.ts';
import { startTestApi, type TestApi } from '../../testing/api.ts';
import { userRoutes } from '../../users/routes.ts';
import { audienceRoutes } from '../routes.ts';
import { runImport } from './run-import.ts';

let server: TestApi;
const types: Record<string, number> = {};
before(async () => {
  server = await startTestApi([
    userRoutes,
    consentRoutes,
    audienceRoutes({ enqueue: async () => undefined }),
  ]);
  const rows = await server.database.db
    .selectFrom('message_type')
    .innerJoin('channel', 'channel.id', 'channel_id')
    .select(['message_type.id', 'medium', 'purpose'])
    .orderBy('message_type.id')
    .execute();
  for (const { id, medium, purpose } of rows) if (purpose === 'promotional') types[medium] ??= id;
});
after(() => server.close());

const statement = (...media: string[]) => ({
  source: 'shop.example/join',
  method: 'webForm',
  messageTypeIds: media.map((medium) => types[medium]!),
});

async function upload(path: string, content: string, options: object) {
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

async function imported(content: string, options: object) {
  const { status, body } = await upload('/api/import', content, options);
  assert.equal(status, 202, JSON.stringify(body));
  await runImport(server.context, Number(body.importId));
  const report = await server.call('GET', `/api/import/${body.importId}/rows`);
  return (report.body as { rows: { rowNumber: number; outcome: string; field: string; reason: string }[] })
    .rows;
}

/** Where somebody stands with the message types of each medium: `{ sms: 'subscribed' }`. */
async function standing(who: string): Promise<Record<string, string>> {
  const proof = await server.call('GET', `/api/consent/proof?${who}`);
  const { standings } = proof.body as {
    standings: { kind: string; medium: string; status: string; targetId: number }[];
  };
  return Object.fromEntries(
    standings
      .filter(({ kind, targetId, medium }) => kind === 'channel' || targetId === types[medium])
      .sort((a, b) => a.kind.localeCompare(b.kind))
      .map(({ medium, status }) => [medium, status]),
  );
}

const asked = ({ body }: { body: Record<string, unknown> }) =>
  body.params as { reason: string; field: string; columns: string[]; questions: { about: string }[] };

test('of a shop’s export each consent column counts for its own channel only', async () => {
  const file = [
    'Email,Accepts Email Marketing,Default Address Phone,Phone,Accepts SMS Marketing',
    "nora@example.com,yes,+14155550141,'+14155550141,no",
    "omar@example.com,no,+12125550142,'+12125550142,yes",
    "pia@example.com,yes,,'+15125550143,",
  ].join('\n');
  const rows = await imported(file, { consent: statement('sms', 'email') });
  assert.deepEqual(rows, []);
  assert.deepEqual(await standing('email=nora@example.com'), { email: 'subscribed' });
  assert.deepEqual(await standing('email=omar@example.com'), { sms: 'subscribed' });
  assert.deepEqual(await standing('email=pia@example.com'), { email: 'subscribed' });
});

test('where it cannot be told which column counts, the import asks and takes nothing', async () => {
  const cases: {
    name: string;
    header: string;
    cell?: string;
    options: object;
    about: string;
    columns: string[];
  }[] = [
    {
      name: 'two columns for one channel',
      header: 'SMS opt in,Accepts SMS Marketing',
      options: {},
      about: 'severalColumns',
      columns: ['SMS opt in', 'Accepts SMS Marketing'],
    },
    {
      name: 'a column without a channel',
      header: 'Consent',
      options: {},
      about: 'untoldChannel',
      columns: ['Consent'],
    },
    {
      name: 'no column for what is wanted',
      header: 'Accepts Email Marketing',
      options: {},
      about: 'noColumn',
      columns: ['Accepts Email Marketing'],
    },
    {
      name: 'an X',
      header: 'SMS opt in',
      cell: 'X',
      options: {},
      about: 'doubtfulMark',
      columns: ['SMS opt in'],
    },
    {
      name: 'states of subscribers under a strange name',
      header: 'Status',
      cell: 'SUBSCRIBED',
      options: {},
      about: 'untoldChannel',
      columns: ['Status'],
    },
  ];
  for (const { name, header, cell = 'yes', options, about, columns } of cases) {
    const cells = header.split(',').map(() => cell);
    const file = `email,phone,${header}\nask@example.com,415-555-0170,${cells.join(',')}\n`;
    const refused = await upload('/api/import', file, { consent: statement('sms'), ...options });
    assert.equal(refused.status, 400, name);
    const question = asked(refused);
    assert.deepEqual([question.reason, question.field], ['ConsentRequired', 'options.consentColumns'], name);
    assert.equal(question.questions[0]?.about, about, name);
    assert.deepEqual(question.columns, columns, name);
    assert.match(String(refused.body.msg), /options\.consentColumns/);
    // What the answer is to look like can be copied, and records what is wanted.
    if (about !== 'noColumn')
      assert.match(String(refused.body.msg), new RegExp(`"messageTypeIds":\\[${types.sms}\\]`));
    const preview = await upload('/api/import/preview', file, { consent: statement('sms') });
    assert.equal((preview.body.questions as { about: string }[])[0]?.about, about);
  }
  assert.doesNotMatch((await server.call('GET', '/api/users/ask@example.com')).text, /ask@example.com/);
});

test('a file in which no column says who agreed opts nobody in before somebody says that all of it did', async () => {
  const file = (header: string, cell: string) =>
    `Nombre;Teléfono móvil;${header}\nAna;415-555-0176;${cell}\n`;
  const refused = await upload('/api/import', file('Altura', '170'), { consent: statement('sms') });
  const question = asked(refused);
  assert.deepEqual([refused.status, question.reason], [400, 'ConsentRequired']);
  assert.equal(question.questions[0]?.about, 'noColumn');
  assert.match(String(refused.body.msg), /options\.consentColumns.*options\.consent\.everyRow true/);
  await imported(file('Altura', '170'), { consent: { ...statement('sms'), everyRow: true } });
  assert.deepEqual(await standing('phone=%2B14155550176'), { sms: 'subscribed' });
  const stranger = file('Le parece bien', 'No').replace('0176', '0177');
  const named = { 'Le parece bien': { messageTypeIds: [types.sms] } };
  await imported(stranger, { consent: statement('sms'), consentColumns: named });
  assert.deepEqual(await standing('phone=%2B14155550177'), {});
  await imported(stranger.replace(';No\n', ';Sí\n'), { consent: statement('sms'), consentColumns: named });
  assert.deepEqual(await standing('phone=%2B14155550177'), { sms: 'subscribed' });
});

test('a no under whatever name for consent by SMS subscribes nobody: it is read, or asked about', async () => {
  const plain = [
    ...['Acepta SMS', 'Accetta SMS', 'SMS accettati', 'Erlaubt SMS', 'Aceita SMS', 'J’accepte les SMS'],
    ...[
      'SMS mottas',
      'Permiso SMS',
      'Согласие на SMS',
      'OK to text',
      'Text Msg Permission',
      'SMS toegestaan',
    ],
    ...[
      'SMS разрешены',
      'SMS許可',
      'SMS허용',
      'SMS-Erlaubnis',
      'TCPA consent',
      'Newsletter',
      'Zgadzam się na SMS',
      'SMS kabul',
    ],
  ];
  const doubtful = [
    ...['Marketing SMS', 'Can we text you?', 'Texting?', 'SMS', 'Text', 'Mobile', 'WhatsApp'],
    ...['Mail', 'Werbung', 'Recibe SMS', 'SMS受信'],
  ];
  const wrong: string[] = [];
  let number = 0;
  for (const header of [...plain, ...doubtful]) {
    const phone = `+1512555${String(++number).padStart(4, '0')}`;
    const row = (cell: string) => `Name;Phone;${header}\nAna;${phone};${cell}\n`;
    const { body, status } = await upload('/api/import', row('no'), { consent: statement('sms') });
    const isPlain = plain.includes(header);
    if (isPlain !== (status === 202)) wrong.push(`${header}: ${status} ${body.msg ?? ''}`);
    if (status === 202) await runImport(server.context, Number(body.importId));
    const preview = await upload('/api/import/preview', row('yes'), { consent: statement('sms') });
    const columns = preview.body.columns as { header: string; field: string }[];
    if (columns[2]?.field !== 'optIn') wrong.push(`${header} becomes ${columns[2]?.field}`);
    const users = await server.database.db
      .selectFrom('subscription')
      .innerJoin('users', (join) =>
        join.onRef('users.id', '=', 'user_id').onRef('users.lane', '=', 'subscription.lane'),
      )
      .select('status')
      .where('phone_number', '=', phone)
      .execute();
    if (users.length > 0) wrong.push(`${header}: ${users[0]?.status}`);
  }
  assert.deepEqual(wrong, []);
});

test('columns beside a medium that speak of no consent are left alone', async () => {
  const headers = 'Email,Phone,Phone verified,Emails sent,Email hard bounce,Marketing group,SMS plan,VIP';
  const file = `${headers}\nvi@example.com,415-555-0178,yes,1,no,A,yes,yes\nvo@example.com,,no,0,no,B,no,no\n`;
  const { body } = await upload('/api/import/preview', file, {});
  const columns = body.columns as { header: string; field: string }[];
  assert.deepEqual(
    columns.filter(({ field }) => field === 'optIn'),
    [],
  );
  assert.deepEqual(body.questions, []);
});

test('answers to the questions count: a column for each channel, a mark, and everybody by statement', async () => {
  const file =
    'email,phone,Consent,Newsletter\nan@example.com,415-555-0171,X,no\nbo@example.com,415-555-0172,,yes\n';
  const consentColumns = {
    Consent: { messageTypeIds: [types.sms], values: { X: 'yes' } },
    Newsletter: { messageTypeIds: [types.email] },
  };
  await imported(file, { consent: { source: 'till', method: 'paper' }, consentColumns });
  assert.deepEqual(await standing('email=an@example.com'), { sms: 'subscribed' });
  assert.deepEqual(await standing('email=bo@example.com'), { email: 'subscribed' });
  const all = 'email,phone,Accepts Email Marketing\nci@example.com,415-555-0173,no\n';
  await imported(all, { consent: { ...statement('sms'), everyRow: true } });
  assert.deepEqual(await standing('email=ci@example.com'), { sms: 'subscribed' });
});

test('the preview shows yes, no, blank and unknown apart', async () => {
  const cells = ['yes', 'NEVER_SUBSCRIBED', '', 'perhaps', 'pending', 'STOP'];
  const lines = cells.map((cell, index) => `p${index}@example.com,${cell}`);
  const { body } = await upload('/api/import/preview', ['email,SMS opt in', ...lines].join('\n'), {
    consent: statement('sms'),
  });
  const rows = body.rows as { readings: { reading: string }[]; consent: string | null }[];
  assert.deepEqual(
    rows.map(({ readings, consent }) => [readings[0]?.reading, consent]),
    [
      ['yes', 'optIn'],
      ['no', null],
      ['blank', null],
      ['unknown', null],
      ['pending', null],
      ['optOut', 'optOut'],
    ],
  );
});

test('within a file the later row wins; a later file’s no ends an earlier yes, its blank says nothing', async () => {
  const options = { consent: statement('sms') };
  const file = (...rows: string[]) => ['email,phone,SMS opt in', ...rows].join('\n');
  const rows = await imported(
    file(
      'la@example.com,415-555-0174,no',
      'la@example.com,,yes',
      'mo@example.com,415-555-0175,yes',
      'MO@example.com,,no',
      'mo@example.com,,',
    ),
    options,
  );
  assert.ok(rows.some(({ rowNumber, reason }) => rowNumber === 4 && /later row/.test(reason)));
  assert.deepEqual(await standing('email=la@example.com'), { sms: 'subscribed' });
  assert.deepEqual(await standing('email=mo@example.com'), {});
  await imported(file('la@example.com,,'), options);
  assert.deepEqual(await standing('email=la@example.com'), { sms: 'subscribed' });
  await imported(file('la@example.com,,NOT_SUBSCRIBED'), options);
  const proof = await server.call('GET', '/api/consent/proof?email=la@example.com');
  const entries = (proof.body as { entries: { action: string; method: string }[] }).entries;
  assert.deepEqual([entries.at(-1)?.action, entries.at(-1)?.method], ['optOut', 'import']);
});

test('a wish to be left alone binds every address that can be read, in refused rows too', async () => {
  const known =
    'userId,email,phone,SMS opt in\nk1,k1@example.com,+14155550180,yes\nk2,k2@example.com,+14155550181,yes\n';
  await imported(known, { consent: statement('sms') });
  const list = [
    'customer id,email,phone,sms opt in',
    '9001,,+14155550180,opted out',
    ',not-an-email,+14155550181,opted out',
    ',neither@,+14155550182,UNSUBSCRIBED',
    ',,+14155550183,opted out',
  ].join('\n');
  const rows = await imported(list, { consent: statement('sms') });
  assert.ok(rows.some(({ rowNumber, outcome }) => rowNumber === 3 && outcome === 'refused'));
  assert.ok(
    rows.some(({ rowNumber, reason }) => rowNumber === 3 && /left alone.*\+14155550181/.test(reason)),
  );
  assert.equal((await standing('userId=k1')).sms, 'unsubscribed');
  assert.equal((await standing('userId=k2')).sms, 'unsubscribed');
  await imported('userId,phone\nlater,+1 415 555 0182\n', {});
  assert.equal((await standing('userId=later')).sms, 'unsubscribed');
});

test('lists of suppression need no statement of consent, whatever tool wrote them', async () => {
  for (const [index, file] of [
    'Email,Unsubscribed from all email\n{e},true',
    'Email Address,UNSUB_TIME,UNSUB_REASON\n{e},2026-01-05 10:00:00,N (Nothing given)',
    'email;HasOptedOutOfEmail\n{e};1',
    'Email,Status\n{e},Unsubscribed',
    'Email,Do not contact\n{e},TRUE',
    'E-Mail,Einwilligung\n{e},abgemeldet',
  ].entries()) {
    const email = `gone${index}@example.com`;
    await imported(file.replace('{e}', email), {});
    assert.equal((await standing(`email=${email}`)).email, 'unsubscribed', file);
  }
});

test('an opt-in that is yet to come proves nothing and undoes no opt-out, by import and by API', async () => {
  const options = { consent: statement('sms') };
  await imported('userId,phone,sms opt in\nfut,+14155550160,yes\n', options);
  await server.call('POST', '/api/consent/optOut', { userId: 'fut', source: 'call' });
  const file = 'userId,phone,sms opt in,opt in date\nfut,+14155550160,yes,2199-06-01\n';
  const rows = await imported(file, options);
  assert.ok(rows.some(({ field, reason }) => field === 'optInDate' && /yet to come/.test(reason)));
  assert.equal((await standing('userId=fut')).sms, 'unsubscribed');
  const row = { userId: 'fut', messageTypeId: types.sms, method: 'webForm', source: 'web' };
  const answer = await server.call('POST', '/api/consent', {
    consents: [{ ...row, happenedAt: '2199-06-01' }],
  });
  const { failures } = answer.body as { failures: { field: string; reason: string }[] };
  assert.deepEqual([failures[0]?.field, /yet to come/.test(failures[0]?.reason ?? '')], ['happenedAt', true]);
  assert.equal((await standing('userId=fut')).sms, 'unsubscribed');
  const stated = await upload('/api/import', file, {
    consent: { ...statement('sms'), happenedAt: '2199-06-01' },
  });
  assert.equal(asked(stated).field, 'options.consent.happenedAt');
});

test('a day of birth is kept, however old; an opt-in of such a day proves nothing, and an opt-out of it holds', async () => {
  const file = [
    'email,birthday,email opt in,email opt in date,email unsubscribe date',
    'old@example.com,1938-05-01,yes,1970-01-01,',
    'gone@example.com,1951-04-13,,,1970-01-01',
  ].join('\n');
  const rows = await imported(file, { consent: statement('email') });
  assert.match(rows.map(({ reason }) => reason).join(), /before 1990.*No consent was recorded/);
  assert.deepEqual(await standing('email=old@example.com'), {});
  assert.deepEqual(await standing('email=gone@example.com'), { email: 'unsubscribed' });
  const { text } = await server.call('GET', '/api/users/old@example.com');
  assert.match(text, /"birthday":"1938-05-01 00:00:00 \+00:00"/);
});

test('day and month are told by the file’s other rows, else asked for', async () => {
  const file = (...days: string[]) =>
    [
      'email,sms opt in,opt in date',
      ...days.map((day, index) => `d${index}${day.length}@example.com,yes,${day}`),
    ].join('\n');
  const refused = await upload('/api/import', file('03/04/2025', '05/06/2025'), {
    consent: statement('sms'),
  });
  assert.deepEqual([refused.status, asked(refused).field], [400, 'options.dateOrder']);
  const happenedAt = async (email: string) => {
    const proof = await server.call('GET', `/api/consent/proof?email=${email}`);
    return (proof.body as { entries: { happenedAt: string }[] }).entries.at(-1)?.happenedAt.slice(0, 10);
  };
  await imported(file('03/04/2025', '25/04/2025'), { consent: statement('sms') });
  assert.equal(await happenedAt('d010@example.com'), '2025-04-03');
  await imported(file('3/4/2025', '5/6/2025'), { consent: statement('sms'), dateOrder: 'MDY' });
  assert.equal(await happenedAt('d08@example.com'), '2025-03-04');
});

test('the means of consent is kept when nobody tells the day; such an opt-in undoes no opt-out', async () => {
  const options = { consent: statement('sms') };
  await imported('userId,phone,sms opt in,opt in date\nada,415-555-0190,yes,\n', options);
  const entries = async () => {
    const proof = await server.call('GET', '/api/consent/proof?userId=ada');
    return (proof.body as { entries: { method: string; dated: boolean }[] }).entries;
  };
  assert.deepEqual(
    (await entries()).map(({ method, dated }) => [method, dated]),
    [['webForm', false]],
  );
  await server.call('POST', '/api/consent/optOut', { userId: 'ada', source: 'call' });
  const rows = await imported('userId,sms opt in\nada,yes\n', options);
  assert.match(rows[0]?.reason ?? '', /that stands/);
  assert.equal((await standing('userId=ada')).sms, 'unsubscribed');
});

test('consent to texts beside a number that cannot be read is not taken for another number', async () => {
  await imported('email,phone\nold@example.com,415-555-0191\n', {});
  const rows = await imported('email,phone,SMS opt in\nold@example.com,12,yes\n', {
    consent: statement('sms'),
  });
  assert.ok(rows.some(({ reason }) => /no consent to texts/.test(reason)));
  assert.deepEqual(await standing('email=old@example.com'), {});
});

test('consent for a number that a later row of the file takes from its person is not taken for the new number', async () => {
  const file = [
    'User ID,Email,Phone,SMS Opt-in',
    'gwen-1,gwen@example.com,+14155550171,yes',
    'hugo-1,hugo@example.com,+14155550172,yes',
    'gwen-1,gwen@example.com,+14155550173,',
    'hugo-1,hugo@example.com,(415) 555-0172,',
  ].join('\n');
  const rows = await imported(file, { consent: statement('sms') });
  assert.deepEqual(await standing('email=gwen@example.com'), {});
  assert.deepEqual(await standing('email=hugo@example.com'), { sms: 'subscribed' });
  const told = rows.filter(({ field }) => field === 'optIn');
  assert.deepEqual(
    told.map(({ rowNumber, reason }) => [rowNumber, /another address since/.test(reason)]),
    [[2, true]],
  );
});

test('people, numbers and consent are the same however many rows are taken at once', async () => {
  const outcomeOf = async (size: number) => {
    const at = `${size}.example.com`;
    const number = (line: number) => `+1213${620 + size}${String(line).padStart(4, '0')}`;
    const file = [
      'User ID,Email,Phone,SMS Opt-in,Email Opt-in',
      `a${size},a@${at},${number(1)},yes,yes`,
      `b${size},b@${at},${number(2)},yes,no`,
      `a${size},a@${at},${number(3)},,`,
      `c${size},c@${at},${number(1)},yes,`,
      `b${size},,${number(2)},unsubscribed,`,
      `d${size},d@${at},${number(2)},yes,yes`,
      `,c@${at},,no,yes`,
      `e${size},e@${at},,yes,`,
      `e${size},e2@${at},${number(5)},,unsubscribed`,
    ].join('\n');
    const { status, body } = await upload('/api/import', file, { consent: statement('sms', 'email') });
    assert.equal(status, 202, JSON.stringify(body));
    await runImport(server.context, Number(body.importId), size);
    const state = (await server.call('GET', `/api/import/${body.importId}`)).body as Record<string, unknown>;
    const people = ['a', 'b', 'c', 'd', 'e'].map(async (name) => {
      const { body: found } = await server.call('GET', `/api/users/byUserId/${name}${size}`);
      const { email, dataFields } = (found as { user: { email: string; dataFields: Record<string, string> } })
        .user;
      return [
        email.replace(at, ''),
        dataFields.phoneNumber?.slice(-1),
        await standing(`userId=${name}${size}`),
      ];
    });
    return { people: await Promise.all(people), taken: state.rowsTaken, done: state.rowsDone };
  };
  const rowByRow = await outcomeOf(1);
  assert.deepEqual([rowByRow.taken, rowByRow.done], [9, 9]);
  for (const size of [2, 3, 4, 50]) assert.deepEqual(await outcomeOf(size), rowByRow, `${size} at once`);
});

test('a number is read as one of the country that its row names; one that is not known is not guessed at', async () => {
  const file = [
    'email,phone,country',
    'it@example.com,347 555 2671,Italia',
    'uk@example.com,07400 123456,UK',
    'no@example.com,347 555 2671,Atlantis',
  ];
  const rows = await imported(file.join('\n'), { defaultCountry: 'US' });
  assert.match((await server.call('GET', '/api/users/it@example.com')).text, /\+393475552671/);
  assert.match((await server.call('GET', '/api/users/uk@example.com')).text, /\+447400123456/);
  assert.doesNotMatch((await server.call('GET', '/api/users/no@example.com')).text, /phoneNumber":"\+/);
  assert.ok(rows.some(({ rowNumber, reason }) => rowNumber === 4 && /Atlantis/.test(reason)));
});

test('a preview tells no yes that is not recorded: one of a refused row, or for texts beside a number that cannot be read', async () => {
  const file = 'email,phone,Opted in\na@p.example,12,yes\n,12,yes\nb@p.example,+14155552671,yes\n';
  const options = { consentColumns: { 'Opted in': statement('sms') } };
  const { body, status } = await upload('/api/import/preview', file, options);
  assert.equal(status, 200, JSON.stringify(body));
  const rows = body.rows as {
    consent: string | null;
    refusal: object | null;
    readings: { reading: string; isRecorded: boolean }[];
  }[];
  assert.deepEqual(
    rows.map(({ consent, refusal, readings: [first] }) => [
      ...[consent, refusal !== null, first?.reading, first?.isRecorded],
    ]),
    [
      [null, false, 'yes', false],
      [null, true, 'yes', false],
      ['optIn', false, 'yes', true],
    ],
  );
});
