import { setTimeout as sleep } from 'node:timers/promises';
import { type Api, readNumber, readValue } from './api.ts';
import type { Ground } from './ground.ts';
import { countFrom, messagesFrom } from './ledger.ts';
import { processorSeconds } from './process-tree.ts';
import { processorParts, usedBetween } from './processor-parts.ts';
import { startBar } from './progress.ts';

/** Where the measures are taken: a program that is up, with its simulator and database. */
export interface Site {
  api: Api;
  simulatorUrl: string;
  databaseUrl: string;
  /** Processes that a blast keeps busy: program, database, simulator. */
  pids: [program: number, database: number, simulator: number];
}

/** What one blast came to. */
export interface BlastRun {
  audience: number;
  sends: number;
  skips: number;
  /** From the launch call to the last receipt applied. */
  seconds: number;
  perSecond: number;
  /** Processor time of one message, of program, database and simulator together. */
  microseconds: number;
  /** The same by its parts, the most first. */
  parts: [part: string, microseconds: number][];
  /** Characters of the mean text that arrived. */
  characters: number;
  /** What does not fit between totals and ledger; empty when all does. */
  faults: string[];
}

interface Totals {
  audience: number;
  sends: number;
  delivered: number;
  bounced: number;
  skips: number;
  pending: number;
  reasons: string;
}

/** A look at the totals costs the program some work, so there are few until the end is near. */
const farLookMs = 1_000;
const nearLookMs = 50;
const nearShare = 0.98;
/** Near the end too, no more than a quarter of the time goes to looking. */
const restPerLook = 3;
/** No blast is waited for any longer when nothing has moved for so long. */
const standstillMs = 60_000;

/** Launches the ground's campaign to its list and waits until every message has its last receipt. */
export async function runBlast(
  { api, databaseUrl, simulatorUrl, pids }: Site,
  ground: Ground,
  name: string,
  expected: number,
): Promise<BlastRun> {
  const campaign = {
    name,
    templateId: ground.blastTemplateId,
    listIds: [ground.listId],
    senderId: ground.blastSender.id,
    scheduleSend: false,
  };
  const id = readNumber(await api.call('POST', '/api/campaigns/create', campaign), 'campaignId');
  const before = await countFrom(simulatorUrl, ground.blastSender.address);
  const [program, database, simulator] = pids;
  const looked = { program, database, simulator, databaseUrl };
  const partsBefore = await processorParts(looked);
  const used = await processorSeconds(pids);
  const begin = performance.now();
  await api.call('POST', `/api/campaigns/${id}/send`);
  const totals = await untilDone(api, id, name, expected);
  const seconds = (performance.now() - begin) / 1000;
  const microseconds = (((await processorSeconds(pids)) - used) * 1e6) / totals.sends;
  const parts = usedBetween(partsBefore, await processorParts(looked), totals.sends);
  const arrived = await messagesFrom(simulatorUrl, ground.blastSender.address, before);
  const characters = arrived.reduce((sum, message) => sum + message.body.length, 0) / arrived.length;
  const { audience, sends, skips } = totals;
  return {
    ...{ audience, sends, skips, seconds, microseconds, parts, characters },
    perSecond: sends / seconds,
    faults: faultsOf(
      totals,
      expected,
      arrived.map(({ to }) => to),
    ),
  };
}

async function untilDone(api: Api, id: number, name: string, expected: number): Promise<Totals> {
  const bar = startBar(name, expected);
  let moved = performance.now();
  let latest = '';
  try {
    for (;;) {
      const began = performance.now();
      const totals = await readTotals(api, id);
      const took = performance.now() - began;
      const done = totals.delivered + totals.bounced + totals.skips;
      bar.at(done);
      if (totals.audience > 0 && done >= totals.audience) return totals;
      const now = JSON.stringify(totals);
      if (now !== latest) moved = performance.now();
      latest = now;
      if (performance.now() - moved > standstillMs)
        throw new Error(`${name} stands still: ${JSON.stringify(totals)}`);
      const rest = done >= nearShare * expected ? nearLookMs : farLookMs;
      await sleep(Math.max(rest, took * restPerLook));
    }
  } finally {
    bar.end();
  }
}

async function readTotals(api: Api, id: number): Promise<Totals> {
  const live = await api.call('GET', `/api/campaigns/${id}/live`);
  const of = (name: string) => readNumber(live, 'totals', name);
  return {
    audience: of('audience'),
    sends: of('sends'),
    delivered: of('delivered'),
    bounced: of('bounced'),
    skips: of('skips'),
    pending: of('pending'),
    reasons: JSON.stringify(readValue(live, 'totals', 'skipsByReason')),
  };
}

/** Every send is in the ledger once, nobody else is, and everybody of the list was counted. Pure. */
function faultsOf(totals: Totals, expected: number, handsets: readonly string[]): string[] {
  const { audience, sends, skips, delivered, bounced, reasons } = totals;
  const faults: string[] = [];
  const different = new Set(handsets).size;
  if (audience !== expected) faults.push(`the audience is ${audience}, the list has ${expected}`);
  if (audience !== sends + skips) faults.push(`audience ${audience} is not sends ${sends} + skips ${skips}`);
  if (sends !== delivered + bounced) faults.push(`sends ${sends} are not delivered + bounced`);
  if (handsets.length !== sends)
    faults.push(`the ledger has ${handsets.length} messages, the program ${sends} sends`);
  if (different !== handsets.length)
    faults.push(`${handsets.length - different} messages came to somebody twice`);
  if (skips > 0) faults.push(`${skips} were skipped, though all had agreed: ${reasons}`);
  return faults;
}
