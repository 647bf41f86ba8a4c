import { lanes } from '../../server/lanes/lanes.ts';

/** So many connections write at once: enough to keep both the database and this process busy. */
const atOnce = 3;

/** Does something in every lane, some lanes at a time. */
export async function inEachLane(work: (lane: number) => Promise<void>): Promise<void> {
  const left = lanes.values();
  const next = async () => {
    for (const lane of left) await work(lane);
  };
  await Promise.all(Array.from({ length: atOnce }, next));
}
