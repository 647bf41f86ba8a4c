import assert from 'node:assert/strict';
import { connect } from 'node:net';
import { after, before, test } from 'node:test';
import { importRoutes } from '../audiences/import/import-routes.ts';
import { startTestApi, type TestApi } from '../testing/api.ts';
import { headOf, slowRequest } from '../testing/slow-request.ts';
import type { Routes } from './api.ts';
import { patience } from './patience.ts';

const echo: Routes = (api) => {
  api.post('/api/echo', async (request) => request.body ?? null);
};

let server: TestApi;
before(async () => {
  const short = { head: 100, lookForHeads: 50, body: 300, upload: 300, uploadBytes: 16 };
  server = await startTestApi([echo, importRoutes({ enqueue: async () => undefined })], [], undefined, {
    trustProxy: [],
    patience: { ...patience, ...short },
  });
});
after(() => server.close());

const withKey = () => ({ 'Api-Key': server.key });

test('a head that does not come is answered with 408, and its connection ends', async () => {
  const request = slowRequest(server.url, 'POST /api/echo HTTP/1.1\r\nHost: x\r\n');
  const { status, text } = await request.answer;
  assert.equal(status, 408);
  assert.match(text, /"reason":"RequestTimeout"/);
  await request.closed;
});

test('a body that does not come is answered with 408, and its connection ends', async () => {
  const request = slowRequest(server.url, headOf('POST', '/api/echo', 100, withKey()));
  request.send('{"a":');
  const { status, text } = await request.answer;
  assert.equal(status, 408);
  assert.match(text, /"reason":"RequestTimeout"/);
  await request.closed;
});

test('who was refused before the body is not read on for ever', async () => {
  const request = slowRequest(server.url, headOf('POST', '/api/echo', 100));
  assert.equal((await request.answer).status, 401);
  await request.closed;
});

test('whoever is refused while still sending gets the answer, and may ask on by the same connection', async () => {
  assert.deepEqual(await answersTo(900_000), ['401', '404']);
});

test('whoever is refused while still sending 16 MB gets the answer, and no other by the same connection', async () => {
  assert.deepEqual(await answersTo(16 * 2 ** 20), ['401']);
});

/** What is answered to so many bytes without a key and to a question after them, sent at once. */
async function answersTo(bytes: number): Promise<string[]> {
  const patient = await startTestApi([echo]);
  const socket = connect(Number(new URL(patient.url).port), '127.0.0.1');
  let answers = '';
  socket.setEncoding('utf8').on('data', (part: string) => {
    answers += part;
  });
  // A connection that ends while one still sends ends with an error.
  socket.on('error', () => undefined);
  socket.write(headOf('POST', '/api/echo', bytes));
  socket.write(Buffer.alloc(bytes, '['));
  socket.write('GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n');
  await new Promise((resolve) => socket.once('close', resolve));
  await patient.close();
  return [...answers.matchAll(/HTTP\/1\.1 (\d+)/g)].map(([, status]) => status!);
}

test('nor is a file read on that nobody with a key sends', async () => {
  const upload = slowRequest(server.url, headOf('POST', '/api/import', 1_000_000_000));
  assert.equal((await upload.answer).status, 401);
  const tick = setInterval(() => upload.send('more than is asked of an upload in its time'), 5);
  await upload.closed;
  clearInterval(tick);
});

test('a body that trickles in is given up, while a file that goes on arriving for longer is taken', async () => {
  const boundary = 'x-boundary';
  const file = [
    `--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="a.csv"\r\n\r\nemail\r\n`,
    ...Array.from({ length: 2_000 }, (_, index) => `person-${index}@example.com\r\n`),
    `\r\n--${boundary}--\r\n`,
  ];
  const upload = slowRequest(
    server.url,
    headOf('POST', '/api/import', Buffer.byteLength(file.join('')), {
      ...withKey(),
      'Content-Type': `multipart/form-data; boundary=${boundary}`,
    }),
  );
  const trickle = slowRequest(server.url, headOf('POST', '/api/echo', 1_000_000, withKey()));
  // A byte each way at a time: the one never gets anywhere, the other brings all that is asked.
  const tick = setInterval(() => {
    trickle.send(' ');
    const line = file.shift();
    if (line) upload.send(line);
  }, 5);
  await trickle.closed;
  clearInterval(tick);
  assert.equal((await trickle.answer).status, 408);
  upload.send(file.join(''));
  const { status, text } = await upload.answer;
  assert.equal(status, 202, text);
  upload.end();
});

test('a file that stops arriving is given up, and nothing is imported of it', async () => {
  const boundary = { 'Content-Type': 'multipart/form-data; boundary=b' };
  const waiting = async () => {
    const { rows } = await server.database.pool.query("SELECT id FROM import WHERE state = 'waiting'");
    return rows.length;
  };
  const before = await waiting();
  const upload = slowRequest(server.url, headOf('POST', '/api/import', 1_000, { ...withKey(), ...boundary }));
  upload.send('--b\r\nContent-Disposition: form-data; name="file"; filename="a.csv"\r\n\r\nemail\r\n');
  await upload.closed;
  assert.equal(await waiting(), before);
});
