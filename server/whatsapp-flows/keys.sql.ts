import type { Database } from '../database/connect.ts';

/** A key by which phones encrypt what they send to endpoints of an account. */
export interface FlowKey {
  publicKey: string;
  /** PEM, sealed. */
  privateKey: Buffer;
  createdAt: Date;
}

/** So many keys open calls: the one in force, and those that some number or phone may still go by. */
const keysTried = 3;

/** The account's keys, the newest first. */
export async function readFlowKeys(db: Database, accountId: number): Promise<FlowKey[]> {
  return db
    .selectFrom('whatsapp_flow_key')
    .select(['public_key as publicKey', 'private_key as privateKey', 'created_at as createdAt'])
    .where('provider_account_id', '=', accountId)
    .orderBy('id', 'desc')
    .limit(keysTried)
    .execute();
}

/** Keeps a new key of an account, which is in force from then on. */
export async function insertFlowKey(
  db: Database,
  projectId: number,
  accountId: number,
  { publicKey, privateKey, createdAt }: FlowKey,
): Promise<void> {
  await db
    .insertInto('whatsapp_flow_key')
    .values({
      ...{ project_id: projectId, provider_account_id: accountId, public_key: publicKey },
      ...{ private_key: privateKey, created_at: createdAt },
    })
    .execute();
}
