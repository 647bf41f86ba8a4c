import { type Api, openApi } from './api.ts';
import { type BlastRun, runBlast, type Site } from './blast.ts';
import { type Ground, type Purpose, prepareGround } from './ground.ts';
import { importFile } from './import-file.ts';
import { eventRow, measureCopy, sendBulk } from './ingest.ts';
import { unlessInterrupted } from './interrupt.ts';
import { byCampaign, type LatencyRun, measureLatency } from './latency.ts';
import { describeMachine } from './machine.ts';
import { type MemoryUse, watchMemory } from './memory.ts';
import type { Person } from './people.ts';
import { say } from './progress.ts';
import { startCarillon } from './start-carillon.ts';

/** All that was measured of the program. */
export interface ProgramFigures {
  machine: string;
  /** Blasts with nothing else at work, and those with codes going out beside. */
  blasts: { alone: BlastRun[]; beside: BlastRun[] };
  users: { ours: number[]; raw: number[] };
  events: { ours: number[]; raw: number[] };
  /** Rows a second of a file of people with consent. */
  imports: { ours: number[]; raw: number[] };
  latency: { idle: LatencyRun[]; blast: LatencyRun[] };
  memory: { program: MemoryUse | null; database: MemoryUse | null };
}

const copyRuns = 3;
const idleSends = 200;
const warmUpSends = 20;
/** Those who may be sent codes: no fewer than one launch's worth at twenty a second. */
const codePeople = 2_000;

/**
 * Starts database, simulator and program afresh, each a process of its own, takes every measure of the program
 * and stops them. Whatever happens, nothing is left running.
 */
export async function measureProgram(
  audience: readonly Person[],
  newcomers: readonly Person[],
  purpose: Purpose,
  profile: string | null,
): Promise<ProgramFigures> {
  const stack = new AsyncDisposableStack();
  try {
    const { database, simulator, program, apiKey } = await startCarillon(stack, profile);
    const api = openApi(program.url, apiKey);
    stack.defer(api.close);

    const programMemory = watchMemory(program.pid, 'one');
    stack.defer(async () => void (await programMemory.stop()));
    const databaseMemory = watchMemory(database.pid, 'tree');
    stack.defer(async () => void (await databaseMemory.stop()));

    const site: Site = {
      api,
      databaseUrl: database.url,
      simulatorUrl: simulator.url,
      pids: [program.pid, database.pid, simulator.pid],
    };
    const figures = await unlessInterrupted(measureSite(site, audience, newcomers, purpose));
    return {
      ...figures,
      machine: await describeMachine(database.url),
      memory: { program: await programMemory.stop(), database: await databaseMemory.stop() },
    };
  } finally {
    await stack.disposeAsync();
  }
}

async function measureSite(
  site: Site,
  audience: readonly Person[],
  newcomers: readonly Person[],
  purpose: Purpose,
): Promise<Omit<ProgramFigures, 'machine' | 'memory'>> {
  const { api, databaseUrl } = site;
  const people = audience.slice(0, codePeople);
  const ground = await prepareGround(api, audience, people, purpose);
  const users = { ours: ground.usersPerSecond, raw: await measureCopy(databaseUrl, 'users', copyRuns) };
  const events = { ours: await trackEvents(api, audience), raw: [] as number[] };
  events.raw = await measureCopy(databaseUrl, 'event', copyRuns);

  const alone = [await runBlast(site, ground, 'blast', audience.length)];
  const idle = [await idleLatency(site, ground, people)];
  const beside = [await blastWithCodes(site, ground, audience, people, 'blast with codes')];
  alone.push(await runBlast(site, ground, 'blast', audience.length));
  idle.push(await idleLatency(site, ground, people));
  beside.push(await blastWithCodes(site, ground, audience, people, 'blast with codes'));
  const imports = { ours: await importHalves(api, newcomers), raw: users.raw };
  return {
    blasts: { alone, beside: beside.map(({ blast }) => blast) },
    users,
    events,
    imports,
    latency: { idle, blast: beside.map(({ latency }) => latency) },
  };
}

/** Tracks one event a person in two halves, so that there are two figures. */
async function trackEvents(api: Api, audience: readonly Person[]): Promise<number[]> {
  const middle = Math.ceil(audience.length / 2);
  const figures: number[] = [];
  for (const part of [audience.slice(0, middle), audience.slice(middle)])
    figures.push(
      await sendBulk(api, 'events', '/api/events/trackBulk', part.map(eventRow), (events) => ({ events })),
    );
  return figures;
}

/** Imports people by two files, so that there are two figures. */
async function importHalves(api: Api, newcomers: readonly Person[]): Promise<number[]> {
  const middle = Math.ceil(newcomers.length / 2);
  return [await importFile(api, newcomers.slice(0, middle)), await importFile(api, newcomers.slice(middle))];
}

async function idleLatency(site: Site, ground: Ground, people: readonly Person[]): Promise<LatencyRun> {
  say(`transactional sends, nothing else at work: ${idleSends}`);
  const send = (to: readonly Person[]) =>
    measureLatency(byCampaign(site.api, ground.codeCampaignId), site.simulatorUrl, to);
  await send(people.slice(0, warmUpSends));
  return send(people.slice(warmUpSends, warmUpSends + idleSends));
}

async function blastWithCodes(
  site: Site,
  ground: Ground,
  audience: readonly Person[],
  people: readonly Person[],
  name: string,
): Promise<{ blast: BlastRun; latency: LatencyRun }> {
  const over = new AbortController();
  const [blast, latency] = await Promise.all([
    runBlast(site, ground, name, audience.length).finally(() => over.abort()),
    measureLatency(byCampaign(site.api, ground.codeCampaignId), site.simulatorUrl, people, over.signal),
  ]);
  return { blast, latency };
}
