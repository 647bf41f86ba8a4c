import type { Insertable, Selectable, Updateable } from 'kysely';
import type { Database } from '../database/connect.ts';
import type { ChannelTable, MessageTypeTable } from '../database/tables/consent.ts';
import type { Medium } from '../medium/media.ts';

/** The project's channels, oldest first. */
export const listChannels = (db: Database, projectId: number): Promise<Selectable<ChannelTable>[]> =>
  db.selectFrom('channel').selectAll().where('project_id', '=', projectId).orderBy('id').execute();

/** Makes a channel. Fails with a unique violation where the name is taken. */
export const insertChannel = (db: Database, channel: Insertable<ChannelTable>): Promise<{ id: number }> =>
  db.insertInto('channel').values(channel).returning('id').executeTakeFirstOrThrow();

/** Renames a channel of the project; tells whether there is one. */
export async function renameChannel(
  db: Database,
  projectId: number,
  id: number,
  name: string,
): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('channel')
    .set({ name })
    .where('id', '=', id)
    .where('project_id', '=', projectId)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

/** The medium of a channel of the project; undefined where there is no such channel. */
export async function mediumOfChannel(
  db: Database,
  projectId: number,
  id: number,
): Promise<Medium | undefined> {
  const channel = await db
    .selectFrom('channel')
    .select('medium')
    .where('id', '=', id)
    .where('project_id', '=', projectId)
    .executeTakeFirst();
  return channel?.medium;
}

/** The project's message types with the names of their channels, oldest first. */
export const listMessageTypes = (
  db: Database,
  projectId: number,
): Promise<(Selectable<MessageTypeTable> & { channelName: string })[]> =>
  db
    .selectFrom('message_type')
    .innerJoin('channel', 'channel.id', 'message_type.channel_id')
    .selectAll('message_type')
    .select('channel.name as channelName')
    .where('message_type.project_id', '=', projectId)
    .orderBy('message_type.id')
    .execute();

/** The channel of a message type of the project; undefined where there is no such type. */
export const channelOfType = (
  db: Database,
  projectId: number,
  typeId: number,
): Promise<{ channelId: number; medium: Medium } | undefined> =>
  db
    .selectFrom('message_type')
    .innerJoin('channel', 'channel.id', 'message_type.channel_id')
    .select(['channel.id as channelId', 'medium'])
    .where('message_type.id', '=', typeId)
    .where('message_type.project_id', '=', projectId)
    .executeTakeFirst();

/** Makes a message type; one that START subscribes to takes that from the channel's others. */
export const insertMessageType = (
  db: Database,
  type: Insertable<MessageTypeTable>,
): Promise<{ id: number }> =>
  db.transaction().execute(async (transaction) => {
    if (type.start_subscribes) await takeStart(transaction, type.channel_id);
    return transaction.insertInto('message_type').values(type).returning('id').executeTakeFirstOrThrow();
  });

/** Changes a message type of the project; what is undefined stays. START is taken from the channel's others likewise. */
export const changeMessageType = (
  db: Database,
  { projectId, typeId, channelId }: { projectId: number; typeId: number; channelId: number },
  change: Updateable<MessageTypeTable>,
): Promise<unknown> =>
  db.transaction().execute(async (transaction) => {
    if (change.start_subscribes) await takeStart(transaction, channelId);
    await transaction
      .updateTable('message_type')
      .set(change)
      .where('id', '=', typeId)
      .where('project_id', '=', projectId)
      .execute();
  });

/** One type of a channel at most is what START subscribes to: another that is named takes its place. */
async function takeStart(transaction: Database, channelId: number): Promise<void> {
  await transaction
    .updateTable('message_type')
    .set({ start_subscribes: false })
    .where('channel_id', '=', channelId)
    .where('start_subscribes', '=', true)
    .execute();
}

/** The project's channels for promotional messages. */
export async function promotionalChannels(db: Database, projectId: number): Promise<number[]> {
  const rows = await db
    .selectFrom('channel')
    .select('id')
    .where('project_id', '=', projectId)
    .where('purpose', '=', 'promotional')
    .execute();
  return rows.map((row) => row.id);
}
