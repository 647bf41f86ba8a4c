import assert from 'node:assert/strict';
import { createServer, type Server } from 'node:http';
import { after, before, test } from 'node:test';
import { ApiError } from '../http/errors.ts';
import { createGuard } from '../outbound/guard.ts';
import { loopbackAllowed } from '../testing/outbound.ts';
import { fetchSample } from './header-media.ts';

const closed = createGuard({ allow: [], simulator: [] });
const refuse = (fault: string) => new ApiError('InvalidTemplate', `header.url ${fault}`);

let server: Server;
let origin: string;
before(async () => {
  server = createServer((request, response) => {
    if (request.url === '/moved') return response.writeHead(302, { location: '/a/picture.png' }).end();
    if (request.url === '/round') return response.writeHead(302, { location: '/round' }).end();
    response.setHeader('content-type', 'image/png; charset=x');
    if (request.url !== '/endless') return response.end('picture');
    // Never says how long it is, and never ends by itself.
    const write = () => {
      while (response.write(Buffer.alloc(1024 * 1024))) if (response.destroyed) return;
    };
    response.on('drain', write);
    write();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  assert.ok(address !== null && typeof address === 'object');
  origin = `http://127.0.0.1:${address.port}`;
});
after(() => server.close());

test('a sample is fetched through a redirect, with its name and type', async () => {
  const { fileName, contentType, bytes } = await fetchSample(`${origin}/moved`, loopbackAllowed, refuse);
  assert.deepEqual(
    [fileName, contentType, Buffer.from(bytes).toString()],
    ['picture.png', 'image/png', 'picture'],
  );
});

test('one that is too large, or goes round in circles, is refused', async () => {
  await assert.rejects(fetchSample(`${origin}/endless`, loopbackAllowed, refuse), /16 MB/);
  await assert.rejects(fetchSample(`${origin}/round`, loopbackAllowed, refuse), /redirected too often/);
});

test('what stands on this machine or beside it is not fetched, by address or by name', async () => {
  const { port } = new URL(origin);
  const places = [origin, `http://localhost:${port}`, `http://[::1]:${port}`, `http://2130706433:${port}`];
  for (const place of [...places, 'http://169.254.169.254/latest/meta-data', 'http://[::ffff:10.0.0.1]/'])
    await assert.rejects(fetchSample(place, closed, refuse), /public Internet/, place);
  await assert.rejects(fetchSample('file:///etc/passwd', closed, refuse), /http\(s\)/);
});
