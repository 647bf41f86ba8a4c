import type { Database } from '../../database/connect.ts';
import type { ReceivedHappening } from '../../http/happenings.ts';
import type { PublishedJourney } from '../definition/journey.ts';
import { askersOf, keepReplies, type Reply } from './replies.sql.ts';
import { wantedAt } from './wanted-at.ts';

/**
 * Gives each text that came in to the one passage that it answers, in a lane that one has to oneself: of all passages of its writer that want it, that which asked
 * last from the sender to which they wrote. The others wait on, for another text or until their time is over; that they wanted it is on record.
 */
export async function giveReplies(
  transaction: Database,
  where: { projectId: number; lane: number },
  journeys: readonly PublishedJourney[],
  texts: readonly ReceivedHappening[],
): Promise<void> {
  const asking = new Map(
    journeys
      .filter(({ tiles }) => [...tiles.values()].some(({ replies }) => replies !== undefined))
      .map((journey) => [journey.id, journey]),
  );
  if (asking.size === 0 || texts.length === 0) return;
  const askers = Map.groupBy(
    await askersOf(transaction, where, texts, [...asking.keys()]),
    ({ place }) => place,
  );
  /** Where passages are to be by the texts that they were given. */
  const standing = new Map<number, string>();
  const replies: Reply[] = [];
  texts.forEach(({ inboundId, body, at }, place) => {
    const wanting = (askers.get(place) ?? []).flatMap((asker) => {
      const { runId, userId, journeyId, tile, hasAsked, given } = asker;
      const { tiles } = asking.get(journeyId)!;
      const wantedBy = (from: string, text: string) => wantedAt(tiles, from, text, from === tile && hasAsked);
      const known =
        standing.get(runId) ?? given.reduce((from, earlier) => wantedBy(from, earlier)?.next ?? from, tile);
      const wanted = wantedBy(known, body);
      return wanted ? [{ runId, userId, next: wanted.next }] : [];
    });
    const [holder] = wanting;
    if (!holder) return;
    standing.set(holder.runId, holder.next);
    for (const { runId, userId } of wanting)
      replies.push({ inboundId, runId, userId, heldBy: holder.runId, at });
  });
  await keepReplies(transaction, where.lane, replies);
}
