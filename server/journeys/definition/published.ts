import type { Database } from '../../database/connect.ts';
import type { SegmentTools } from '../../segments/ground.ts';
import { segmentsNamed } from '../../segments/ground.ts';
import { definitionsOf } from '../../segments/segments.sql.ts';
import { findVersions, isHeld, publishedJourneys } from '../journeys.sql.ts';
import { lanesOfJourneys } from '../runs/journey-lanes.sql.ts';
import type { PublishedJourney } from './journey.ts';
import { readJourney } from './read-journey.ts';

declare module '../../http/context.ts' {
  interface Context {
    journeys: Journeys;
  }
}

/** Published journeys that a process has read. */
export interface Journeys {
  /** Those of a project which people may enter or leave, by their newest versions. */
  ofProject(db: Database, projectId: number): Promise<PublishedJourney[]>;
  /** Those of all projects which take people in, by their newest versions. */
  open(db: Database): Promise<PublishedJourney[]>;
  /** Those by which the people of a lane go, and which of them are held. */
  ofLane(
    db: Database,
    lane: number,
  ): Promise<{ journeys: ReadonlyMap<number, PublishedJourney>; held: number[] }>;
}

const mostKept = 2_000;
/** How long a process goes by what segments meant, in ms. */
const segmentsKeptMs = 1_000;

/** Nothing read yet. A version never changes; the segments that it names may, and are read anew after a while. */
export function openJourneys({ segmentKinds }: Pick<SegmentTools, 'segmentKinds'>): Journeys {
  /** With those until when the ones hold that name segments, which may come to mean something else. */
  const known = new Map<string, { journey: PublishedJourney; until: number }>();
  const keyOf = ({ journeyId, version }: { journeyId: number; version: number }) => `${journeyId} ${version}`;
  const read = async (
    db: Database,
    wanted: readonly { journeyId: number; version: number; projectId: number }[],
  ): Promise<PublishedJourney[]> => {
    if (known.size > mostKept) known.clear();
    const now = performance.now();
    const unread = wanted.filter((each) => (known.get(keyOf(each))?.until ?? 0) <= now);
    for (const { journeyId, version, document } of await findVersions(db, unread)) {
      const projectId = wanted.find((each) => each.journeyId === journeyId)!.projectId;
      const ids = segmentsNamed(document);
      const segments = await definitionsOf(db, projectId, ids);
      // What is stored says every zone.
      const ground = { kinds: segmentKinds, timeZone: 'UTC', segments, names: new Map<string, string>() };
      const { document: journey } = readJourney(ground, document);
      known.set(keyOf({ journeyId, version }), {
        journey: { ...journey, id: journeyId, projectId, version },
        until: ids.length > 0 ? now + segmentsKeptMs : Number.POSITIVE_INFINITY,
      });
    }
    return wanted.flatMap((each) => known.get(keyOf(each))?.journey ?? []);
  };
  return {
    ofProject: async (db, projectId) => {
      const rows = await publishedJourneys(db, [projectId]);
      return read(
        db,
        rows.map(({ id, version }) => ({ journeyId: id, version, projectId })),
      );
    },
    open: async (db) => {
      const rows = (await publishedJourneys(db)).filter(({ state }) => state === 'open');
      return read(
        db,
        rows.map(({ id, version, projectId }) => ({ journeyId: id, version, projectId })),
      );
    },
    ofLane: async (db, lane) => {
      const rows = await publishedJourneys(db);
      const versions = await lanesOfJourneys(db, lane);
      const followed = rows.flatMap(({ id, projectId }) => {
        const version = versions.get(id);
        return version === undefined ? [] : { journeyId: id, version, projectId };
      });
      const held = rows.filter(({ state }) => isHeld(state)).map(({ id }) => id);
      return { journeys: new Map((await read(db, followed)).map((each) => [each.id, each])), held };
    },
  };
}
