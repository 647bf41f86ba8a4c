import pg from 'pg';
import { Kysely, PostgresDialect } from 'kysely';
import { startTestApi } from '../testing/api.ts';
import { userRoutes } from './routes.ts';
import { upsertUsers } from './upsert-users.ts';
const server = await startTestApi([userRoutes]);
const pool = new pg.Pool({ connectionString: server.database.url, max: 10, pipeline: true } as any);
const db = new Kysely({ dialect: new PostgresDialect({ pool }) }) as any;
let n = 0;
const rows = () => Array.from({ length: 1000 }, () => { n++; return { email: `u${n}@example.com`, userId: `u${n}`, dataFields: { firstName: 'Ann', city: 'Reno', phoneNumber: `+1${["415","212","713"][n%3]}${String(2000000 + n).slice(0,7)}` } }; });
for (const [batches, conc] of [[5,1],[15,1],[30,3]] as const) {
  let i = 0; const t = performance.now(); const c0 = process.cpuUsage();
  await Promise.all(Array.from({ length: conc }, async () => { while (i++ < batches) { const r = await upsertUsers(db, server.projectId, rows(), { defaultCountry: 'US' }, new Date()); if (r.some(x => !x.ok)) console.log('bad'); } }));
  const c = process.cpuUsage(c0);
  console.log(conc, batches, Math.round(batches * 1000 / ((performance.now() - t) / 1000)), 'users/s; node cpu ms per batch', ((c.user + c.system) / 1000 / batches).toFixed(0), 'wall', ((performance.now() - t)/batches).toFixed(0));
}
await pool.end(); await server.close();
