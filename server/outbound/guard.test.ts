import assert from 'node:assert/strict';
import { createServer, type Server } from 'node:http';
import type { LookupFunction } from 'node:net';
import { after, before, test } from 'node:test';
import fc from 'fast-check';
import { request } from 'undici';
import { readAllowedPlaces } from '../config/allowed-places.ts';
import { connectGuarded, openGuardedAgent } from './connect.ts';
import { createGuard, type Guard } from './guard.ts';
import { type Place, placeOfMailServer, placeOfUrl } from './place.ts';
import { isPublicAddress } from './public-address.ts';

/** A service of this machine that no caller is to reach. */
let inside: Server;
let port: number;
let heard = 0;
before(async () => {
  inside = createServer((_request, response) => {
    heard++;
    response.end('inside');
  });
  inside.on('connection', () => heard++);
  await new Promise<void>((resolve) => inside.listen(0, '127.0.0.1', resolve));
  const address = inside.address();
  port = typeof address === 'object' && address ? address.port : 0;
});
after(() => inside.close());

const guardWith = (allow: string, lookup?: LookupFunction): Guard =>
  createGuard({ allow: readAllowedPlaces(allow), simulator: [], ...(lookup && { lookup }) });

/** Answers each question with the next of these addresses. */
const answering = (...addresses: string[]): LookupFunction => {
  let asked = 0;
  return (_hostname, _options, done) => {
    const address = addresses[Math.min(asked++, addresses.length - 1)] ?? '';
    done(null, [{ address, family: address.includes(':') ? 6 : 4 }]);
  };
};

const limits = { connections: 1, connectTimeoutMs: 5_000, silenceTimeoutMs: 5_000 };

/** Calls an address through the guard; the answer's text, or the fault. */
async function call(guard: Guard, url: string): Promise<string> {
  const agent = openGuardedAgent(guard, limits);
  try {
    const { body } = await request(url, { dispatcher: agent });
    return await body.text();
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  } finally {
    await agent.destroy();
  }
}

const place = (url: string): Place => {
  const found = placeOfUrl(url);
  assert.ok(!('fault' in found), url);
  return found;
};

/** This machine and places beside it, in the spellings by which they have been slipped past guards. */
const insideHosts = [
  ...['127.0.0.1', '127.1', '127.0.1', '2130706433', '0x7f000001', '0x7f.1', '017700000001', '0177.0.0.1'],
  ...['127.0.0.1.', '１２７.０.０.１', '127。0。0。1', '%31%32%37.0.0.1'],
  ...['localhost', 'LOCALHOST', 'localhost.', 'anything.localhost', '0', '0.0.0.0', '0.1.2.3'],
  ...['10.0.0.1', '172.16.0.1', '172.31.255.255', '192.168.1.1', '100.64.0.1', '100.127.255.255'],
  ...[
    '169.254.169.254',
    '0xa9fea9fe',
    '169.254.170.2',
    '192.0.0.192',
    '198.18.0.1',
    '224.0.0.1',
    '255.255.255.255',
  ],
  ...['[::1]', '[::]', '[::ffff:127.0.0.1]', '[::ffff:7f00:1]', '[::ffff:a9fe:a9fe]', '[::127.0.0.1]'],
  ...['[0:0:0:0:0:ffff:127.0.0.1]', '[64:ff9b::7f00:1]', '[64:ff9b::169.254.169.254]', '[64:ff9b:1::7f00:1]'],
  ...[
    '[2002:7f00:1::]',
    '[2001::7f00:1]',
    '[fe80::1]',
    '[fd00:ec2::254]',
    '[fc00::1]',
    '[fec0::1]',
    '[ff02::1]',
  ],
];

test('no spelling of this machine or of a place beside it is called', async () => {
  heard = 0;
  const guard = guardWith('');
  for (const host of insideHosts) {
    const url = `http://${host}:${port}/`;
    assert.match(
      (await guard.check(place(url))) ?? '',
      /no place on the public Internet.*OUTBOUND_ALLOW=/,
      host,
    );
    assert.match(await call(guard, url), /no place on the public Internet/, host);
    const server = placeOfMailServer(host.replace(/^\[|\]$/g, ''), port);
    if ('fault' in server) continue;
    await assert.rejects(connectGuarded(guard, server, 5_000), /no place on the public Internet/, host);
  }
  assert.equal(heard, 0);
});

test('a name that leads inside is not called, whatever it led to when it was set', async () => {
  heard = 0;
  const url = `http://rebound.example:${port}/`;
  const rebound = () => guardWith('', answering('93.184.216.34', '127.0.0.1'));
  const [http, smtp] = [rebound(), rebound()];
  assert.equal(await http.check(place(url)), null, 'when it is set it leads outside');
  assert.match(await call(http, url), /no place on the public Internet/);
  assert.equal(await smtp.check(place(url)), null);
  await assert.rejects(connectGuarded(smtp, place(url), 5_000), /no place on the public Internet/);
  for (const address of ['127.0.0.1', '::1', '::ffff:127.0.0.1', '169.254.169.254', '64:ff9b::7f00:1'])
    assert.match(await call(guardWith('', answering(address)), url), /no place/, address);
  assert.equal(heard, 0);
});

test('a name that leads both ways is connected to outside only', async () => {
  const guard = guardWith('', (_hostname, _options, done) =>
    done(null, [
      { address: '127.0.0.1', family: 4 },
      { address: '93.184.216.34', family: 4 },
    ]),
  );
  const found = await new Promise((resolve) =>
    guard.lookUpFor(place('http://both.example/'))('both.example', { all: true }, (_error, addresses) =>
      resolve(addresses),
    ),
  );
  assert.deepEqual(found, [{ address: '93.184.216.34', family: 4 }]);
});

test('the address that was judged is the one connected to: the name is not looked up again', async () => {
  let asked = 0;
  const guard = guardWith('127.0.0.1', (_hostname, _options, done) => {
    asked++;
    done(null, [{ address: asked === 1 ? '127.0.0.1' : '127.0.0.2', family: 4 }]);
  });
  assert.equal(await call(guard, `http://pinned.example:${port}/`), 'inside');
  assert.equal(asked, 1);
});

test('the operator opens places by name, address, network and port, and no more than these', async () => {
  const opened: [allow: string, open: string[], shut: string[]][] = [
    [
      'localhost',
      [`http://localhost:${port}`, `http://127.0.0.1:${port}`],
      ['http://10.0.0.1/', 'http://[::2]/'],
    ],
    [
      `localhost:${port}`,
      [`http://127.0.0.1:${port}`],
      [`http://localhost:${port + 1}`, 'http://127.0.0.1/'],
    ],
    [`127.0.0.1:${port}`, [`http://2130706433:${port}`], [`http://127.0.0.2:${port}`]],
    [
      '10.0.0.0/8, fd00::/8',
      ['http://10.9.8.7/', 'http://[fd00::7]/'],
      ['http://11.0.0.1.localhost/', 'http://[::ffff:10.0.0.1]/'],
    ],
    ['[::1]:3000 relay.lan', ['http://[::1]:3000/', 'http://RELAY.lan./'], ['http://[::1]:3001/']],
    [
      'mail.example:25',
      ['http://mail.example:25/'],
      ['http://other.example:25/', 'https://mail.example:465/'],
    ],
  ];
  for (const [allow, open, shut] of opened) {
    const guard = guardWith(allow);
    for (const url of open) assert.equal(guard.faultOf(place(url)), null, `${allow} opens ${url}`);
    for (const url of shut) assert.notEqual(guard.faultOf(place(url)), null, `${allow} opens no ${url}`);
  }
  assert.equal(
    await call(guardWith('rebound.example', answering('127.0.0.1')), `http://rebound.example:${port}/`),
    'inside',
  );
});

test('a setting that cannot be read is refused with the remedy', () => {
  for (const entry of [
    'http://localhost',
    '10.0.0.0/33',
    '10.0.0/8',
    'a b/8',
    '::1/129',
    'me@host',
    'host:port',
    'host:99999',
    '*',
    'fe80::1%lo',
  ])
    assert.throws(
      () => readAllowedPlaces(entry),
      /is no host and no network; write them as relay\.lan/,
      entry,
    );
});

test('ports of other protocols, other schemes, and names with passwords are refused', () => {
  const guard = guardWith('');
  for (const url of ['http://a.example:25', 'https://a.example:6667', 'http://a.example:22'])
    assert.match(guard.faultOf(place(url)) ?? '', /another protocol’s|another protocol's/, url);
  for (const url of [
    'file:///etc/passwd',
    'ftp://a.example',
    'gopher://a.example',
    'data:,x',
    'a.example',
    '',
  ])
    assert.match((placeOfUrl(url) as { fault: string }).fault, /no http\(s\) address/, url);
  for (const url of ['http://user@a.example', 'https://a.example:b@127.0.0.1/', 'http://:x@a.example'])
    assert.match((placeOfUrl(url) as { fault: string }).fault, /user name or password/, url);
  for (const host of ['', 'a b', 'mail/../x', 'a@b', 'a:25', 'fe80::1%lo', 'a#b', 'a?b', '256.1.1.1'])
    assert.ok('fault' in placeOfMailServer(host, 25), host);
});

test('a proxy of the environment is not asked: it would look names up itself', async () => {
  const names = ['HTTP_PROXY', 'http_proxy', 'HTTPS_PROXY', 'ALL_PROXY', 'NODE_USE_ENV_PROXY'];
  const before = names.map((name) => process.env[name]);
  for (const name of names) process.env[name] = name.startsWith('NODE') ? '1' : `http://127.0.0.1:${port}`;
  heard = 0;
  try {
    await call(guardWith('', answering('127.0.0.1')), 'http://a.example/');
    assert.equal(heard, 0);
  } finally {
    for (const [index, name] of names.entries()) {
      const value = before[index];
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
    }
  }
});

test('public addresses are told from others', () => {
  for (const address of ['8.8.8.8', '172.32.0.1', '2606:4700::1111', '2a00:1450::1'])
    assert.equal(isPublicAddress(address), true, address);
  for (const address of ['', 'no address', '1.2.3', '::ffff:8.8.8.8'])
    assert.equal(isPublicAddress(address), false, address);
  const inNetwork = fc.tuple(
    fc.constantFrom('10.', '127.', '0.', '169.254.', '192.168.', '100.100.', '240.', '224.'),
    fc.ipV4(),
  );
  fc.assert(
    fc.property(inNetwork, ([start, rest]) => {
      const address = (start + rest).split('.').slice(0, 4).join('.');
      assert.equal(isPublicAddress(address), false, address);
      assert.equal(isPublicAddress(`::ffff:${address}`), false);
      assert.equal(isPublicAddress(`64:ff9b::${address}`), false);
    }),
  );
});
