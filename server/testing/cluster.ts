import pg from 'pg';
import { clusterSettings, isCluster } from '../database/cluster.ts';
import { connect } from '../database/connect.ts';
import { migrate } from '../database/migrate.ts';

/** A node of a cluster, by how the coordinator reaches it. */
interface Node {
  host: string;
  port: number;
  isCoordinator: boolean;
}

/** Shards of each table that is spread by lane: so many that each node has several, and a database is soon copied. */
const shards = 8;

/** Does `work` on a connection to `url`. */
export async function onServer<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** The nodes of the cluster that `url` names the coordinator of, itself first; none on plain PostgreSQL. */
export function nodesOf(url: string): Promise<Node[]> {
  return onServer(url, async (client) => {
    if (!(await isCluster(client))) return [];
    const { rows } = await client.query<Node>(
      `SELECT nodename AS host, nodeport AS port, groupid = 0 AS "isCoordinator" FROM pg_dist_node ORDER BY groupid`,
    );
    return rows;
  });
}

/** The same database on a node; its user and password are the same everywhere. */
export function urlAt(url: string, { host, port }: Node, database = new URL(url).pathname.slice(1)): string {
  const there = new URL(url);
  there.hostname = host;
  there.port = String(port);
  there.pathname = `/${database}`;
  return there.href;
}

/**
 * Makes a migrated database on a cluster, to be copied by `copyClusterDatabase`: nobody can connect to it. To lay the
 * tables takes much longer than to copy them.
 */
export async function makeClusterTemplate(url: string, name: string): Promise<void> {
  const nodes = await nodesOf(url);
  for (const node of nodes) {
    await onServer(urlAt(url, node), (client) => client.query(`CREATE DATABASE ${name}`));
    await onServer(urlAt(url, node, name), (client) => client.query('CREATE EXTENSION citus'));
  }
  const there = new URL(url);
  there.pathname = `/${name}`;
  await onServer(there.href, async (client) => {
    for (const { host, port, isCoordinator } of nodes)
      await client.query(
        isCoordinator ? 'SELECT citus_set_coordinator_host($1, $2)' : 'SELECT citus_add_node($1, $2)',
        [host, port],
      );
  });
  const connection = connect(there.href, 1);
  await migrate(connection.pool, shards);
  await connection.close();
  for (const node of nodes)
    await onServer(urlAt(url, node), async (client) => {
      await client.query(`ALTER DATABASE ${name} ALLOW_CONNECTIONS false`);
      await client.query('SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1', [name]);
    });
}

/** A copy of such a database, on every node. */
export async function copyClusterDatabase(url: string, template: string, name: string): Promise<void> {
  const nodes = await nodesOf(url);
  await Promise.all(
    nodes.map((node) =>
      onServer(urlAt(url, node), (client) => client.query(`CREATE DATABASE ${name} TEMPLATE ${template}`)),
    ),
  );
  await onServer(url, (client) => client.query(clusterSettings(name)));
}

const mostTries = 10;

/** Drops such a database on every node. Citus's own sessions come back to one that is there: it is tried again. */
export async function dropClusterDatabase(url: string, name: string): Promise<void> {
  for (const node of await nodesOf(url))
    await onServer(urlAt(url, node), async (client) => {
      for (let tries = 1; ; tries++)
        try {
          await client.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
          return;
        } catch (error) {
          if (tries === mostTries) throw error;
        }
    });
}
