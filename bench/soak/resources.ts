import { residentBytes } from '../memory.ts';
import { growthOf, type Sample } from './growth.ts';
import type { Site } from './site.ts';

/** What the program takes, looked at every few seconds. */
export interface Resources {
  /** The newest look. */
  latest(): Sample;
  /** Looks from this moment on are those that growth is judged by: a start, or a kill, is over. */
  begin(): void;
  /** What grew, in words. */
  grown(): string[];
  stop(): void;
}

const lookMs = 5_000;

export function watchResources({ apart, query }: Site): Resources {
  let judged: Sample[] = [];
  let latest: Sample = { bytes: 0, connections: 0 };
  const look = async () => {
    const [row] = await query<{
      connections: number;
    }>(`SELECT count(*)::int AS connections FROM pg_stat_activity
      WHERE datname = current_database() AND pid <> pg_backend_pid()`);
    latest = {
      bytes: (await residentBytes(apart.program.pid)) ?? 0,
      connections: row?.connections ?? 0,
    };
    judged.push(latest);
  };
  // A look that fails is one less.
  const timer = setInterval(() => void look().catch(() => undefined), lookMs);
  return {
    latest: () => latest,
    begin: () => {
      judged = [];
    },
    grown: () => growthOf(judged),
    stop: () => clearInterval(timer),
  };
}
