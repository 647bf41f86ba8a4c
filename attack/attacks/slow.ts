import { connect, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Attack, NotTried } from '../attack.ts';
import { at, call, told } from '../call.ts';

/** Whoever has not sent a request in full by then is hung up on. */
const patienceMs = 75_000;
const eachKind = 100;
/** They are opened over so long: how many at once are borne is tried by itself. */
const openedOverMs = 2_000;

/** Opens a connection that says a little and then a sign now and then; resolves to whether it was hung up on in time. */
async function linger(url: string, words: string, drip: boolean): Promise<boolean> {
  const { hostname, port } = new URL(url);
  await sleep(Math.random() * openedOverMs);
  const socket: Socket = connect(Number(port), hostname);
  socket.on('error', () => undefined);
  socket.resume();
  socket.write(words);
  const dripping = drip ? setInterval(() => socket.write('x'), 5_000) : undefined;
  const ended = new AbortController();
  const gone = await Promise.race([
    // However it ends, with an error or without.
    new Promise<boolean>((resolve) => socket.once('close', () => resolve(true))),
    sleep(patienceMs, false, { signal: ended.signal }).catch(() => false),
  ]);
  ended.abort();
  clearInterval(dripping);
  socket.destroy();
  return gone;
}

/** Beginnings of requests that never end. */
function beginnings(path: string, headers: string): [what: string, words: string, drip: boolean][] {
  const post = (more: string) =>
    `POST ${path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n${headers}${more}`;
  return [
    ['nothing at all', '', false],
    ['half a line', 'GET /heal', false],
    ['headers without end', 'GET /healthz HTTP/1.1\r\nHost: localhost\r\nX-A: ', true],
    ['a body that does not come', post('Content-Length: 1000\r\n\r\n{'), false],
    ['a body that drips', post('Content-Length: 1000\r\n\r\n{'), true],
    ['a chunk without end', post('Transfer-Encoding: chunked\r\n\r\n3e8\r\n{'), true],
  ];
}

async function lingerAll(url: string, path: string, headers: string): Promise<string[]> {
  const kinds = beginnings(path, headers);
  const results = await Promise.all(
    kinds.flatMap(([what, words, drip]) =>
      Array.from({ length: eachKind }, async () => ({ what, gone: await linger(url, words, drip) })),
    ),
  );
  return kinds.flatMap(([what]) => {
    const open = results.filter((each) => each.what === what && !each.gone).length;
    return open === 0 ? [] : [`${what}: ${open} of ${eachKind} are open after ${patienceMs / 1000} s`];
  });
}

/** Connections that are opened to be kept. */
export const slowAttacks: Attack[] = [
  {
    name: 'requests that never come, without a key',
    holds: 'hung up on within 75 s, while others are answered',
    run: ({ url }) => lingerAll(url, '/auth/sign-in/email', ''),
  },
  {
    name: 'requests that never come, with a key',
    holds: 'hung up on within 75 s, while others are answered',
    run: ({ url, key }) => lingerAll(url, '/api/users/update', `Api-Key: ${key}\r\n`),
  },
  {
    name: 'requests to the simulator that never come',
    holds: 'hung up on within 75 s',
    async run({ simulatorUrl }) {
      if (simulatorUrl === null) throw new NotTried('ATTACK_SIMULATOR_URL names no simulator');
      return lingerAll(simulatorUrl, '/behaviour', '');
    },
  },
  {
    name: 'a mail that never ends',
    holds: 'hung up on within 75 s',
    async run({ simulatorUrl }) {
      if (simulatorUrl === null) throw new NotTried('ATTACK_SIMULATOR_URL names no simulator');
      const health = await call({ method: 'GET', url: `${simulatorUrl}/healthz` });
      const port = at(health, 'smtpPort');
      if (typeof port !== 'number') return [told('no mail server', health)];
      const words = 'EHLO a\r\nMAIL FROM:<a@example.com>\r\nRCPT TO:<b@example.com>\r\nDATA\r\nSubject: ';
      const url = `http://127.0.0.1:${port}`;
      const gone = await Promise.all(Array.from({ length: 20 }, () => linger(url, words, true)));
      return gone.every(Boolean) ? [] : ['a mail that drips is open after 75 s'];
    },
  },
  {
    name: '5,000 connections at once',
    holds: 'others are still answered',
    async run({ url }) {
      const { hostname, port } = new URL(url);
      const sockets = Array.from({ length: 5_000 }, () => {
        const socket = connect(Number(port), hostname);
        socket.on('error', () => undefined);
        socket.resume();
        return socket;
      });
      await sleep(3_000);
      for (const socket of sockets) socket.destroy();
      await sleep(500);
      const after = await call({ method: 'GET', url: `${url}/healthz` });
      return after.status === 200 ? [] : [told('afterwards', after)];
    },
  },
];
