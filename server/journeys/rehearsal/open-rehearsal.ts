import { countCodes, poolsByName } from '../../content/coupons/coupon-pools.sql.ts';
import { TemplateError } from '../../content/rendering/template-error.ts';
import type { Database } from '../../database/connect.ts';
import { planFor } from '../../delivery/admission/admission-plan.ts';
import type { FrequencyCap } from '../../delivery/dispatch/reached-limit.ts';
import type { Context } from '../../http/context.ts';
import { refuse } from '../../segments/leaf-kind.ts';
import type { FollowedJourney, JourneyDocument } from '../definition/journey.ts';
import { campaignsOfJourney } from '../journey-campaigns.sql.ts';
import { readGivenDocument } from '../publish/read-given.ts';
import { type EntrantSource, openEntrants } from './entrants.ts';
import type { RehearsalGround } from './rehearsal-ground.ts';
import type { Rehearsal } from './rehearsals.sql.ts';
import { openDraws } from './supposing.ts';

/** What rehearsals work with. */
export type RehearsalTools = Pick<
  Context,
  'db' | 'clock' | 'log' | 'publicUrl' | 'secrets' | 'feeds' | 'segmentKinds'
>;

/** A rehearsal that is ready to be worked on; the stock of coupon pools is each lane's own. */
export interface OpenRehearsal {
  ground: Omit<RehearsalGround, 'db' | 'stock'>;
  entrants: EntrantSource;
  /** People that are gone through at once, by how long those before took. */
  pace: { atOnce: number };
}

/** People that are gone through at once in the beginning. */
const firstAtOnce = 200;

/** Reads what a rehearsal goes by: the document that it was asked of, with what that names as it is now. */
export async function openRehearsal(
  tools: RehearsalTools,
  rehearsal: Rehearsal,
  name: string,
): Promise<OpenRehearsal> {
  const { db, segmentKinds, publicUrl, secrets, feeds } = tools;
  const { projectId, journeyId, version, asked, untilAt } = rehearsal;
  // What is stored says every zone.
  const document = await readGivenDocument(
    { db, segmentKinds },
    { id: projectId, timeZone: 'UTC' },
    rehearsal.document,
  );
  const journey: FollowedJourney = {
    ...{ ...document, id: journeyId, projectId, version: version ?? 0, wasHeld: null },
  };
  const draws = openDraws(asked.seed, asked.supposing);
  const isOfRecord = 'recorded' in asked.entries;
  return {
    ground: {
      ...{ publicUrl, secrets, feeds, journey, name, draws, until: untilAt },
      recordedUntil: new Date(asked.at),
      countsEarlier: !isOfRecord,
      without: isOfRecord ? [...(await campaignsOfJourney(db, journeyId)).values()] : [],
      frequencyCaps: await frequencyCapsOf(db, projectId),
      kept: new Map(),
    },
    entrants: await openEntrants({ db, segmentKinds }, projectId, asked, journey.entry.trigger, draws),
    pace: { atOnce: firstAtOnce },
  };
}

async function frequencyCapsOf(db: Database, projectId: number): Promise<FrequencyCap[]> {
  const { frequency_caps } = await db
    .selectFrom('project')
    .select('frequency_caps')
    .where('id', '=', projectId)
    .executeTakeFirstOrThrow();
  // Checked when the project's settings were saved.
  return frequency_caps as FrequencyCap[];
}

/** Templates of a journey's messages, as far as a rehearsal goes by them. */
export interface SentTemplates {
  /** Coupon pools of whose codes any shows some. */
  coupons: ReadonlySet<string>;
  /** Tiles whose templates ask data feeds. */
  asksFeeds: readonly string[];
}

/** Looks at what a journey sends. @throws ApiError BadParams for a template that cannot be filled in for anybody. */
export async function sentTemplates(
  tools: Pick<RehearsalTools, 'db' | 'publicUrl' | 'secrets' | 'feeds'>,
  projectId: number,
  { tiles }: JourneyDocument,
  now: Date,
): Promise<SentTemplates> {
  const coupons = new Set<string>();
  const asksFeeds: string[] = [];
  for (const [id, { sends }] of tiles) {
    if (!sends) continue;
    const { templateId, senderId, poolId, options } = sends;
    const plan = await planFor(tools.db, tools, {
      ...{ projectId, templateId, senderId, poolId, options, requestId: 0, snapshotId: null },
      ...{ campaign: { id: null, name: id }, dataFields: {}, sendAt: now, allowRepeats: true },
    }).catch((error: unknown) => {
      if (!(error instanceof TemplateError)) throw error;
      throw refuse(
        `document.tiles.${id}.templateId`,
        `names a template that cannot be filled in (${error.message}); mend template ${templateId}`,
      );
    });
    for (const pool of plan?.template.coupons ?? []) coupons.add(pool);
    if (plan && plan.feeds.length > 0) asksFeeds.push(id);
  }
  return { coupons, asksFeeds };
}

/** How many codes the pools have left of which a journey deals; null where it deals none. */
export async function stockOf(
  db: Database,
  projectId: number,
  { tiles }: JourneyDocument,
  { coupons }: SentTemplates,
): Promise<Record<string, number> | null> {
  const names = new Set([...coupons, ...[...tiles.values()].flatMap(({ deals }) => deals ?? [])]);
  if (names.size === 0) return null;
  const ids = [...(await poolsByName(db, projectId, names)).values()].map(({ id }) => id);
  const counts = await countCodes(db, ids);
  return Object.fromEntries(ids.map((id) => [String(id), counts.get(id)?.left ?? 0]));
}
