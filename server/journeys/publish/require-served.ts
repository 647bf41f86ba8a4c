import { findCampaignTemplate, requireFittingSender } from '../../campaigns/launch-checks.ts';
import { poolsByName } from '../../content/coupons/coupon-pools.sql.ts';
import { fixedPart } from '../../content/feeds/feed-address.ts';
import type { Database } from '../../database/connect.ts';
import type { Context } from '../../http/context.ts';
import { ApiError, type ErrorCode, type Fault, firstFaults } from '../../http/errors.ts';
import { placeOfUrl } from '../../outbound/place.ts';
import type { JourneyDocument } from '../definition/journey.ts';
import { requireRight, type SeenDocument } from '../definition/read-journey.ts';
import type { Tile } from '../definition/tile-kind.ts';
import { statesOfJourneys } from '../journeys.sql.ts';
import { faultsOfReach } from './reach-faults.ts';
import { seeGivenDocument } from './read-given.ts';
import { pastInstants, unapprovedTemplates, type Warning } from './warnings.ts';

/** A document that was looked at with all that it needs of its project. */
export interface ServedDocument extends Pick<SeenDocument, 'document' | 'faults' | 'words'> {
  /** With which its first fault is refused. */
  code: ErrorCode;
  /** What keeps nobody from publishing it. */
  warnings: readonly Warning[];
}

/** For what a document is looked at. */
interface Looking {
  /** Journeys that it may let people into though they are not there yet. */
  toBeMade?: ReadonlySet<number>;
  /** When it would be published, and over what: null for the first time. Absent for whoever rehearses, also times that are over. */
  publishing?: { now: Date; published: unknown };
}

/**
 * Looks at a document as somebody gives it, and at what its tiles send with, which journeys they let people into, where they call, and of which pools
 * they give codes: templates, senders, pools of either kind and journeys (those apart that are `toBeMade`) must be the project's, and fit; a call goes to
 * the public Internet only. In a transaction templates stay to its end. @throws ApiError BadParams for what cannot be stored.
 */
export async function seeServedDocument(
  context: Pick<Context, 'db' | 'segmentKinds' | 'outbound'>,
  project: { id: number; timeZone: string },
  given: unknown,
  { toBeMade = new Set(), publishing }: Looking = {},
): Promise<ServedDocument> {
  const { document, faults, words, entry, tiles } = await seeGivenDocument(context, project, given);
  // A template that is not there is told of already, by its field.
  const faulty = new Set(faults.map(({ field }) => field));
  const unserved = (await faultsOfServing(context, project.id, tiles, toBeMade)).filter(
    ({ field }) => !faulty.has(`${field}.templateId`),
  );
  const past = publishing && pastInstants({ tiles, entry }, publishing.published, publishing.now);
  const told = [...unserved.map(({ field, fault }) => ({ field, fault })), ...(past?.faults ?? [])];
  return {
    document: told.length > 0 ? null : document,
    faults: [...faults, ...told],
    ...{ words, code: (document && unserved[0]?.code) ?? 'BadParams' },
    warnings: [...(await unapprovedTemplates(context.db, project.id, tiles)), ...(past?.warnings ?? [])],
  };
}

/** The same. @throws ApiError as `requireServed` does. */
export const readServedDocument = async (
  ...asked: Parameters<typeof seeServedDocument>
): Promise<JourneyDocument> => requireServed(await seeServedDocument(...asked));

/** The document where nothing is wrong. @throws ApiError with its faults, each with its tile and field: BadParams where it cannot be read, else with the code of the first. */
export function requireServed(seen: ServedDocument): JourneyDocument {
  const [first] = seen.faults;
  if (first && seen.code !== 'BadParams')
    throw new ApiError(seen.code, `${first.field}: ${first.fault}`, {
      ...firstFaults(seen.faults),
      words: seen.words,
    });
  return requireRight(seen);
}

/** What tiles name that is not there, or does not fit. */
async function faultsOfServing(
  { db, outbound }: Pick<Context, 'db' | 'outbound'>,
  projectId: number,
  tiles: JourneyDocument['tiles'],
  toBeMade: ReadonlySet<number>,
): Promise<(Fault & { code: ErrorCode })[]> {
  const faults: (Fault & { code: ErrorCode })[] = [];
  const started = [...tiles.values()].flatMap(({ starts }) => starts ?? []);
  const states = await statesOfJourneys(db, projectId, started);
  const pools = await poolsByName(
    db,
    projectId,
    [...tiles.values()].flatMap(({ deals }) => deals ?? []),
  );
  for (const [id, { sends, starts, calls, deals, reaches }] of tiles) {
    const place = `document.tiles.${id}`;
    const refusal = sends && (await refusalOf(db, projectId, sends));
    if (refusal) faults.push({ field: place, fault: refusal.message, code: refusal.code });
    if (reaches)
      for (const fault of await faultsOfReach(db, projectId, place, reaches))
        faults.push({ ...fault, code: 'BadParams' });
    const called = calls === undefined ? null : placeOfUrl(fixedPart(calls));
    const closed = called && ('fault' in called ? called.fault : await outbound.check(called));
    if (closed) faults.push({ field: `${place}.url`, fault: closed, code: 'BadParams' });
    if (deals !== undefined && !pools.has(deals))
      faults.push({
        field: `${place}.pool`,
        fault: `names the coupon pool “${deals}”, which this project does not have; GET /api/coupons/pools lists them`,
        code: 'BadParams',
      });
    const state = starts === undefined ? null : states.get(starts);
    const isMissing = state === undefined && !toBeMade.has(starts ?? 0);
    if (isMissing || state === 'archived')
      faults.push({
        field: `${place}.journeyId`,
        fault: isMissing
          ? `names journey ${starts}, which this project does not have; GET /api/journeys lists them`
          : `names journey ${starts}, which is archived; copy it (POST /api/journeys/${starts}/copy) and name the copy`,
        code: 'BadParams',
      });
  }
  return faults;
}

/** Why a tile's message could not be sent with what it names; null where it could. */
async function refusalOf(
  db: Database,
  projectId: number,
  { templateId, senderId, poolId }: NonNullable<Tile['sends']>,
): Promise<ApiError | null> {
  try {
    const template = await findCampaignTemplate(db, projectId, templateId);
    await requireFittingSender(db, projectId, template, { sender_id: senderId, pool_id: poolId });
    return null;
  } catch (error) {
    if (error instanceof ApiError) return error;
    throw error;
  }
}
