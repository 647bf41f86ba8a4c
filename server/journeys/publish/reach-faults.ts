import type { Database } from '../../database/connect.ts';
import type { Fault } from '../../http/errors.ts';
import type { Tile } from '../definition/tile-kind.ts';

/** What is wrong with the senders from which a tile asks whether people are reached: they must be the project's, and send messages of the type. */
export async function faultsOfReach(
  db: Database,
  projectId: number,
  place: string,
  reaches: NonNullable<Tile['reaches']>,
): Promise<Fault[]> {
  const senderIds = reaches.flatMap(({ senderId }) => senderId ?? []);
  if (senderIds.length === 0) return [];
  const senders = await db
    .selectFrom('sender')
    .select(['id', 'medium', 'purpose'])
    .where('project_id', '=', projectId)
    .where('id', 'in', senderIds)
    .execute();
  const types = await db
    .selectFrom('message_type')
    .innerJoin('channel', 'channel.id', 'message_type.channel_id')
    .select(['message_type.id', 'medium', 'purpose'])
    .where('message_type.project_id', '=', projectId)
    .where(
      'message_type.id',
      'in',
      reaches.map(({ messageTypeId }) => messageTypeId),
    )
    .execute();
  return reaches.flatMap(({ senderId, messageTypeId }, index): Fault[] => {
    if (senderId === null) return [];
    const field = `${place}.branches.${index}.senderId`;
    const sender = senders.find(({ id }) => id === senderId);
    if (!sender)
      return [
        {
          field,
          fault: `names sender ${senderId}, which this project does not have; GET /api/senders lists them`,
        },
      ];
    // One that is not there is told of by its own field.
    const type = types.find(({ id }) => id === messageTypeId);
    if (!type || (type.medium === sender.medium && type.purpose === sender.purpose)) return [];
    const [sends, wanted] = [sender, type].map(({ purpose, medium }) => `${purpose} ${medium}`);
    return [
      {
        field,
        fault: `names sender ${senderId}, which sends ${sends}, and message type ${messageTypeId} is ${wanted}; choose a sender that fits, or leave it out`,
      },
    ];
  });
}
