import type pg from 'pg';
import { isCluster } from '../database/cluster.ts';
import { onServer, urlAt } from './cluster.ts';

/** What befalls rows of a table while they are written. */
interface TrapOrder {
  table: string;
  /** As a trigger says it: BEFORE INSERT, AFTER UPDATE OR DELETE, … */
  when: string;
  /** Of which rows, as SQL; all of them where it is absent. */
  only?: string;
  /** PL/pgSQL: one of those below, or a test's own. */
  does: string;
  /** Whether it waits for the commit. */
  atCommit?: boolean;
}

/** A trap that is set. */
export interface Trap {
  /** How many rows `breaksFirst` has met. */
  met(): Promise<number>;
  /** Lets `breaksFirst` count from the start. */
  countAnew(): Promise<void>;
  /** Holds whoever comes to `waits` from now on; the function that it answers lets them go. */
  shut(): Promise<() => Promise<void>>;
  /** How many are held. */
  held(): Promise<number>;
  remove(): Promise<void>;
}

/** The gate of all traps, an advisory lock of each database. */
export const trapGate = 20261129;

/** The connection breaks. */
export const breaks = 'PERFORM pg_terminate_backend(pg_backend_pid());';
/** The connections of the first so many rows break: a sequence counts on though what it counted is rolled back. */
export const breaksFirst = (count: number): string =>
  `IF nextval('trap_' || TG_ARGV[0]) <= ${count} THEN ${breaks} END IF;`;
/** Waits while the trap is shut. */
export const waits = `PERFORM pg_advisory_xact_lock_shared(${trapGate});`;

/** A server with rows of the table, and what they are called there: on a cluster the table's shards. */
interface Place {
  url: string;
  relations: string[];
}

/** Sets a trap in the database of this address; on a cluster it is set on each node that has rows of the table. */
export async function setTrap(url: string, order: TrapOrder): Promise<Trap> {
  const { table, when, only, does, atCommit = false } = order;
  const name = `trap_${table}`;
  const places = await placesOf(url, table);
  /** Rows of the last statement from all places. */
  const everywhere = async <Row extends pg.QueryResultRow>(
    statementsFor: (relations: string[]) => string[],
  ): Promise<Row[]> => {
    const answers: Row[] = [];
    for (const { url: there, relations } of places)
      answers.push(...(await onServer(there, (client) => run<Row>(client, statementsFor(relations)))));
    return answers;
  };
  await everywhere((relations) => [
    `CREATE SEQUENCE ${name}`,
    `CREATE FUNCTION ${name}() RETURNS trigger LANGUAGE plpgsql AS $trap$ BEGIN ${does} RETURN NEW; END $trap$`,
    ...relations.map(
      (relation) => `CREATE ${atCommit ? 'CONSTRAINT' : ''} TRIGGER ${name} ${when} ON ${relation}
        ${atCommit ? 'DEFERRABLE INITIALLY DEFERRED' : ''} FOR EACH ROW ${only ? `WHEN (${only})` : ''}
        EXECUTE FUNCTION ${name}('${table}')`,
    ),
  ]);
  return {
    met: async () => {
      const rows = await everywhere<{ count: string }>(() => [
        `SELECT CASE WHEN is_called THEN last_value ELSE 0 END AS count FROM ${name}`,
      ]);
      return rows.reduce((sum, { count }) => sum + Number(count), 0);
    },
    countAnew: async () => {
      await everywhere(() => [`SELECT setval('${name}', 1, false)`]);
    },
    shut: () => shut(places),
    held: async () => {
      const waiting = `SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND objid = ${trapGate} AND NOT granted
        AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`;
      return (await everywhere(() => [waiting])).length;
    },
    remove: async () => {
      await everywhere((relations) => [
        ...relations.map((relation) => `DROP TRIGGER ${name} ON ${relation}`),
        `DROP FUNCTION ${name}()`,
        `DROP SEQUENCE ${name}`,
      ]);
    },
  };
}

/** Holds the gate alone at all places, over connections that stay open until it is opened. */
async function shut(places: readonly Place[]): Promise<() => Promise<void>> {
  const opening = Promise.withResolvers<void>();
  const holding = await Promise.all(
    places.map(async ({ url }) => {
      const shutThere = Promise.withResolvers<void>();
      const held = onServer(url, async (client) => {
        await client.query(`SELECT pg_advisory_lock(${trapGate})`);
        shutThere.resolve();
        await opening.promise;
      });
      held.catch(shutThere.reject);
      await shutThere.promise;
      return { held };
    }),
  );
  return async () => {
    opening.resolve();
    await Promise.all(holding.map(({ held }) => held));
  };
}

async function run<Row extends pg.QueryResultRow>(client: pg.Client, statements: string[]): Promise<Row[]> {
  let rows: Row[] = [];
  // What is done to a node's shards is its own affair.
  const own = ['SET citus.enable_ddl_propagation = off', 'SET citus.enable_manual_changes_to_shards = on'];
  for (const statement of [...((await isCluster(client)) ? own : []), ...statements])
    rows = (await client.query<Row>(statement)).rows;
  return rows;
}

function placesOf(url: string, table: string): Promise<Place[]> {
  return onServer(url, async (client) => {
    if (!(await isCluster(client))) return [{ url, relations: [table] }];
    const { rows } = await client.query<{
      host: string;
      port: number;
      isCoordinator: boolean;
      relations: string[];
    }>(
      `SELECT nodename AS host, nodeport AS port, groupid = 0 AS "isCoordinator",
         array_agg(logicalrelid || '_' || shardid) AS relations
       FROM pg_dist_shard JOIN pg_dist_placement USING (shardid) JOIN pg_dist_node USING (groupid)
       WHERE logicalrelid = $1::regclass GROUP BY 1, 2, 3`,
      [table],
    );
    if (rows.length === 0) return [{ url, relations: [table] }];
    return rows.map(({ relations, ...node }) => ({ url: urlAt(url, node), relations }));
  });
}
