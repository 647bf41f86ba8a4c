import { setTimeout as sleep } from 'node:timers/promises';
import { seededRandom } from '../../server/testing/seeded-random.ts';
import { unlessInterrupted } from '../interrupt.ts';
import { say } from '../progress.ts';
import type { SoakOrders } from '../settings.ts';
import { type Book, openBook } from './book.ts';
import { deedsOf, importFirst, type Soaking } from './deeds.ts';
import { prepareGround } from './ground.ts';
import { inMiB } from './growth.ts';
import { openHook } from './hook.ts';
import { backlogOf, checkAtTheEnd, settle } from './last-checks.ts';
import { checkBlast, type LedgerWatch, watchLedger } from './ledger-watch.ts';
import { propertiesHold } from './properties.ts';
import { type Resources, watchResources } from './resources.ts';
import { openSite } from './site.ts';
import { calm, troublesOf } from './trouble.ts';

const minuteMs = 60_000;
/** The first part of the time is a storm, with kills of the program; growth is judged by the rest. */
const stormShare = 0.5;

/**
 * Runs the real program with its carriers under a mix of all it does, and of all that goes wrong, for as long as it is told.
 * Every minute, and in the end, it is checked that each message went once, nothing after a STOP, that totals, list, ledger
 * and webhooks tell one story, and that no row is lost; and that memory and connections have not grown. Then the properties of segments
 * are run. Answers whether all held.
 */
export async function runSoak({ minutes, seed }: SoakOrders): Promise<boolean> {
  say(`a soak of ${minutes} minutes; --seed ${seed} draws the same troubles again`);
  const stack = new AsyncDisposableStack();
  const book = openBook();
  try {
    await unlessInterrupted(soak(stack, book, minutes, seededRandom(seed)));
  } finally {
    await stack.disposeAsync();
  }
  say('the properties of segments, ten times as often as by npm test');
  if (!(await unlessInterrupted(propertiesHold())))
    book.wrong('a property of segments does not hold: see above');
  say(book.faults.length === 0 ? 'all held' : `${book.faults.length} faults:`);
  for (const fault of book.faults) say(`  ${fault}`);
  return book.faults.length === 0;
}

async function soak(
  stack: AsyncDisposableStack,
  book: Book,
  minutes: number,
  random: () => number,
): Promise<void> {
  const site = await openSite(stack);
  const ground = await prepareGround(site);
  const over = new AbortController();
  const stormOver = new AbortController();
  const soaking: Soaking = { site, ground, book, over: over.signal };
  const hook = await openHook(stack, site, book);
  await importFirst(soaking);
  const resources = watchResources(site);
  stack.defer(resources.stop);
  const ledger = watchLedger(site, book);
  const going = [...deedsOf(soaking), ...troublesOf(soaking, stormOver.signal, random)];
  // What breaks off is a fault, and ends the rest.
  const all = going.map((each) =>
    each.catch((error: unknown) => {
      book.wrong(String(error));
      over.abort();
    }),
  );
  const end = performance.now() + minutes * minuteMs;
  const calmAt = performance.now() + minutes * minuteMs * stormShare;
  const checked = new Set<number>();
  for (let minute = 1; performance.now() < end && !over.signal.aborted; minute++) {
    await sleep(Math.min(minuteMs, end - performance.now()), undefined, { signal: over.signal }).catch(
      () => undefined,
    );
    await checkMinute(soaking, ledger, checked);
    say(await lineOf(`minute ${minute} of ${minutes}`, soaking, resources));
    if (performance.now() >= calmAt && !stormOver.signal.aborted) {
      stormOver.abort();
      resources.begin();
    }
  }
  for (const grown of resources.grown()) book.wrong(grown);
  over.abort();
  stormOver.abort();
  await Promise.all(all);
  await calm(soaking);
  await settle(site, book);
  await ledger.look();
  say(await lineOf('in the end', soaking, resources));
  await checkAtTheEnd(soaking, hook);
  if (book.faults.length > 0) say(site.apart.program.lastWords());
}

/** What can be said while all goes on: what came, and of each blast that is through that it came to what it says. */
async function checkMinute(
  { site, book }: Soaking,
  ledger: LedgerWatch,
  checked: Set<number>,
): Promise<void> {
  await ledger.look();
  for (const blast of book.blasts) {
    if (!blast.isFinished || checked.has(blast.campaignId)) continue;
    checked.add(blast.campaignId);
    await checkBlast(site, book, ledger, blast);
  }
}

async function lineOf(when: string, { site, book }: Soaking, resources: Resources): Promise<string> {
  const { bytes, connections } = resources.latest();
  const { texts, imports, kills, cuts, told } = book.counts;
  const finished = book.blasts.filter(({ isFinished }) => isFinished).length;
  return [
    `${when}: ${book.people.length} people by ${imports} imports, ${finished} of ${book.blasts.length} blasts through`,
    `${texts} texts, ${book.codes.size} codes, ${book.stopped.size} STOPs, ${told} webhooks, ${kills} kills, ${cuts} cuts`,
    `${inMiB(bytes)}, ${connections} connections, ${await backlogOf(site)} rows on their way`,
    `${book.faults.length} faults`,
  ].join(' · ');
}
