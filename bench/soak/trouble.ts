import { setTimeout as sleep } from 'node:timers/promises';
import type { Soaking } from './deeds.ts';

/** How carriers behave, one after another. Failures are final ones: no message is on the network twice by right. */
const behaviours: readonly Record<string, unknown>[] = [
  {},
  { latencyMs: { min: 20, max: 300 }, receiptDelayMs: { min: 50, max: 3_000 } },
  { loss: 0.1, duplicates: 0.2, outOfOrder: 0.3 },
  { rateAnswers: 0.05 },
  { dropAnswer: 0.01, latencyMs: { min: 5, max: 100 } },
  { errors: { 30004: 0.01, 30005: 0.005, 30007: 0.01, 21211: 0.002, 21610: 0.002 } },
];

const everyMs = { behaviour: 20_000, kill: 25_000, cut: 30_000 };

/** Carriers change their ways, connections to the database break, and until `stormOver` the program is killed now and then. */
export function troublesOf(soaking: Soaking, stormOver: AbortSignal, random: () => number): Promise<void>[] {
  const { site, book, over } = soaking;
  return [
    nowAndThen(over, everyMs.behaviour, random, () =>
      site.apart.simulator('PUT', '/behaviour', behaviours[Math.floor(random() * behaviours.length)]),
    ),
    nowAndThen(over, everyMs.cut, random, async () => {
      await site.cutConnections();
      book.counts.cuts++;
    }),
    nowAndThen(AbortSignal.any([over, stormOver]), everyMs.kill, random, async () => {
      await site.apart.program.kill();
      await site.apart.restart();
      book.counts.kills++;
    }),
  ];
}

/** Carriers are as usual again. */
export async function calm({ site }: Soaking): Promise<void> {
  await site.apart.simulator('PUT', '/behaviour', {});
}

/** After half to one and a half of a time, again and again. */
async function nowAndThen(
  over: AbortSignal,
  usualMs: number,
  random: () => number,
  trouble: () => Promise<unknown>,
): Promise<void> {
  for (;;) {
    await sleep(usualMs * (0.5 + random()), undefined, { signal: over }).catch(() => undefined);
    if (over.aborted) return;
    await trouble();
  }
}
