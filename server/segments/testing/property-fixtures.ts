import assert from 'node:assert/strict';
import { sql } from 'kysely';
import { findCatalog, insertCatalog } from '../../content/catalogs/catalogs.sql.ts';
import { insertNewItems } from '../../content/catalogs/items.sql.ts';
import { noteCatalogChange } from '../../content/catalogs/watched.sql.ts';
import { startTestApi, type TestApi } from '../../testing/api.ts';
import type { RandomGround } from './random.ts';
import type { World } from './slow-evaluation.ts';

/** The zone of the project, where none is said. */
export const timeZone = 'America/New_York';

/** Where property tests of segments take place: a database with a project, its catalog `things`, and what random people and definitions may name. */
export interface PropertyGround {
  api: TestApi;
  random(now: Date): RandomGround;
  world(now: Date, segments: World['segments'], items: World['items']): World;
  /** Puts items into the place of all that the catalog has, as a call does that changes some. */
  replaceItems(items: World['items'], at: Date): Promise<void>;
}

/** Starts one; `api.close` ends it. */
export async function startPropertyGround(): Promise<PropertyGround> {
  const api = await startTestApi([]);
  const { projectId } = api;
  const { db } = api.context;
  const types = await db.selectFrom('message_type').select(['id', 'channel_id']).execute();
  const channels = await db.selectFrom('channel').select(['id', 'medium']).execute();
  const channelOfType = new Map(types.map((type) => [type.id, type.channel_id]));
  const mediumOfChannel = new Map(channels.map((channel) => [channel.id, channel.medium]));
  await insertCatalog(db, projectId, 'things', api.clock.now());
  const catalog = await findCatalog(db, projectId, 'things');
  assert.ok(catalog);
  return {
    api,
    random: (now) => ({
      ...{ now, listIds: [1, 2], segmentIds: [] },
      ...{ channelIds: [...mediumOfChannel.keys()], messageTypeIds: [...channelOfType.keys()] },
    }),
    world: (now, segments, items) => ({ now, timeZone, segments, channelOfType, mediumOfChannel, items }),
    replaceItems: (items, at) =>
      db.transaction().execute(async (transaction) => {
        await sql`DELETE FROM catalog_item WHERE catalog_id = ${catalog.id}`.execute(transaction);
        const rows = [...items].map(([itemId, value]) => ({ itemId, text: JSON.stringify(value), bytes: 1 }));
        await insertNewItems(transaction, catalog.id, rows, at);
        await noteCatalogChange(transaction, catalog.id);
      }),
  };
}

/** How a property is run: as often as is usual, and `RUNS_TIMES` times that where it is set, from `SEED` or a seed of its own. */
export function runsOf(usual: number): { numRuns: number; seed: number; endOnFailure: boolean } {
  return {
    numRuns: usual * Number(process.env.RUNS_TIMES ?? 1),
    seed: Number(process.env.SEED ?? Date.now() % 2 ** 31),
    endOnFailure: process.env.SHRINK === undefined,
  };
}
