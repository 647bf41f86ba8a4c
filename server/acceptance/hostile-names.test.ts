import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { plainTextOf } from '../content/email-html.ts';
import { optOutLine } from '../content/opt-out-line.ts';
import { cutAtExpressions } from '../content/template-expressions.ts';
import { confirmationText } from '../conversations/keywords/confirmations.ts';
import { startTestProgram, type TestProgram } from '../testing/program.ts';

/** Names that every object of the language answers to. */
const ownNames = ['constructor', 'toString', 'hasOwnProperty', 'valueOf', 'isPrototypeOf'];

let program: TestProgram;
before(async () => {
  program = await startTestProgram();
});
after(() => program.close());

const send = (path: string, body: FormData | string, headers: Record<string, string> = {}) =>
  fetch(program.url + path, { method: 'POST', headers: { 'Api-Key': program.key, ...headers }, body });

async function fieldsOf(userId: string): Promise<[string, unknown][]> {
  const { user } = await program.until(`${userId} to be there`, async () => {
    const path = `/api/users/byUserId/${userId}`;
    const found = await program.call<{ user?: { dataFields: object } }>('GET', path).catch(() => null);
    return found?.user ? { user: found.user } : null;
  });
  return Object.entries(user.dataFields);
}

test('a file whose columns have the language’s own names is imported and exported like any other', async () => {
  const values = ownNames.map((name) => `my ${name}`);
  const form = new FormData();
  form.set('options', JSON.stringify({ newListName: 'Own names' }));
  form.set('file', new File([`userId,${ownNames}\nu-own,${values}\n`], 'people.csv'));
  for (const path of ['/api/import/preview', '/api/import']) {
    const answer = await send(path, form);
    assert.ok(answer.ok, await answer.text());
  }
  const fields = await fieldsOf('u-own');
  for (const name of ownNames)
    assert.ok(fields.some(([field, value]) => field === name && value === `my ${name}`));
  await program.call('POST', '/api/users/update', { userId: 'u-plain' });
  const csv = await program.call<string>('GET', '/api/export/data.csv?dataTypeName=user&range=All');
  const [heading = '', ...lines] = csv.trim().split('\r\n');
  const row = (userId: string) => lines.find((line) => line.includes(userId))?.split(',') ?? [];
  for (const name of ownNames) {
    const column = heading.split(',').indexOf(name);
    assert.deepEqual([row('u-own')[column], row('u-plain')[column]], [`my ${name}`, '']);
  }
});

test('a file whose column would be a field that no call may name is refused', async () => {
  for (const [heading, options] of [
    ['userId,__proto__', {}],
    ['userId,colour', { mapping: { colour: '__proto__' } }],
  ] as const) {
    const form = new FormData();
    form.set('options', JSON.stringify({ newListName: 'Forbidden', ...options }));
    form.set('file', new File([`${heading}\nu-forbidden,x\n`], 'people.csv'));
    const answer = await send('/api/import', form);
    assert.equal(answer.status, 400);
    assert.match((await answer.json()).msg, /would be a field __proto__, which no field may be called/);
  }
});

test('a person whose language is one of the language’s own names is answered in English', () => {
  for (const language of ownNames) {
    const line = optOutLine({ language, country: 'US', senderKind: 'longCode' });
    assert.deepEqual(line, optOutLine({ language: 'en', country: 'US', senderKind: 'longCode' }));
    const fill = { brand: 'Acme', help: 'acme.example' };
    assert.equal(confirmationText('help', language, fill), confirmationText('help', 'en', fill));
  }
});

test('a merge brings fields with the language’s own names along', async () => {
  const dataFields = { toString: 'kept', valueOf: 'kept' };
  await program.call('POST', '/api/users/update', { userId: 'u-from', dataFields });
  await program.call('POST', '/api/users/update', { userId: 'u-to' });
  await program.call('POST', '/api/users/merge', { sourceUserId: 'u-from', destinationUserId: 'u-to' });
  const fields = await fieldsOf('u-to');
  for (const name of ['toString', 'valueOf'])
    assert.ok(
      fields.some(([field, value]) => field === name && value === 'kept'),
      name,
    );
});

test('words of a reply, of an email and of a template that are the language’s own are only words', async () => {
  assert.equal(plainTextOf('<p>&valueOf; &amp; &toString;</p>'), '&valueOf; & &toString;');
  const message = '{{numberFormat 5.5 "integer" roundingMode="constructor"}}';
  const answer = await send('/api/templates/sms/draft', JSON.stringify({ message }), {
    'Content-Type': 'application/json',
  });
  assert.match(await answer.text(), /roundingMode .*constructor.* is unknown/);
});

test('a state of campaigns that is the language’s own word is none, and the refusal says which there are', async () => {
  for (const name of ownNames) {
    const answer = await fetch(`${program.url}/api/campaigns?campaignState=${name}`, {
      headers: { 'Api-Key': program.key },
    });
    assert.equal(answer.status, 400, name);
    assert.match((await answer.json()).msg, /is none of .*Running/);
  }
});

test('a WhatsApp text with more blanks than can be read in good time is refused before it is cut at them', () => {
  assert.throws(() => cutAtExpressions('{{1}}'.repeat(5_001)), /more than 5,000/);
});

test('a WhatsApp text that is no Handlebars is told as it is drafted, with what is wrong where', async () => {
  for (const body of ['{{', '{{#each x}}', '{{/if}}', '{{#if a}}{{/each}}', '{{a']) {
    const answer = await send('/api/templates/whatsApp/draft', JSON.stringify({ body }), {
      'Content-Type': 'application/json',
    });
    assert.equal(answer.status, 200, body);
    const { faults } = (await answer.json()) as { faults: { field: string; line?: number }[] };
    assert.ok(
      faults.some(({ field, line }) => field === 'body' && line === 1),
      JSON.stringify(faults),
    );
  }
});

test('a form of very many parts is refused by their number, with none of the rest parsed', async () => {
  const part = '--x\r\nContent-Disposition: form-data; name="a"\r\n\r\n1\r\n';
  for (const path of ['/api/import', '/api/import/preview', '/api/media'])
    for (const [type, count] of [
      ['boundary=x', 20_000],
      ['charset=utf-8; boundary="x"', 7],
    ] as const) {
      const answer = await send(path, `${part.repeat(count)}--x--\r\n`, {
        'Content-Type': `multipart/form-data; ${type}`,
      });
      assert.equal(answer.status, 400, path);
      assert.match((await answer.json()).msg, /more parts/);
    }
});

test('a form that does not say what divides its parts is refused, and the refusal says what to send', async () => {
  for (const path of ['/api/import', '/api/import/preview', '/api/media'])
    for (const type of [
      'multipart/form-data',
      'multipart/form-data; boundary=',
      'multipart/form-data; charset=utf-8',
      'multipart/form-data; boundary=y; boundary=x',
    ]) {
      const answer = await send(path, 'x', { 'Content-Type': type });
      const { msg } = await answer.json();
      assert.equal(answer.status, 400, `${path} ${type}: ${msg}`);
      assert.match(msg, /boundary/);
    }
});

test('a form that breaks off is refused, and the refusal says to send it anew', async () => {
  const part = '--x\r\nContent-Disposition: form-data; name="file"; filename="a.csv"\r\n\r\nuserId\nu-broken';
  for (const path of ['/api/import', '/api/import/preview', '/api/media'])
    for (const body of ['\ufeff{}', '--x\r\n', part]) {
      const answer = await send(path, body, { 'Content-Type': 'multipart/form-data; boundary=x' });
      assert.equal(answer.status, 400, `${path} ${body}`);
      assert.match((await answer.json()).msg, /cannot be read.*send it anew/);
    }
});

test('a change that names nothing to change is refused or changes nothing, whatever else it says', async () => {
  const { messageTypes } = await program.call<{ messageTypes: { id: number }[] }>('GET', '/api/messageTypes');
  const { senders } = await program.call<{ senders: { id: number }[] }>('GET', '/api/senders');
  const { id: webhookId } = await program.call<{ id: number }>('POST', '/api/webhooks/create', {
    ...{ endpoint: 'https://hooks.example/x', enabled: false, childEvents: ['smsSend'] },
  });
  for (const [method, path, more] of [
    ['PUT', `/api/messageTypes/${messageTypes[0]?.id}`, {}],
    ['PATCH', '/api/project', {}],
    ['PATCH', `/api/senders/${senders[0]?.id}`, {}],
    ['PATCH', '/api/providerAccounts/1', {}],
    ['POST', '/api/webhooks', { id: webhookId }],
  ] as const)
    for (const body of [more, { ...more, unheardOf: 1 }]) {
      const answer = await fetch(program.url + path, {
        ...{ method, headers: { 'Api-Key': program.key, 'Content-Type': 'application/json' } },
        body: JSON.stringify(body),
      });
      assert.ok(answer.status < 500, `${method} ${path} ${JSON.stringify(body)}: ${await answer.text()}`);
    }
});
