import type { Database } from '../database/connect.ts';
import type { CallerProject } from '../http/context.ts';
import type { Medium } from '../medium/media.ts';
import { mediaAt } from '../users/addresses.ts';
import { closeAddressGates, identityOfAddress, identityOfKey, type UserKey } from '../users/identity.ts';
import { retrying } from '../users/try-again.ts';
import { type Suppression, suppress } from './suppression.sql.ts';

/** By which key a person is reached on which media; who is named by a userId alone is not reached at all. */
function mediaReached(key: UserKey): Medium[] {
  const kind =
    'email' in key ? 'email' : 'phone' in key ? 'phone' : 'whatsAppUserId' in key ? 'whatsApp' : null;
  return kind === null ? [] : mediaAt(kind);
}

/**
 * Records the opt-out of somebody who is nobody's user yet, by the hash of the address: whoever gets it is opted out.
 * Only channels are kept so; an opt-out of a message type counts for its channel. Answers how many of the channels
 * it reaches; 0 when the address is of none of them. Who is gaining the address meanwhile is found by it, once this
 * returns.
 */
export async function suppressStranger(
  db: Database,
  project: Pick<CallerProject, 'id'>,
  key: UserKey,
  target: { channelId?: number | undefined; messageTypeId?: number | undefined },
  said: { source: string; note: string | undefined; at: Date },
): Promise<number> {
  const media = mediaReached(key);
  if (media.length === 0) return 0;
  let channels = db
    .selectFrom('channel')
    .select('channel.id')
    .where('channel.project_id', '=', project.id)
    .where('medium', 'in', media);
  const { channelId, messageTypeId } = target;
  if (messageTypeId !== undefined)
    channels = channels
      .innerJoin('message_type', 'message_type.channel_id', 'channel.id')
      .where('message_type.id', '=', messageTypeId);
  else if (channelId !== undefined) channels = channels.where('channel.id', '=', channelId);
  const rows = await channels.execute();
  const { at: since, source, note } = said;
  const address = identityOfKey(key).value;
  await suppressAddresses(
    db,
    project.id,
    rows.map((row) => ({ address, channelId: row.id, since, source, note })),
  );
  return rows.length;
}

/**
 * Records opt-outs of addresses, whoever has them next. Who is gaining one of the addresses meanwhile is found by it,
 * once this returns.
 */
export async function suppressAddresses(
  db: Database,
  projectId: number,
  optOuts: readonly Suppression[],
): Promise<void> {
  if (optOuts.length === 0) return;
  const identities = optOuts.map(({ address }) => identityOfAddress(address));
  await retrying(() =>
    db.transaction().execute(async (transaction) => {
      await closeAddressGates(transaction, projectId, identities);
      await suppress(transaction, projectId, optOuts);
    }),
  );
}
