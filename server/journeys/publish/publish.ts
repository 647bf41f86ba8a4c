import { findCampaign, lockCampaign, storeCampaign } from '../../campaigns/campaign.ts';
import { insertCampaign } from '../../campaigns/creation.ts';
import { findCampaignTemplate } from '../../campaigns/launch-checks.ts';
import type { Database } from '../../database/connect.ts';
import type { Context } from '../../http/context.ts';
import { ApiError } from '../../http/errors.ts';
import type { JourneyDocument } from '../definition/journey.ts';
import { end, type Tile } from '../definition/tile-kind.ts';
import { keepRateOf } from '../enter/line.sql.ts';
import { campaignsOfJourney, keepCampaignOfTile } from '../journey-campaigns.sql.ts';
import {
  type Choices,
  findJourney,
  findVersions,
  insertVersion,
  type Journey,
  updateJourney,
} from '../journeys.sql.ts';
import { requireUnchanged } from '../require-unchanged.ts';
import type { Impact } from './impact.ts';
import { impactOn } from './impact-on.ts';
import { readGivenDocument } from './read-given.ts';
import { requireServed, seeServedDocument } from './require-served.ts';
import type { Warning } from './warnings.ts';

/** Who publishes what. */
export interface Publishing {
  project: { id: number; timeZone: string };
  journeyId: number;
  by: string;
  choices: Choices;
  /** `updatedAt` of the journey as it was looked at; absent for whoever does not say. */
  basedOn?: number | undefined;
}

/** What publishing the draft would do to those who are inside; null where nothing was published yet. */
export async function impactOfDraft(
  context: Context,
  project: Publishing['project'],
  journey: Journey,
): Promise<Impact | null> {
  const after = await readGivenDocument(context, project, requireDraft(journey));
  return impact(context, project, journey, after);
}

async function impact(
  context: Pick<Context, 'db' | 'clock' | 'segmentKinds'>,
  project: Publishing['project'],
  journey: Journey,
  after: JourneyDocument,
): Promise<Impact | null> {
  const published = await publishedOf(context.db, journey);
  if (published === null) return null;
  const before = await readGivenDocument(context, project, published);
  return impactOn(context, { projectId: project.id, journeyId: journey.id }, before, after);
}

/** What is published of a journey; null before the first time. */
export async function publishedOf(
  db: Database,
  { id, version }: Pick<Journey, 'id' | 'version'>,
): Promise<unknown> {
  const [newest] = version === null ? [] : await findVersions(db, [{ journeyId: id, version }]);
  return newest?.document ?? null;
}

function requireDraft({ id, draft }: Journey): unknown {
  if (draft !== null) return draft;
  throw new ApiError('InvalidState', `Journey ${id} has no draft: what is published is what it says`, {
    journeyId: id,
  });
}

/**
 * Publishes a journey's draft: from now on people go by it, lane after lane. Answers what its publisher is to know. @throws ApiError BadParams for what is wrong in it, and where people are
 * at tiles that are gone and nobody has said where they go; Conflict where it has changed since it was looked at.
 */
export async function publishDraft(
  context: Context,
  { project, journeyId, by, choices, basedOn }: Publishing,
): Promise<{ journey: Journey; warnings: readonly Warning[] }> {
  const at = context.clock.now();
  const published = await context.db.transaction().execute(async (transaction) => {
    const journey = await findJourney(transaction, project.id, journeyId, true);
    requireUnchanged(journey, basedOn);
    if (journey.state === 'archived')
      throw new ApiError('InvalidState', `Journey ${journeyId} is archived; make another of its document`, {
        journeyId,
      });
    const seen = await seeServedDocument({ ...context, db: transaction }, project, requireDraft(journey), {
      publishing: { now: at, published: await publishedOf(transaction, journey) },
    });
    const document = requireServed(seen);
    await requireChoices({ ...context, db: transaction }, project, journey, document, choices);
    await keepCampaigns(transaction, journey, document, by, at);
    if (document.entry.rate) await keepRateOf(transaction, journeyId);
    const version = (journey.version ?? 0) + 1;
    const row = { journeyId, version, document: document.stored, choices, publishedBy: by, publishedAt: at };
    await insertVersion(transaction, project.id, row);
    const state = journey.state === 'draft' ? 'open' : journey.state;
    const changed = await updateJourney(transaction, journey, { draft: null, version, state }, by, at);
    return { journey: changed, warnings: seen.warnings };
  });
  // From the answer on all that happens is told by what it says now.
  await context.listenersRenewed();
  context.wake();
  return published;
}

async function requireChoices(
  context: Pick<Context, 'db' | 'clock' | 'segmentKinds'>,
  project: Publishing['project'],
  journey: Journey,
  document: JourneyDocument,
  { moves, recompute }: Choices,
): Promise<void> {
  const told = await impact(context, project, journey, document);
  const refuse = (field: string, fault: string) =>
    new ApiError('BadParams', `${field} ${fault}`, {
      faults: [{ field, fault }],
      ...(told && { impact: told }),
    });
  const gone = new Set(told?.removed.map(({ tile }) => tile));
  for (const [tile, to] of Object.entries(moves)) {
    if (!gone.has(tile))
      throw refuse(
        `moves.${tile}`,
        document.tiles.has(tile)
          ? 'names a tile that stays, so nobody goes from it; take it out of moves'
          : `names no tile of what is published${gone.size > 0 ? `; those that are gone are ${[...gone].join(', ')}` : '; no tile is gone'}`,
      );
    if (to !== end && !document.tiles.has(to))
      throw refuse(`moves.${tile}`, `names ${to}, which is no tile; name one, or end`);
  }
  for (const tile of recompute)
    if (!document.tiles.has(tile)) throw refuse('recompute', `names ${tile}, which is no tile`);
  for (const { tile, people } of told?.removed ?? [])
    if (people > 0 && !Object.hasOwn(moves, tile))
      throw refuse(
        `moves.${tile}`,
        `is missing: ${people.toLocaleString('en')} people are at this tile, which is gone; say to which tile they go, or end`,
      );
}

/** Makes, or changes, the campaigns by which tiles send. */
async function keepCampaigns(
  transaction: Database,
  { id, projectId, name }: Journey,
  { tiles }: JourneyDocument,
  by: string,
  at: Date,
): Promise<void> {
  const known = await campaignsOfJourney(transaction, id);
  for (const [tile, { sends }] of tiles) {
    if (!sends) continue;
    await keepCampaign(
      transaction,
      { journeyId: id, projectId, tile, name: `${name}: ${tile}` },
      sends,
      known.get(tile),
      by,
      at,
    );
  }
}

async function keepCampaign(
  transaction: Database,
  { journeyId, projectId, tile, name }: { journeyId: number; projectId: number; tile: string; name: string },
  { templateId, senderId, poolId, options }: NonNullable<Tile['sends']>,
  known: number | undefined,
  by: string,
  at: Date,
): Promise<void> {
  const settings = { name, template_id: templateId, sender_id: senderId, pool_id: poolId };
  const audience = { list_ids: [], suppression_list_ids: [], segment_ids: [], suppression_segment_ids: [] };
  if (known === undefined) {
    const made = await insertCampaign(
      transaction,
      { projectId, by, key: null },
      { ...settings, ...audience, options },
      null,
      at,
    );
    const campaign = await findCampaign(transaction, projectId, made.id);
    const begun = { journey_id: journeyId, state: 'Running', start_at: at } as const;
    await storeCampaign(transaction, campaign, begun, at);
    await keepCampaignOfTile(transaction, journeyId, tile, made.id);
    return;
  }
  const campaign = await lockCampaign(transaction, projectId, known);
  const template = await findCampaignTemplate(transaction, projectId, templateId);
  await storeCampaign(
    transaction,
    campaign,
    { ...settings, medium: template.medium, options: JSON.stringify(options) },
    at,
  );
}
