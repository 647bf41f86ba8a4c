import { parseArgs } from 'node:util';
import { type Api, openApi } from './api.ts';
import { type BlastRun, runBlast, type Site } from './blast.ts';
import { type Ground, makeTemplate, messageType, prepareGround } from './ground.ts';
import { unlessInterrupted } from './interrupt.ts';
import { describeMachine } from './machine.ts';
import { campaignTemplate, makePeople, type Person } from './people.ts';
import { planBlast } from './plan-blast.ts';
import { say, startBar } from './progress.ts';
import { startCarillon } from './start-carillon.ts';
import { median } from './table.ts';

/** What the bench of catalogs is told by its words. */
export interface CatalogOrders {
  /** Items of the catalog. */
  items: number;
  /** People in the blasts' audience. */
  people: number;
}

/** The share of the speed without items that a campaign with items should keep. */
const wanted = 0.8;
const itemsInCall = 1_000;
const callsAtOnce = 4;
/** Of each kind, by turns. */
const blasts = 2;

/** Reads the words after `catalogs`: `--items`, a million unless told, and `--people`, 50,000 unless told. */
export function readCatalogs(words: readonly string[]): CatalogOrders {
  const options = { items: { type: 'string' }, people: { type: 'string' } } as const;
  const { values } = parseArgs({ args: [...words], options });
  const [items, people] = [Number(values.items ?? 1_000_000), Number(values.people ?? 50_000)];
  for (const [name, value, fewest] of [
    ['items', items, 10_000],
    ['people', people, 1_000],
  ] as const)
    if (!Number.isInteger(value) || value < fewest)
      throw new Error(`--${name} ${values[name]} is not a whole number of at least ${fewest}`);
  return { items, people };
}

/**
 * Fills a catalog through the API, then sends blasts whose text shows each person an item of it, by turns with blasts that show
 * none; prints a table. False when something was lost, or sent twice or miscounted; how fast it is changes nothing about that.
 */
export async function measureCatalogs({ items, people }: CatalogOrders): Promise<boolean> {
  const plan = planBlast();
  say(plan.note);
  const audience = makePeople(0, people, plan.prefixes);
  const stack = new AsyncDisposableStack();
  try {
    const { database, simulator, program, apiKey } = await startCarillon(stack);
    const api = openApi(program.url, apiKey);
    stack.defer(api.close);
    const site: Site = {
      ...{ api, databaseUrl: database.url, simulatorUrl: simulator.url },
      pids: [program.pid, database.pid, simulator.pid],
    };
    const figures = await unlessInterrupted(measure(site, audience, items, plan.purpose));
    process.stdout.write(`\n${tableOf(figures, items, people, await describeMachine(database.url))}\n`);
    const faults = [...figures.without, ...figures.with].flatMap((run) => run.faults);
    for (const fault of faults) say(`WRONG: ${fault}`);
    return faults.length === 0;
  } finally {
    await stack.disposeAsync();
  }
}

interface Figures {
  /** Items a second through the bulk call. */
  filled: number;
  /** The same once more, when all are there already. */
  replaced: number;
  /** Milliseconds of the first and the last page of items. */
  pages: [first: number, last: number];
  without: BlastRun[];
  with: BlastRun[];
}

async function measure(
  site: Site,
  audience: readonly Person[],
  items: number,
  purpose: Parameters<typeof prepareGround>[3],
): Promise<Figures> {
  const { api } = site;
  await api.call('POST', '/api/catalogs/goods');
  const mappingsUpdates = [
    { fieldName: 'name', fieldType: 'string' },
    { fieldName: 'price', fieldType: 'double' },
  ];
  await api.call('PUT', '/api/catalogs/goods/fieldMappings', { mappingsUpdates });
  const filled = await fill(api, 'items', items);
  const replaced = await fill(api, 'items again', Math.min(items, 100_000));
  const pages: Figures['pages'] = [await pageAt(api, 1), await pageAt(api, Math.floor(items / 50))];
  const ground = await prepareGround(api, audience, [], purpose);
  const template = await makeTemplate(api, 'bench-items', withItem, await messageType(api, purpose));
  const showing: Ground = { ...ground, blastTemplateId: template };
  const runs: Pick<Figures, 'without' | 'with'> = { without: [], with: [] };
  for (let turn = 1; turn <= blasts; turn++) {
    runs.without.push(await runBlast(site, ground, `without items ${turn}`, audience.length));
    runs.with.push(await runBlast(site, showing, `with items ${turn}`, audience.length));
  }
  return { filled, replaced, pages, ...runs };
}

/** The campaign's text with an item of each person's own in the place of their points: as long, or a few characters more. */
const withItem = campaignTemplate.replace(
  '{{points}} points wait for you',
  '{{#catalog "goods" (concat "sku-" points) as |item|}}{{item.name}} is {{item.price}} now{{/catalog}}',
);

async function fill(api: Api, label: string, count: number): Promise<number> {
  const bar = startBar(label, count);
  let next = 0;
  let done = 0;
  const send = async () => {
    while (next < count) {
      const first = next;
      next += itemsInCall;
      const ids = Array.from({ length: Math.min(itemsInCall, count - first) }, (_, index) => first + index);
      const documents = Object.fromEntries(ids.map((id) => [`sku-${id}`, itemOf(id)]));
      await api.call('POST', '/api/catalogs/goods/items', { documents, replaceUploadedFieldsOnly: false });
      done += ids.length;
      bar.at(done);
    }
  };
  const begin = performance.now();
  try {
    await Promise.all(Array.from({ length: callsAtOnce }, send));
  } finally {
    bar.end();
  }
  return count / ((performance.now() - begin) / 1000);
}

const itemOf = (id: number) => ({
  name: `Cup ${id}`,
  price: (id % 5_000) / 100,
  ...{ inStock: id % 7 !== 0, category: `c-${id % 300}`, url: `https://shop.example/goods/${id}` },
  description: `A cup of kind ${id}, made of clay, fit for coffee and tea; it holds ${id % 40} cl and likes the dishwasher.`,
});

async function pageAt(api: Api, page: number): Promise<number> {
  const begin = performance.now();
  await api.call('GET', `/api/catalogs/goods/items?page=${page}&pageSize=50`);
  return performance.now() - begin;
}

function tableOf(figures: Figures, items: number, people: number, machine: string): string {
  const rate = (runs: readonly BlastRun[]) => median(runs.map(({ perSecond }) => perSecond));
  const each = (runs: readonly BlastRun[]) => runs.map(({ perSecond }) => perSecond.toFixed(0)).join(', ');
  const [plain, showing] = [rate(figures.without), rate(figures.with)];
  const work = (runs: readonly BlastRun[]) => median(runs.map(({ microseconds }) => microseconds)).toFixed(0);
  const ratio = showing / plain;
  return [
    `Catalogs: ${items} items, ${people} people. ${machine}`,
    '',
    '| measure | figure |',
    '| --- | --- |',
    `| items through the bulk call, new | ${figures.filled.toFixed(0)}/s |`,
    `| the same, there already | ${figures.replaced.toFixed(0)}/s |`,
    `| first page of 50, last page | ${figures.pages.map((ms) => ms.toFixed(0)).join(' ms, ')} ms |`,
    `| blast without items | ${plain.toFixed(0)}/s [${each(figures.without)}], ${work(figures.without)} µs of processors a message |`,
    `| blast with an item each | ${showing.toFixed(0)}/s [${each(figures.with)}], ${work(figures.with)} µs |`,
    `| ratio | ${ratio.toFixed(2)} (${ratio >= wanted ? 'no less' : 'LESS'} than ${wanted}) |`,
  ].join('\n');
}
