import { cpus, freemem, platform, release, totalmem } from 'node:os';
import pg from 'pg';

/** One line on what the figures were measured on. */
export async function describeMachine(databaseUrl: string): Promise<string> {
  const cores = cpus();
  const memory = (totalmem() / 2 ** 30).toFixed(0);
  const free = (freemem() / 2 ** 30).toFixed(0);
  const parts = [
    `${cores.length} cores (${cores[0]?.model.trim() ?? 'unknown'})`,
    `${memory} GiB of memory (${free} GiB free)`,
    `${platform()} ${release()}`,
    `Node ${process.versions.node}`,
    `PostgreSQL ${await postgresVersion(databaseUrl)}`,
  ];
  return parts.join(', ');
}

async function postgresVersion(databaseUrl: string): Promise<string> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    const { rows } = await client.query<{ server_version: string }>('SHOW server_version');
    return rows[0]?.server_version ?? 'unknown';
  } finally {
    await client.end();
  }
}
