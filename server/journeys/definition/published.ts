import type { FastifyBaseLogger } from 'fastify';
import type { Database } from '../../database/connect.ts';
import type { SegmentTools } from '../../segments/ground.ts';
import { segmentsNamed } from '../../segments/ground.ts';
import { definitionsOf } from '../../segments/segments.sql.ts';
import { findVersions, isHeld, type Published, publishedJourneys } from '../journeys.sql.ts';
import { lanesOfJourneys } from '../runs/journey-lanes.sql.ts';
import type { FollowedJourney, PublishedJourney } from './journey.ts';
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
  /** Those by which the people of a lane go, and those that are held, in which nobody moves. */
  ofLane(
    db: Database,
    lane: number,
  ): Promise<{ journeys: ReadonlyMap<number, FollowedJourney>; held: ReadonlySet<number> }>;
}

type Wanted = Pick<Published, 'id' | 'version' | 'projectId'>;

/** Versions that a process keeps; those read first are read anew. */
const mostKept = 2_000;
/** How long a process goes by what segments meant, in ms. */
const segmentsKeptMs = 1_000;

/**
 * Nothing read yet. A version never changes; the segments that it names may, and are read anew after a while. One that cannot be read any more is
 * told of and left out, so that it keeps no other journey from going on.
 */
export function openJourneys({
  segmentKinds,
  log,
}: Pick<SegmentTools, 'segmentKinds'> & { log: Pick<FastifyBaseLogger, 'error'> }): Journeys {
  /** With those until when the ones hold that name segments, which may come to mean something else. */
  const known = new Map<string, { journey: PublishedJourney | null; until: number }>();
  const keyOf = ({ id, version }: Pick<Wanted, 'id' | 'version'>) => `${id} ${version}`;
  const readOne = (
    document: unknown,
    { id, version, projectId }: Wanted,
    segments: SegmentsByProject,
  ): PublishedJourney | null => {
    try {
      // What is stored says every zone.
      const ground = {
        ...{ kinds: segmentKinds, timeZone: 'UTC', names: new Map<string, string>() },
        segments: segments.get(projectId) ?? new Map(),
      };
      return { ...readJourney(ground, document), id, projectId, version };
    } catch (error) {
      log.error(
        { err: error, journey: id, version },
        'a published journey cannot be read, and nobody in it moves',
      );
      return null;
    }
  };
  const read = async (db: Database, wanted: readonly Wanted[]): Promise<PublishedJourney[]> => {
    const now = performance.now();
    const found = new Map<string, PublishedJourney | null>();
    for (const each of wanted) {
      const kept = known.get(keyOf(each));
      if (kept && kept.until > now) found.set(keyOf(each), kept.journey);
    }
    const unread = wanted.filter((each) => !found.has(keyOf(each)));
    const versions = await findVersions(
      db,
      unread.map(({ id, version }) => ({ journeyId: id, version })),
    );
    const documents = new Map(
      versions.map((each) => [keyOf({ ...each, id: each.journeyId }), each.document]),
    );
    const segments: SegmentsByProject = new Map();
    for (const [projectId, ofProject] of Map.groupBy(unread, (each) => each.projectId)) {
      const ids = new Set(ofProject.flatMap((each) => segmentsNamed(documents.get(keyOf(each)))));
      if (ids.size > 0) segments.set(projectId, await definitionsOf(db, projectId, [...ids]));
    }
    for (const each of unread) {
      const key = keyOf(each);
      const document = documents.get(key);
      if (document === undefined) continue;
      const journey = readOne(document, each, segments);
      const mayChange = journey === null || segmentsNamed(document).length > 0;
      found.set(key, journey);
      // The newest last: those at the front go first.
      known.delete(key);
      known.set(key, { journey, until: mayChange ? now + segmentsKeptMs : Number.POSITIVE_INFINITY });
    }
    for (const key of known.keys()) {
      if (known.size <= mostKept) break;
      known.delete(key);
    }
    return wanted.flatMap((each) => found.get(keyOf(each)) ?? []);
  };
  return {
    ofProject: async (db, projectId) =>
      read(
        db,
        (await publishedJourneys(db, [projectId])).filter(({ state }) => state !== 'archived'),
      ),
    open: async (db) =>
      read(
        db,
        (await publishedJourneys(db)).filter(({ state }) => state === 'open'),
      ),
    ofLane: async (db, lane) => {
      const rows = await publishedJourneys(db);
      const versions = await lanesOfJourneys(db, lane);
      const moving = rows.flatMap((row): Wanted[] => {
        const version = versions.get(row.id);
        return isHeld(row.state) || version === undefined ? [] : [{ ...row, version }];
      });
      const spans = new Map(rows.map((row) => [row.id, spanOf(row)]));
      const journeys = new Map(
        (await read(db, moving)).map((each) => [each.id, { ...each, wasHeld: spans.get(each.id) ?? null }]),
      );
      return { journeys, held: new Set(rows.filter(({ state }) => isHeld(state)).map(({ id }) => id)) };
    },
  };
}

const spanOf = ({ pausedAt, resumedAt }: Published) =>
  pausedAt && resumedAt && { from: pausedAt, until: resumedAt };

type SegmentsByProject = Map<number, Awaited<ReturnType<typeof definitionsOf>>>;
