import { once } from 'node:events';
import pg from 'pg';
import { from as copyFrom, to as copyTo } from 'pg-copy-streams';
import { type Api, readNumber } from './api.ts';
import type { Person } from './people.ts';
import { startBar } from './progress.ts';

/** Rows of one request; the API's own batch, and the size its callers are told to keep to. */
const batchSize = 1000;
/** Requests under way at once, as an importer of some haste keeps them. */
const underWay = 4;

/** Sends rows through a bulk call and returns rows a second; throws when any row is refused. */
export async function sendBulk(
  api: Api,
  label: string,
  path: string,
  rows: readonly unknown[],
  wrap: (batch: readonly unknown[]) => unknown,
): Promise<number> {
  // Bodies are written beforehand: what is measured is the program, not its caller.
  const bodies: string[] = [];
  for (let start = 0; start < rows.length; start += batchSize)
    bodies.push(JSON.stringify(wrap(rows.slice(start, start + batchSize))));
  const bar = startBar(label, rows.length);
  let next = 0;
  let taken = 0;
  const send = async () => {
    for (;;) {
      const body = bodies[next];
      if (body === undefined) return;
      next += 1;
      const answer = await api.post(path, body);
      const failed = readNumber(answer, 'failCount');
      if (failed > 0)
        throw new Error(`${path} refused ${failed} rows: ${JSON.stringify(answer).slice(0, 500)}`);
      taken += readNumber(answer, 'successCount');
      bar.at(taken);
    }
  };
  const begin = performance.now();
  try {
    await Promise.all(Array.from({ length: underWay }, send));
  } finally {
    bar.end();
  }
  return (rows.length / (performance.now() - begin)) * 1000;
}

/** A person as `users/bulkUpdate` takes one. */
export function userRow({ email, phone, firstName, points }: Person): object {
  return { email, dataFields: { phoneNumber: phone, firstName, points, tier: 'gold', newsletter: true } };
}

/** Something a person did, as `events/trackBulk` takes it. */
export function eventRow({ email, points }: Person): object {
  return { email, eventName: 'viewedItem', dataFields: { item: `sku-${points}`, price: points / 100 } };
}

/**
 * Rows a second at which PostgreSQL itself takes the rows that stand in `table`, by COPY into a bare table of
 * the same columns: one figure for each of `runs`.
 */
export async function measureCopy(databaseUrl: string, table: string, runs: number): Promise<number[]> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    const name = pg.escapeIdentifier(table);
    const copy = pg.escapeIdentifier(`bench_${table}`);
    const rows = await readOut(client, name);
    const figures: number[] = [];
    for (let run = 0; run < runs; run += 1) {
      await client.query(`CREATE TABLE ${copy} (LIKE ${name})`);
      const begin = performance.now();
      const count = await writeIn(client, copy, rows);
      figures.push((count / (performance.now() - begin)) * 1000);
      await client.query(`DROP TABLE ${copy}`);
    }
    return figures;
  } finally {
    await client.end();
  }
}

async function readOut(client: pg.Client, table: string): Promise<Buffer[]> {
  // A partitioned table is read through a query.
  const stream = client.query(copyTo(`COPY (SELECT * FROM ${table}) TO STDOUT`));
  const chunks: Buffer[] = [];
  for await (const chunk of stream) if (Buffer.isBuffer(chunk)) chunks.push(chunk);
  return chunks;
}

async function writeIn(client: pg.Client, table: string, chunks: readonly Buffer[]): Promise<number> {
  const stream = client.query(copyFrom(`COPY ${table} FROM STDIN`));
  const done = once(stream, 'finish');
  for (const chunk of chunks) if (!stream.write(chunk)) await once(stream, 'drain');
  stream.end();
  await done;
  return stream.rowCount;
}
