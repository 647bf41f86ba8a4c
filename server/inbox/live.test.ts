import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { startTestApi } from '../testing/api.ts';
import { liveRoutes } from './live-routes.ts';
import { silentDesk } from './news.ts';

const server = await startTestApi([liveRoutes(silentDesk, 20)]);
after(() => server.close());

test('a stream ends soon after the key that opened it is revoked, wherever the key was shown', async () => {
  const streams = await Promise.all([
    fetch(`${server.url}/api/inbox/live`, { headers: { 'Api-Key': server.key } }),
    fetch(`${server.url}/api/inbox/live?apiKey=${server.key}`),
  ]);
  const texts = streams.map(async (stream) => {
    let text = '';
    for await (const part of stream.body!.pipeThrough(new TextDecoderStream())) {
      text += part;
      // It has been asked once more who follows, and goes on.
      if (text.includes('\n\n:\n\n')) heard.resolve();
    }
    return text;
  });
  const heard = Promise.withResolvers<void>();
  await heard.promise;
  await server.database.db.updateTable('api_key').set({ revoked_at: server.clock.now() }).execute();
  // A key is looked up again after a moment.
  server.clock.advance(6_000);
  for (const text of await Promise.all(texts)) assert.match(text, /event: lookAgain/);
  assert.equal((await fetch(`${server.url}/api/inbox/live?apiKey=${server.key}`)).status, 401);
});
