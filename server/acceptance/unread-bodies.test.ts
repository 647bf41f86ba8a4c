import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { largestBody, largestOpenBody } from '../http/body.ts';
import { mostShapes, mostValues } from '../http/json-text.ts';
import { startTestProgram, type TestProgram } from '../testing/program.ts';
import { headOf, slowRequest } from '../testing/slow-request.ts';

const huge = 16 * 1024 * 1024;
let program: TestProgram;
before(async () => {
  program = await startTestProgram();
});
after(() => program.close());

/** What is answered to the head of a request alone: nothing of the body is ever sent. */
async function answerToHead(method: string, path: string, headers: Record<string, string> = {}) {
  const request = slowRequest(program.url, headOf(method, path, huge, headers));
  const { status, text } = await request.answer;
  request.end();
  return { status, ...(JSON.parse(text) as { msg: string }) };
}

describe('a huge body is refused before it is read', () => {
  test('wherever no key was shown', async () => {
    const origin = { Origin: program.url };
    for (const [method, path, status, headers] of [
      ['POST', '/auth/sign-in/email', 413, origin],
      ['POST', '/auth/first-account', 413, origin],
      ['POST', '/auth/reset-password', 413, origin],
      ['POST', '/l/x', 404],
      ['POST', '/u/x', 413],
      ['POST', '/nowhere', 404],
      ['POST', '/api/nowhere', 404],
      ['POST', '/api/project', 404],
      ['PATCH', '/api/project', 401],
      ['POST', '/api/users/bulkUpdate', 401],
      ['POST', '/api/import', 401],
      ['POST', '/callbacks/meta/1', 404],
      ['POST', '/callbacks/twilio/1/inbound', 401],
      ['POST', '/callbacks/twilio/99/inbound', 404],
    ] as const) {
      const answer = await answerToHead(method, path, headers);
      assert.equal(answer.status, status, `${method} ${path}: ${answer.msg}`);
    }
  });

  test('for too many tries as well', async () => {
    const statuses: number[] = [];
    while (statuses.length < 12 && statuses.at(-1) !== 429)
      statuses.push((await answerToHead('POST', '/auth/change-password', { Origin: program.url })).status);
    assert.deepEqual(statuses, [...Array(10).fill(413), 429]);
  });

  test('with a key too, and is told how much is taken', async () => {
    const answer = await answerToHead('POST', '/api/users/bulkUpdate', { 'Api-Key': program.key });
    assert.equal(answer.status, 413);
    assert.match(answer.msg, /larger than 4 MB.*send it in parts/);
  });

  test('also where its length is not told', async () => {
    const head = headOf('POST', '/auth/sign-in/email', 'chunked', { Origin: program.url });
    const request = slowRequest(program.url, head);
    const size = largestOpenBody + 1;
    request.send(`${size.toString(16)}\r\n${'['.repeat(size)}\r\n`);
    const { status, text } = await request.answer;
    assert.equal(status, 413, text);
    assert.match(text, /larger than 16 kB/);
    request.end();
  });
});

/** Posts a text as JSON, with the key. */
async function attack(path: string, body: string) {
  const headers = { 'Api-Key': program.key, 'Content-Type': 'application/json' };
  const answer = await fetch(program.url + path, { method: 'POST', headers, body });
  return { status: answer.status, text: await answer.text() };
}

test('who sends far too much can read why, and goes on', async () => {
  for (let call = 0; call < 5; call++) {
    const { status, text } = await attack('/api/users/update', ' '.repeat(huge));
    assert.equal(status, 413, text);
  }
});

describe('a body that is dear to read is refused unread, with what is too much', () => {
  test('values without end', async () => {
    const zeros = `[${'0,'.repeat(mostValues)}0]`;
    for (const body of [zeros, `{"email":"a@example.com","dataFields":{"a":${zeros}}}`]) {
      const { status, text } = await attack('/api/users/update', body);
      assert.equal(status, 413);
      assert.match(text, /more than 250,000 values; send it in parts/);
    }
  });

  test('brackets without end, open or closed', async () => {
    for (const body of ['['.repeat(100_000), `${'{"a":'.repeat(50_000)}1${'}'.repeat(50_000)}`]) {
      const { status, text } = await attack('/api/users/update', body);
      assert.equal(status, 400);
      assert.match(text, /nested more than 100 levels/);
    }
  });

  test('fields of which no two objects have the same', async () => {
    // Shapes are told apart by hashes of 32 bits, of which a few are alike.
    const names = Array.from({ length: mostShapes + 100 }, (_, index) => `"f${index}":1`);
    const { status, text } = await attack('/api/users/update', `{"dataFields":{${names.join(',')}}}`);
    assert.equal(status, 413);
    assert.match(text, /more than 50,000 fields in ever new combinations/);
  });

  test('brackets, commas and quotes inside texts count for nothing', async () => {
    const note = '[{,:"'.repeat(36_000);
    const users = Array.from({ length: 5 }, (_, row) => ({
      email: `quotes${row}@example.com`,
      dataFields: { note },
    }));
    const { status, text } = await attack('/api/users/bulkUpdate', JSON.stringify({ users }));
    assert.equal(status, 200, text);
    assert.equal((JSON.parse(text) as { successCount: number }).successCount, 5);
  });

  test('as many people as a call may bring fit, with twenty fields each', async () => {
    const users = Array.from({ length: 10_000 }, (_, row) => ({
      email: `row${row}@example.com`,
      dataFields: Object.fromEntries(Array.from({ length: 20 }, (_, field) => [`field${field}`, `v${row}`])),
    }));
    const body = JSON.stringify({ users });
    assert.ok(body.length > 3_000_000 && body.length <= largestBody, String(body.length));
    const { status, text } = await attack('/api/users/bulkUpdate', body);
    assert.equal(status, 200);
    assert.equal((JSON.parse(text) as { successCount: number }).successCount, 10_000);
  });
});

describe('of what is wrong in every row', () => {
  const rows = (row: object, number: number) => JSON.stringify({ users: Array(number).fill(row) });

  test('the first faults are told', async () => {
    for (const body of [
      rows({ emial: 'x', dataFeilds: {} }, 10_000),
      rows({ email: 1 }, 10_000),
      JSON.stringify({ users: Array(200_000).fill(0) }),
    ]) {
      const { status, text } = await attack('/api/users/bulkUpdate', body);
      assert.equal(status, 400);
      assert.ok(text.length < 2_000, String(text.length));
    }
  });

  test('after a thousand names that nobody knows, no more are compared with ours', async () => {
    const unknown = (number: number) =>
      Array.from({ length: number }, (_, index) => `"unheard of ${index}":0`).join(',');
    const body = (number: number) => `{"email":"names@example.com",${unknown(number)},"phoneNumbr":"1"}`;
    const few = await attack('/api/users/update', body(900));
    assert.match(few.text, /body\.phoneNumbr is unknown; did you mean phoneNumber\?/);
    assert.equal((await attack('/api/users/update', body(1_000))).status, 200);
  });
});
