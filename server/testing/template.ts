import { connect } from '../database/connect.ts';
import { migrate } from '../database/migrate.ts';
import { onServer } from './cluster.ts';

/**
 * Has a server that is thrown away after the tests wait for no disk: what a crash of the machine would lose nobody looks for. Tests of crashes have
 * servers of their own.
 */
export async function spareTheDisk(url: string): Promise<void> {
  await onServer(url, async (client) => {
    for (const setting of ['fsync', 'full_page_writes'])
      await client.query(`ALTER SYSTEM SET ${setting} = off`);
    await client.query('SELECT pg_reload_conf()');
  });
}

/** Makes a migrated database, to be copied by `copyDatabase`: nobody can connect to it. To lay the tables takes much longer than to copy them. */
export async function makeTemplate(url: string, name: string): Promise<void> {
  await onServer(url, (client) => client.query(`CREATE DATABASE ${name}`));
  const there = new URL(url);
  there.pathname = `/${name}`;
  const connection = connect(there.href, 1);
  await migrate(connection.pool);
  await connection.close();
  await onServer(url, async (client) => {
    await client.query(`ALTER DATABASE ${name} ALLOW_CONNECTIONS false`);
    await client.query('SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1', [name]);
  });
}

/** A copy of such a database. */
export async function copyDatabase(url: string, template: string, name: string): Promise<void> {
  await onServer(url, async (client) => {
    const { rows } = await client.query<{ fsync: string }>('SHOW fsync');
    // Thousands of files are quickly copied, but not quickly brought to the disk.
    const strategy = rows[0]?.fsync === 'off' ? 'FILE_COPY' : 'WAL_LOG';
    await client.query(`CREATE DATABASE ${name} TEMPLATE ${template} STRATEGY ${strategy}`);
  });
}
