import type { Selectable } from 'kysely';
import type { Database } from '../../database/connect.ts';
import type { EmailOpenTable, LinkTable } from '../../database/tables/content.ts';
import { noteResponses } from '../../events/note-responses.sql.ts';
import type { Context } from '../../http/context.ts';
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

/** Records that an email was opened, by a person or a machine, each once. */
export async function recordOpen(
  { db, announce }: Pick<Context, 'db' | 'announce'>,
  link: Pick<Link, 'lane' | 'project_id' | 'message_id' | 'user_id' | 'campaign_id'>,
  visitor: EmailOpenTable['visitor'],
  at: Date,
): Promise<void> {
  const { lane, project_id, message_id, user_id, campaign_id } = link;
  await db.transaction().execute(async (transaction) => {
    const { numInsertedOrUpdatedRows } = await transaction
      .insertInto('email_open')
      .values({ lane, message_id, project_id, campaign_id, visitor, opened_at: at })
      .onConflict((conflict) => conflict.doNothing())
      .executeTakeFirst();
    if (!numInsertedOrUpdatedRows) return;
    const open = {
      projectId: project_id,
      userId: user_id,
      campaignId: campaign_id,
      messageId: message_id,
      at,
    };
    await noteResponses(transaction, lane, [{ ...open, kind: `${visitor}Open` }]);
    if (visitor === 'person')
      await announce(transaction, [
        { kind: 'change', of: 'open', projectId: project_id, lane, userId: user_id, at },
      ]);
  });
}
