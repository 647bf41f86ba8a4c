import { setTimeout as sleep } from 'node:timers/promises';
import { sanFranciscoNumber } from '../../server/testing/audience.ts';
import type { Book, SoakPerson } from './book.ts';
import type { Ground } from './ground.ts';
import type { Site } from './site.ts';

/** What a deed is done with, until `over` says that it is time to end. */
export interface Soaking {
  site: Site;
  ground: Ground;
  book: Book;
  over: AbortSignal;
}

const pauseMs = { blasts: 5_000, codes: 400, stops: 4_000, imports: 60_000 };
/** Rows of the first file, and of each later one. */
const [firstRows, laterRows] = [2_000, 200];
const lookMs = 1_000;

/** Does something again and again, with a pause between; what is begun is brought to its end. */
async function repeat(over: AbortSignal, everyMs: number, deed: (round: number) => Promise<void>) {
  for (let round = 0; !over.aborted; round++) {
    await deed(round);
    await sleep(everyMs, undefined, { signal: over }).catch(() => undefined);
  }
}

/** The first people, before all else. */
export const importFirst = (soaking: Soaking): Promise<void> => importPeople(soaking, firstRows);

/** Everything that goes on at once. */
export function deedsOf(soaking: Soaking): Promise<void>[] {
  const { over } = soaking;
  return [
    repeat(over, pauseMs.blasts, (round) => blast(soaking, round)),
    repeat(over, pauseMs.codes, (round) => sendCode(soaking, round)),
    repeat(over, pauseMs.stops, () => writeStop(soaking)),
    sleep(pauseMs.imports / 2, undefined, { signal: over }).then(
      () => repeat(over, pauseMs.imports, () => importPeople(soaking, laterRows)),
      () => undefined,
    ),
  ];
}

/** A campaign to everybody there is, to its end. */
async function blast({ site, ground, book }: Soaking, round: number): Promise<void> {
  const [audience, listIds] = [book.people.length, [...book.lists]];
  const { campaignId } = await site.ask<{ campaignId: number }>(
    'POST',
    '/api/campaigns/create',
    {
      ...{ name: `Blast ${round}`, templateId: ground.blastTemplateId, listIds, scheduleSend: false },
      senderId: ground.blastSender.id,
    },
    `create ${round}`,
  );
  await site.ask('POST', `/api/campaigns/${campaignId}/send`, {}, `send ${round}`);
  const noted = { campaignId, audience, isFinished: false };
  book.blasts.push(noted);
  while (!noted.isFinished) {
    await sleep(lookMs);
    const { state } = await site.ask<{ state: string }>('GET', `/api/campaigns/${campaignId}/live`);
    noted.isFinished = state === 'Finished';
  }
}

/** A code to somebody; called again with its key until it is answered. */
async function sendCode({ site, ground, book }: Soaking, round: number): Promise<void> {
  const person = anybody(book);
  const { params } = await site.ask<{ params: { messageId: string } }>(
    'POST',
    '/api/sms/target',
    {
      ...{ campaignId: ground.codeCampaignId, recipientEmail: person.email },
      dataFields: { code: String(100_000 + round) },
    },
    `code ${round}`,
  );
  if (book.codes.has(params.messageId)) book.wrong(`two codes are one message, ${params.messageId}`);
  book.codes.add(params.messageId);
}

/** Somebody who has not yet writes STOP to whom the blasts come from. */
async function writeStop({ site, ground, book }: Soaking): Promise<void> {
  const staying = book.people.filter(({ phone }) => !book.stopped.has(phone));
  const person = staying[Math.floor(Math.random() * staying.length)];
  if (!person || staying.length < book.people.length / 2) return;
  await site.insist(`STOP of ${person.phone}`, async () => {
    const { webhook } = await site.apart.simulator<{ webhook: { status: number | null } }>(
      'POST',
      `/handsets/${person.phone}/messages`,
      { to: ground.blastSender.address, body: 'STOP' },
    );
    if (webhook.status !== 200) throw new Error(`our webhook answered ${webhook.status}`);
  });
  book.stopped.set(person.phone, Date.now());
}

/** A file of newcomers with their consent, onto a list of its own. */
async function importPeople({ site, ground, book }: Soaking, rows: number): Promise<void> {
  const first = book.people.length;
  const people = Array.from(
    { length: rows },
    (_, row): SoakPerson => ({
      email: `soak${first + row}@example.com`,
      phone: sanFranciscoNumber(first + row),
    }),
  );
  const lines = people.map(({ email, phone }, row) => `${email},${phone},Ann${first + row},yes,2026-01-05`);
  const file = ['email,phone,first name,sms opt in,sms opt in date', ...lines].join('\n');
  const form = new FormData();
  const consent = { source: 'soak.example', method: 'webForm', messageTypeIds: [ground.messageTypeId] };
  form.set('options', JSON.stringify({ newListName: `People from ${first}`, consent }));
  form.set('file', new File([file], 'people.csv', { type: 'text/csv' }));
  // One whose answer was lost is made again: the same people, onto another list.
  const { importId, listId } = await site.ask<{ importId: number; listId: number }>(
    'POST',
    '/api/import',
    form,
  );
  for (;;) {
    const answer = await site.ask<{ state: string; rowsTaken: number; error?: string }>(
      'GET',
      `/api/import/${importId}`,
    );
    if (answer.state === 'failed') return book.wrong(`import ${importId} failed: ${answer.error}`);
    if (answer.state === 'done') {
      if (answer.rowsTaken !== rows)
        book.wrong(`import ${importId} took ${answer.rowsTaken} of ${rows} rows`);
      break;
    }
    await sleep(lookMs);
  }
  book.people.push(...people);
  book.lists.push(listId);
  book.counts.imports++;
}

function anybody({ people }: Book): SoakPerson {
  return people[Math.floor(Math.random() * people.length)]!;
}
