import type { Database } from '../database/connect.ts';
import { wordsOf } from '../providers/content-words.ts';
import { previewOf, takenBackPreview } from './preview.ts';
import { lockThreadsOfTakenBack, readSaid, rewriteThread, type Said } from './taken-back.sql.ts';

/** Messages of a thread that are still found by their words after something in it was taken back. */
const mostSaid = 1_000;

/**
 * Takes out of threads of a lane what people have taken back: it is neither seen in the list nor found by its words. `revokes` are the
 * messages that took it back. Answers the ids of the threads.
 */
export async function hideTakenBack(
  transaction: Database,
  { projectId, lane }: { projectId: number; lane: number },
  revokes: readonly number[],
): Promise<number[]> {
  if (revokes.length === 0) return [];
  const threads = await lockThreadsOfTakenBack(transaction, projectId, lane, revokes);
  for (const thread of threads) {
    const said = await readSaid(transaction, lane, thread, mostSaid);
    const [newest] = said;
    if (!newest) continue;
    const preview = newest.isTakenBack ? takenBackPreview : previewOf(textOf(newest), newest.mediaCount);
    const talk = said.map(textOf).join(' ');
    await rewriteThread(transaction, lane, thread, { preview, isOurs: newest.isOurs, talk });
  }
  return threads.map(({ id }) => id);
}

const textOf = ({ body, content }: Said): string => (content ? wordsOf(content) : body);
