import type { Clock } from '../../clock/clock.ts';
import type { Happening } from '../../http/happenings.ts';
import type { Listener } from '../../http/listener.ts';
import { heardAs, ofWholePerson } from './heard-as.ts';
import { lockSegmentLane, segmentsOfLane } from './lane.sql.ts';
import { type Look, lookAtPeople } from './look.sql.ts';
import { meaningRows, newestOf } from './meanings.sql.ts';
import type { Meaning, Meanings } from './meanings.ts';

/** What hearing needs. */
export interface LiveGround {
  clock: Clock;
  meanings: Meanings;
}

/** Of which kind is what `heardAs` has names for. */
export const heardKinds: readonly Happening['kind'][] = [
  ...([
    'profile',
    'event',
    'purchase',
    'list',
    'standing',
    'message',
    'click',
    'received',
    'journey',
    'change',
  ] as const),
];

/** Whether a meaning may be another after what is called so. */
const hears = ({ definition }: Meaning, names: readonly string[]): boolean =>
  names.some((name) => name === ofWholePerson || definition.hears.includes(name));

/**
 * Listens for what may change who is of live segments: looks at each person it happened to, writes how they stand now, and tells
 * of who entered and who left.
 */
export function segmentListener({ clock, meanings }: LiveGround): Listener {
  return {
    kinds: heardKinds,
    wantsOf: async (db, projectId) => {
      const rows = await meaningRows(db, [projectId]);
      const read = await meanings.of(
        db,
        rows.flatMap(({ generation, isGone }) => (isGone ? [] : generation)),
      );
      if (read.size === 0) return null;
      const names = new Set([
        ofWholePerson,
        ...[...read.values()].flatMap(({ definition }) => definition.hears),
      ]);
      return {
        kinds: heardKinds,
        wants: (happening) => heardAs(happening).some((name) => names.has(name)),
      };
    },
    hear: async (transaction, happenings, announce) => {
      const [first] = happenings;
      if (!first) return;
      const { lane } = first;
      const projectIds = [...new Set(happenings.map(({ projectId }) => projectId))];
      const rows = await meaningRows(transaction, projectIds);
      const named = happenings.map((happening) => ({ happening, names: heardAs(happening) }));
      const known = await meanings.of(
        transaction,
        rows.flatMap(({ generation, isGone }) => (isGone ? [] : generation)),
      );
      // Whoever fills a lane after this sees what happened, by whatever meaning.
      if (![...known.values()].some((meaning) => named.some(({ names }) => hears(meaning, names)))) return;
      await lockSegmentLane(transaction, lane);
      const filled = (await segmentsOfLane(transaction, lane)).filter(({ projectId }) =>
        projectIds.includes(projectId),
      );
      const read = await meanings.of(
        transaction,
        filled.map(({ generation }) => generation),
      );
      const newest = newestOf(rows);
      const now = clock.now();
      const looks = filled.flatMap(({ segmentId, projectId, generation }): Look[] => {
        const meaning = read.get(generation);
        if (!meaning || newest.get(segmentId)?.isGone) return [];
        const among = new Set(
          named.flatMap(({ happening, names }) =>
            happening.projectId === projectId && hears(meaning, names) ? happening.userId : [],
          ),
        );
        if (among.size === 0) return [];
        const { definition } = meaning;
        return [{ segmentId, definition, asked: { projectId, lane, now, among: [...among] } }];
      });
      const told = await lookAtPeople(transaction, lane, looks);
      if (told.length > 0) await announce(transaction, told);
    },
  };
}
