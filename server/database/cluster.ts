import { sql } from 'kysely';
import type { ClientBase } from 'pg';
import type { Database } from './connect.ts';

/**
 * Where the tables are when the database is a Citus cluster. On plain PostgreSQL they are all in one place, and this says
 * nothing. A table that stands in no part fails a test.
 */
export const tablePlaces = {
  /**
   * Spread by lane, all rows of a lane on one node: users' rows and what is kept by lane. A transaction that writes them in
   * one lane is one of one node.
   */
  byLane: [
    ...['users', 'address', 'identity', 'merged_user', 'forgotten_identity', 'whatsapp_number'],
    ...[
      'event',
      'response_change',
      'consent_entry',
      'subscription',
      'suppression',
      'list_member',
      'list_size',
      'import_user',
    ],
    ...['link', 'link_click', 'email_open', 'coupon', 'sticky_sender', 'request_key', 'send_request_lane'],
    ...[
      'message',
      'message_to_empty',
      'departure',
      'receipt',
      'message_rollup',
      'message_rollup_change',
      'response_rollup',
      'responder',
      'response_put_down',
      'happening',
      'inbound_message',
      'inbound_file',
      'thread',
      'thread_note',
      'thread_log',
      'thread_reply',
      'thread_draft',
      'referral',
      'session',
      'verification',
      'whatsapp_flow_answer',
      'survey_answer',
      'segment_standing',
      'segment_lane',
      'item_change_lane',
      'item_told',
      'catalog_alert_lane',
    ],
    ...[
      'journey_run',
      'journey_run_ended',
      'journey_entry',
      'journey_not_entered',
      'journey_waiting',
      'journey_step',
      'journey_message',
      'journey_reply',
      'journey_draw',
      'journey_goal',
      'journey_date',
    ],
    ...['journey_count', 'journey_lane', 'journey_intake_lane', 'journey_date_lane'],
  ],
  /** Whole on every node, since users' rows are joined with them. In this order, since they name one another. */
  everywhere: [
    ...['project', 'list', 'channel', 'message_type', 'template', 'template_approval'],
    ...['template_snapshot', 'provider_account'],
    ...['sender', 'sender_pool', 'campaign', 'send_request', 'brake'],
    ...['journey', 'journey_version', 'journey_campaign', 'journey_intake'],
    ...['catalog', 'catalog_field', 'catalog_item', 'catalog_collection', 'catalog_alert'],
  ],
  /** On the coordinator alone, but of its transactions: what is written in one with users' rows commits with them. */
  coordinator: [
    ...[
      'api_key',
      'user_field',
      'event_field',
      'snippet',
      'media',
      'metadata',
      'coupon_pool',
      'data_feed',
      'upload',
      'item_change',
      'catalog_change',
      'rate_table',
      'keyword',
    ],
    ...['verification_profile', 'verification_tally', 'verification_block', 'verification_template'],
    ...[
      'whatsapp_flow',
      'whatsapp_flow_version',
      'whatsapp_flow_notice',
      'whatsapp_flow_key',
      'whatsapp_flow_call',
    ],
    'survey',
    ...['inbox_presence', 'inbox_agent', 'canned_reply', 'inbox_setting'],
    ...[
      'segment',
      'segment_meaning',
      'segment_stale',
      'segment_size_at',
      'import',
      'import_file',
      'import_row_report',
      'import_row_cells',
      'export_job',
      'export_file',
    ],
    ...[
      'ongoing_answer',
      'journey_rate',
      'journey_rehearsal',
      'journey_rehearsal_lane',
      'unclear_reply',
      'webhook',
      'webhook_event',
      'console_user',
      'console_session',
      'console_account',
    ],
  ],
  /** On the coordinator, and unknown to the cluster: never to be written in one transaction with users' rows. */
  plain: ['migration', 'sender_pace', 'console_verification', 'console_rate_limit', 'console_secret'],
} as const;

/** The table with a row for each lane, by which all others are spread. */
const lanes = 'lane';

/** What keeps the program from working on this database, with the remedy. */
export class ClusterFault extends Error {}

const hasExtension = "SELECT EXISTS (SELECT 1 FROM pg_extension WHERE extname = 'citus') AS found";

/** Whether the database belongs to a Citus cluster. */
export async function isCluster(client: Pick<ClientBase, 'query'>): Promise<boolean> {
  const { rows } = await client.query<{ found: boolean }>(hasExtension);
  return rows[0]?.found ?? false;
}

const asked = new WeakMap<object, Promise<boolean>>();

/** The same, asked once of each handle and its transactions: for the few who do their work otherwise on a cluster. */
export function isOnCluster(db: Database): Promise<boolean> {
  const { adapter } = db.getExecutor();
  const known = asked.get(adapter);
  if (known) return known;
  const answer = sql<{ found: boolean }>`${sql.raw(hasExtension)}`
    .execute(db)
    .then(({ rows }) => rows[0]?.found ?? false);
  asked.set(adapter, answer);
  answer.catch(() => asked.delete(adapter));
  return answer;
}

/**
 * Refuses a node that holds data only: it knows neither the locks of other processes nor the numbers already given.
 * @throws ClusterFault on such a node, and where nodes have not been told where the coordinator is.
 */
export async function requireCoordinator(client: ClientBase): Promise<void> {
  const { rows } = await client.query<{ own: number; nodes: number; coordinators: number }>(`
    SELECT (SELECT groupid FROM pg_dist_local_group) AS own, count(*)::int AS nodes,
      count(*) FILTER (WHERE groupid = 0)::int AS coordinators
    FROM pg_dist_node`);
  const { own = 0, nodes = 0, coordinators = 0 } = rows[0] ?? {};
  if (own !== 0)
    throw new ClusterFault(
      'DATABASE_URL names a data node of a Citus cluster, which knows neither the locks nor the numbers of the others; give the coordinator',
    );
  if (nodes > 0 && coordinators === 0)
    throw new ClusterFault(
      "DATABASE_URL: the nodes of the Citus cluster do not know its coordinator; tell them on it with SELECT citus_set_coordinator_host('its name', 5432)",
    );
}

/**
 * Settings by which a transaction has one connection to each node, and so sees one state of each lane and commits in one
 * phase where it wrote in one lane. Kept with the database, for all sessions to come.
 */
const sessionSettings = {
  'citus.max_adaptive_executor_pool_size': '1',
  'citus.multi_shard_modify_mode': 'sequential',
};

/** SQL that gives a database these settings. */
export const clusterSettings = (database: string): string =>
  Object.entries(sessionSettings)
    .map(([name, value]) => `ALTER DATABASE "${database.replaceAll('"', '""')}" SET ${name} = '${value}'`)
    .join(';');

/** Gives the database its settings where it has others; sessions that are open keep theirs. */
export async function settleSettings(client: ClientBase): Promise<void> {
  const { rows } = await client.query<{ name: string; same: boolean }>(
    `SELECT current_database() AS name, bool_and(current_setting(key) = value) AS same FROM json_each_text($1)`,
    [JSON.stringify(sessionSettings)],
  );
  if (rows[0] && !rows[0].same) await client.query(clusterSettings(rows[0].name));
}

/**
 * The ends of `parts` ranges of hashes, the last apart, each with as many of the hashes as the others, or one more. Lanes hash
 * unevenly: in ranges of one length some nodes would have twice the work of others. Pure.
 */
export function evenRanges(hashes: readonly number[], parts: number): number[] {
  const sorted = hashes.toSorted((a, b) => a - b);
  return Array.from(
    { length: parts - 1 },
    (_, part) => sorted[Math.floor(((part + 1) * sorted.length) / parts) - 1]!,
  );
}

/**
 * Spreads the table of lanes, a shard for each lane and one node after the other in turn, where it is not yet; all
 * tables that are spread by lane lie as it does. `shards`: fewer of them, with several lanes each. Not in a transaction:
 * Citus splits what is committed only.
 */
export async function spreadLanes(client: ClientBase, shards?: number): Promise<void> {
  const known = await client.query<{ lane: number; hash: number }>(
    `SELECT lane, worker_hash(lane) AS hash FROM ${lanes}`,
  );
  const hashes = known.rows.map(({ hash }) => hash);
  const { rows: spread } = await client.query(
    'SELECT 1 FROM pg_dist_partition WHERE logicalrelid = $1::regclass',
    [lanes],
  );
  if (spread.length === 0)
    await client.query(
      "SELECT create_distributed_table($1, 'lane', colocate_with => 'none', shard_count => 1)",
      [lanes],
    );
  const { rows: parts } = await client.query<{ id: string }>(
    'SELECT shardid::text AS id FROM pg_dist_shard WHERE logicalrelid = $1::regclass',
    [lanes],
  );
  const wanted = shards ?? hashes.length;
  if (parts.length > 1 || wanted === 1) return;
  const { rows: nodes } = await client.query<{ id: number }>(
    'SELECT nodeid AS id FROM pg_dist_node WHERE shouldhaveshards AND isactive ORDER BY nodeid',
  );
  const places = Array.from({ length: wanted }, (_, part) => nodes[part % nodes.length]?.id);
  await client.query(
    "SELECT citus_split_shard_by_split_points($1, $2::int[]::text[], $3::int[], 'block_writes')",
    [parts[0]?.id, evenRanges(hashes, wanted), places],
  );
}

/** Puts the tables that are there, and are not in their places yet, into them; in the transaction that makes them. */
export async function placeTables(client: ClientBase): Promise<void> {
  const { rows } = await client.query<{ name: string }>(`
    SELECT relname AS name FROM pg_class
    WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace
      AND oid NOT IN (SELECT logicalrelid FROM pg_dist_partition)`);
  const unplaced = new Set(rows.map(({ name }) => name));
  const place = async (names: readonly string[], call: string) => {
    for (const name of names) if (unplaced.has(name)) await client.query(`SELECT ${call}`, [name]);
  };
  await place(tablePlaces.everywhere, 'create_reference_table($1)');
  await place(tablePlaces.byLane, `create_distributed_table($1, 'lane', colocate_with => '${lanes}')`);
  // What has no key by which its rows could be told is told by all of a row when a lane moves to another node.
  const { rows: keyless } = await client.query<{ name: string }>(`
    SELECT relname AS name FROM pg_class JOIN pg_dist_partition ON logicalrelid = oid
    WHERE partmethod = 'h' AND relreplident = 'd'
      AND NOT EXISTS (SELECT 1 FROM pg_index WHERE indrelid = pg_class.oid AND indisprimary)`);
  for (const { name } of keyless) await client.query(`ALTER TABLE ${name} REPLICA IDENTITY FULL`);
  const { rows: taken } = await client.query<{ name: string }>(
    "SELECT relname AS name FROM pg_dist_partition JOIN pg_class ON oid = logicalrelid WHERE relnamespace = 'public'::regnamespace",
  );
  // Those that name a table that is everywhere were taken in with it.
  for (const { name } of taken) unplaced.delete(name);
  await place(tablePlaces.coordinator, 'citus_add_local_table_to_metadata($1)');
}
