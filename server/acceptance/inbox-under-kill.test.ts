import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Place, startPlace } from '../testing/killable-place.ts';
import { ours } from '../testing/people.ts';
import { until } from '../testing/program.ts';
import { readLedger } from '../testing/program-apart.ts';
import { seededRandom } from '../testing/seeded-random.ts';

const people = 24;
const kills = 4;
/** What the program says by itself to who writes for the first time. */
const welcome = 'Welcome to Harbor Coffee, somebody answers soon.';

interface Thread {
  id: string;
  state: string;
  lastReplyId: string | null;
  user: { phoneNumber: string } | null;
}
interface Entry {
  kind: string;
  text: string | null;
}

test('kill -9 while people write by both wires and agents answer: each message is in one thread, and nothing is said twice', async (t) => {
  const seed = Number(process.env.CRASH_SEED ?? Math.floor(Math.random() * 2 ** 32));
  t.diagnostic(`CRASH_SEED=${seed}`);
  const random = seededRandom(seed);
  const place = await startPlace(t);
  await place.call('PATCH', '/api/inbox/settings', { autoReplies: { firstContact: welcome } });
  const phoneOf = (person: number) => `+1415555${String(2000 + person)}`;
  const senderOf = (person: number) => (person % 2 === 0 ? ours.transactional : ours.whatsApp);
  /** What carriers were answered with 2xx by the program, by person. */
  const taken = new Map<number, string[]>();
  const answered = new Map<number, Set<string>>();
  let isOver = false;

  /** Somebody writes; a carrier repeats what was not taken, and who was taken is noted. */
  const writes = async (person: number, words: string) => {
    const { webhook } = await place.simulator<{ webhook: { status: number | null } }>(
      'POST',
      `/handsets/${encodeURIComponent(phoneOf(person))}/messages`,
      { to: senderOf(person), body: words },
    );
    const isTaken = webhook.status !== null && webhook.status < 300;
    if (isTaken) taken.set(person, [...(taken.get(person) ?? []), words]);
    return isTaken;
  };
  const talk = async (person: number) => {
    for (let message = 0; !isOver; message++) {
      await writes(person, `question ${message} of person ${person} about their order`).catch(() => false);
      await sleep(150 + random() * 500);
    }
  };
  /** An agent answers what is open, and repeats a call whose answer was lost with its key, as clients do. */
  const agent = async (name: string) => {
    for (let answer = 0; !isOver; answer++) {
      await sleep(60 + random() * 200);
      const listed = await tried<{ threads: Thread[] }>(() =>
        place.call('GET', '/api/inbox/threads?state=open&limit=100'),
      );
      const thread = listed?.threads[Math.floor(random() * listed.threads.length)];
      const person = thread?.user ? Number(thread.user.phoneNumber.slice(-4)) - 2000 : -1;
      if (!thread || person < 0) continue;
      const text = `answer ${answer} of ${name} to person ${person}`;
      const reply = { text, seenMessageId: thread.lastReplyId };
      for (let tries = 0; tries < 8; tries++) {
        const sent = await tried(() =>
          place.call('POST', `/api/inbox/threads/${thread.id}/reply`, reply, {
            'Idempotency-Key': `${name}-${answer}`,
          }),
        );
        if (sent !== null) answered.set(person, (answered.get(person) ?? new Set()).add(text));
        if (sent !== null || isOver) break;
        await sleep(150);
      }
    }
  };
  const work = [
    ...Array.from({ length: people }, (_, person) => talk(person)),
    ...['ann', 'bob', 'eve'].map(agent),
  ];
  for (let kill = 0; kill < kills; kill++) {
    await sleep(700 + random() * 1_500);
    await place.program.kill();
    await place.restart();
  }
  await sleep(1_000);
  isOver = true;
  await Promise.all(work);

  const happened = await until('all that happened to be told', async () => {
    const [row] = await place.database.query<{ count: string }>(
      'SELECT count(*) AS count FROM happening',
      [],
    );
    return Number(row?.count) === 0 ? true : null;
  });
  assert.ok(happened);
  const total = [...taken.values()].flat().length;
  t.diagnostic(
    `${total} messages taken, ${[...answered.values()].reduce((sum, each) => sum + each.size, 0)} answers`,
  );
  assert.ok(total > people && answered.size > 0, 'people wrote and were answered between kills');

  for (const [person, words] of taken) {
    const query = encodeURIComponent(phoneOf(person));
    const { threads } = await place.call<{ threads: Thread[] }>('GET', `/api/inbox/threads?query=${query}`);
    assert.equal(threads.length, 1, `person ${person} has one thread`);
    const entries = await allEntries(place, threads[0]?.id ?? '');
    const written = entries.filter(({ kind }) => kind === 'inbound').map(({ text }) => text ?? '');
    assert.equal(new Set(written).size, written.length, `person ${person}: nothing stands twice`);
    for (const each of words) assert.ok(written.includes(each), `${each} was taken and is lost`);
    assert.equal(entries.filter(({ kind, text }) => kind === 'log' && text === 'opened').length, 1);
    const said = entries.filter(({ kind }) => kind === 'outbound').map(({ text }) => text ?? '');
    assert.equal(new Set(said).size, said.length, `person ${person}: nothing is answered twice`);
    assert.equal(said.filter((text) => text === welcome).length, 1, 'who writes first is welcomed once');
    for (const each of answered.get(person) ?? [])
      assert.ok(said.includes(each), `${each} was taken and is lost`);
  }
  const lines = await until('what is on its way to arrive', async () => {
    const { messages } = await place.call<{ messages: unknown[] }>(
      'GET',
      '/api/messages?status=queued&limit=1',
    );
    return messages.length === 0 ? readLedger(place) : null;
  });
  const heard = lines.filter(
    ({ to, body }) => to.startsWith('+1415555') && (body === welcome || body.startsWith('answer ')),
  );
  const each = heard.map(({ to, body }) => `${to} ${body}`);
  const twice = each.filter((line, at) => each.indexOf(line) !== at);
  assert.deepEqual(twice, [], 'no handset hears anything twice');
});

/** What a call answers; null where the program is away, or refuses. */
async function tried<T>(call: () => Promise<T>): Promise<T | null> {
  return call().catch(() => null);
}

/** All that stands in a thread. */
async function allEntries(place: Place, id: string): Promise<Entry[]> {
  const entries: Entry[] = [];
  let before: string | null = null;
  do {
    const page: { entries: Entry[]; before: string | null } = await place.call(
      'GET',
      `/api/inbox/threads/${id}?limit=200${before === null ? '' : `&before=${encodeURIComponent(before)}`}`,
    );
    entries.unshift(...page.entries);
    before = page.before;
  } while (before !== null);
  return entries;
}
