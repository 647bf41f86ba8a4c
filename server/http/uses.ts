import type { Database } from '../database/connect.ts';

/** What may be named by those above, and is not deleted while they need it. */
export type UsedKind = 'list' | 'segment' | 'sender' | 'pool' | 'catalog' | 'couponPool';

/** Something that needs another thing. */
export interface Use {
  /** For people: `campaign 7 (Autumn, Running)`. */
  words: string;
  /** The campaign, where it is one. */
  campaignId?: number;
}

/** Who needs a project's list, segment, sender, pool, catalog or pool of coupons; for a delete, in its transaction. */
export type FindUses = (db: Database, projectId: number, kind: UsedKind, id: number) => Promise<Use[]>;
