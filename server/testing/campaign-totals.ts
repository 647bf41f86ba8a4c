import assert from 'node:assert/strict';

/** A campaign's counts, as `GET /api/campaigns/:id/live` tells them. */
export interface CampaignTotals {
  audience: number;
  sends: number;
  delivered: number;
  bounced: number;
  awaitingReceipt: number;
  inDoubt: number;
  pending: number;
  skips: number;
  skipsByReason: Record<string, number>;
}

/** Everybody is sent to, skipped or waits; each send has ended or is awaited; each skip has a reason. */
export function assertSums(totals: CampaignTotals): void {
  const { audience, sends, skips, pending, delivered, bounced, awaitingReceipt, skipsByReason } = totals;
  assert.equal(audience, sends + skips + pending);
  assert.equal(sends, delivered + bounced + awaitingReceipt);
  assert.equal(
    skips,
    Object.values(skipsByReason).reduce((sum, count) => sum + count, 0),
  );
}
