import type { Insertable, Selectable } from 'kysely';
import type { Database } from '../../database/connect.ts';
import type { EmailOpenTable, LinkTable } from '../../database/tables/content.ts';
import { laneOfLinkCode } from './link-code.ts';

/** A link's row. */
export type Link = Selectable<LinkTable>;

/** The link of a code; undefined where there is none. */
export async function findLink(db: Database, code: string): Promise<Link | undefined> {
  const lane = laneOfLinkCode(code);
  if (lane === null) return undefined;
  return db
    .selectFrom('link')
    .selectAll()
    .where('lane', '=', lane)
    .where('code', '=', code)
    .executeTakeFirst();
}

/** The brand of the project that a link is of; undefined where the project is gone. */
export async function brandOf(db: Database, { project_id }: Link): Promise<string | undefined> {
  const project = await db
    .selectFrom('project')
    .select('brand')
    .where('id', '=', project_id)
    .executeTakeFirst();
  return project?.brand;
}

/** Notes that an email was opened, by a person or a machine, each once. */
export async function insertOpen(db: Database, open: Insertable<EmailOpenTable>): Promise<void> {
  await db
    .insertInto('email_open')
    .values(open)
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}
