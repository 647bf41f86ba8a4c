import assert from 'node:assert/strict';
import type { CampaignTotals } from '../insights/totals/campaign-totals.ts';

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
