import { sql } from 'kysely';
import { type Static, Type } from 'typebox';
import { requireAudience } from '../../campaigns/launch-checks.ts';
import type { Database } from '../../database/connect.ts';
import type { CallerProject } from '../../http/context.ts';
import { ApiError } from '../../http/errors.ts';
import { instantInput, rowId } from '../../http/schemas.ts';
import { strict } from '../../segments/leaf-kind.ts';
import type { UserRef } from '../../users/identity.ts';
import { notAnInstant, parseInstant } from '../../users/instant.ts';
import { userOfRef } from '../../users/named-user.ts';
import type { JourneyDocument } from '../definition/journey.ts';
import { lengthMs, lengthSchema } from '../tiles/wall-clock.ts';
import { heardEvents } from './occurrences.ts';
import { seenRates } from './seen-rates.sql.ts';
import {
  fillSupposing,
  requireLengths,
  type Supposed,
  type Supposing,
  supposingSchema,
} from './supposing.ts';

const ids = Type.Optional(Type.Array(rowId, { minItems: 1, maxItems: 100, uniqueItems: true }));

const people = Type.Optional(
  Type.Array(Type.String({ minLength: 1, maxLength: 320 }), {
    minItems: 1,
    maxItems: 100,
    uniqueItems: true,
    description: 'Some people alone, each by email, userId or the userRef that answers tell',
  }),
);

const entriesSchema = strict(
  {
    recorded: Type.Optional(
      strict(
        {
          people,
          from: instantInput,
          until: Type.Optional({ ...instantInput, description: 'Now unless told, and no later' }),
        },
        'Those whom events or purchases on record would have let in, at the instants at which they happened; what they did later counts too. Of a journey that begins by an event or a purchase. How people have really entered the journey does not count',
      ),
    ),
    supposed: Type.Optional(
      strict(
        {
          listIds: ids,
          segmentIds: ids,
          everybody: Type.Optional(Type.Literal(true)),
          people,
          from: Type.Optional({ ...instantInput, description: 'When the first enter; now unless told' }),
          over: Type.Optional({
            ...lengthSchema,
            description: 'They enter spread evenly over so long; all at once unless told',
          }),
          fields: Type.Optional(
            Type.Record(Type.String({ minLength: 1, maxLength: 255 }), Type.Unknown(), {
              description:
                'What comes with each entry. Of a journey that an event or a purchase lets into it has to fulfil the conditions on its fields; of all else that lets people in nothing is asked of it',
            }),
          ),
        },
        'All who are on these lists or of these segments, everybody of the project, or some who are named, enter, whatever lets people in; the journey’s own conditions on who may enter, and how people have entered it before, count',
      ),
    ),
  },
  'Who enters: one of recorded and supposed',
);

/** The body of the call that begins a rehearsal. */
export const askedSchema = strict({
  version: Type.Optional(
    Type.Integer({
      minimum: 1,
      description:
        'A version that was published; unless told the draft, or what is published where there is none',
    }),
  ),
  entries: entriesSchema,
  supposing: Type.Optional(supposingSchema),
  days: Type.Optional(
    Type.Integer({
      minimum: 1,
      maximum: 400,
      description: 'So many days of virtual time from the first entry are gone through; 30 unless told',
    }),
  ),
  seed: Type.Optional(
    Type.Integer({
      minimum: 0,
      maximum: 2_147_483_647,
      description:
        'Who does what is drawn by it: with the same one people do the same in each rehearsal; 1 unless told',
    }),
  ),
});

/** Whose entries are rehearsed, filled in: JSON. */
export type AskedEntries =
  | {
      recorded: {
        from: number;
        until: number;
        /** Null for all. */
        people: readonly UserRef[] | null;
      };
    }
  | {
      supposed: {
        /** Null for everybody. */
        among:
          | { listIds: readonly number[]; segmentIds: readonly number[] }
          | { people: readonly UserRef[] }
          | null;
        from: number;
        overMs: number;
        fields: Record<string, unknown>;
      };
    };

/** What a rehearsal was asked for, filled in: JSON. Instants in ms. */
export interface AskedRehearsal {
  entries: AskedEntries;
  supposing: Supposed;
  days: number;
  seed: number;
  /** When it was asked for: what is on record counts up to then. */
  at: number;
}

/** Why a journey cannot be rehearsed by recorded entries, in words. */
export const notRecorded = ({ words }: Pick<JourneyDocument['entry']['trigger'], 'words'>): string =>
  `can be asked for journeys that begin by an event or a purchase only, and this one begins by ${words}, of which no record is kept`;

const refuse = (field: string, fault: string) =>
  new ApiError('BadParams', `${field} ${fault}`, { faults: [{ field, fault }] });

const dayMs = 86_400_000;
/** Recorded and supposed entries lie no further from now, in days. */
const furthestDays = 400;

/** Reads what is asked for. @throws ApiError BadParams that names field, fault and remedy. */
export async function readAsked(
  db: Database,
  project: CallerProject,
  document: JourneyDocument,
  given: Static<typeof askedSchema>,
  now: Date,
): Promise<AskedRehearsal> {
  const { supposing = {}, days = 30, seed = 1 } = given;
  const entries = await readEntries(db, project, document, given.entries, now);
  requireLengths(supposing);
  requireSupposable(supposing, document);
  const supposed = fillSupposing(supposing, await seenRates(db, project.id, now));
  const { delivered, failed } = supposed.messages;
  if (delivered.share + failed.share > 100) {
    if (supposing.delivered && supposing.failed)
      throw refuse(
        'supposing.failed',
        `and supposing.delivered are more than a hundred together (${delivered.share + failed.share}); lower one of them`,
      );
    if (supposing.delivered) failed.share = 100 - delivered.share;
    else delivered.share = 100 - failed.share;
  }
  return { entries, supposing: supposed, days, seed, at: now.getTime() };
}

async function readEntries(
  db: Database,
  project: CallerProject,
  { entry: { trigger } }: JourneyDocument,
  { recorded, supposed }: Static<typeof entriesSchema>,
  now: Date,
): Promise<AskedEntries> {
  if ((recorded === undefined) === (supposed === undefined))
    throw refuse('entries', 'must have exactly one of recorded and supposed');
  if (recorded) {
    if (!trigger.recorded)
      throw refuse('entries.recorded', `${notRecorded(trigger)}; say by entries.supposed who enters`);
    const from = instantAt(recorded.from, 'entries.recorded.from', now);
    const until =
      recorded.until === undefined ? now : instantAt(recorded.until, 'entries.recorded.until', now);
    if (from >= now)
      throw refuse(
        'entries.recorded.from',
        `is ${asText(from)}, which is yet to come, and nothing of it is on record; give an earlier one`,
      );
    if (until > now)
      throw refuse(
        'entries.recorded.until',
        `is ${asText(until)}, which is yet to come, and nothing of it is on record; give now at the latest`,
      );
    if (until <= from)
      throw refuse(
        'entries.recorded.until',
        `is ${asText(until)}, not after entries.recorded.from (${asText(from)}); give a later one`,
      );
    const named = recorded.people ?? null;
    const people = named && (await readPeople(db, project, named, 'entries.recorded.people'));
    return { recorded: { from: from.getTime(), until: until.getTime(), people } };
  }
  const { listIds = [], segmentIds = [], everybody, people, from, over, fields = {} } = supposed!;
  const isAudience = listIds.length + segmentIds.length > 0;
  if ([isAudience, everybody === true, people !== undefined].filter((said) => said).length !== 1)
    throw refuse(
      'entries.supposed',
      'must say who enters: listIds, segmentIds or both, or everybody alone, or people alone',
    );
  const audience = { listIds, segmentIds, suppressionListIds: [], suppressionSegmentIds: [] };
  if (isAudience) await requireAudience(db, project.id, audience);
  await requireFulfilled(db, project.id, trigger, fields, now);
  const named = people && { people: await readPeople(db, project, people, 'entries.supposed.people') };
  return {
    supposed: {
      ...{ among: named ?? (isAudience ? { listIds, segmentIds } : null), fields },
      from: (from === undefined ? now : instantAt(from, 'entries.supposed.from', now)).getTime(),
      overMs: over ? lengthMs(over, 'entries.supposed.over') : 0,
    },
  };
}

/** @throws ApiError BadParams for who is not there. */
async function readPeople(
  db: Database,
  project: CallerProject,
  named: readonly string[],
  field: string,
): Promise<UserRef[]> {
  const found: UserRef[] = [];
  for (const [index, ref] of named.entries())
    try {
      const { lane, id } = await userOfRef(db, project, ref);
      found.push({ lane, id });
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      throw refuse(`${field}.${index}`, `names nobody of this project: ${ref}; give an email or a userId`);
    }
  return found;
}

/** @throws ApiError BadParams where what is to come with entries would let nobody in. */
async function requireFulfilled(
  db: Database,
  projectId: number,
  { conditions, words }: JourneyDocument['entry']['trigger'],
  fields: Readonly<Record<string, unknown>>,
  now: Date,
): Promise<void> {
  // What goes by a person or by time is asked of each as they enter.
  if (!conditions || conditions.asksPerson || conditions.flips) return;
  const asked = { projectId, lane: 0, now, among: [] };
  const { rows } = await sql<{ holds: boolean }>`
    SELECT ${conditions.holds(sql`${JSON.stringify(fields)}::jsonb`, asked, 'u', 0)} AS holds`.execute(db);
  if (!rows[0]?.holds)
    throw refuse(
      'entries.supposed.fields',
      `would let nobody in, for people enter by ${words}; give fields that fulfil that`,
    );
}

function instantAt(given: string | number, field: string, now: Date): Date {
  const at = parseInstant(given);
  if (at === null) throw refuse(field, `${JSON.stringify(given)} ${notAnInstant}`);
  if (Math.abs(at.getTime() - now.getTime()) > furthestDays * dayMs)
    throw refuse(
      field,
      `is ${asText(at)}, which lies more than ${furthestDays} days from now (${asText(now)}); give a nearer one`,
    );
  return at;
}

const asText = (at: Date): string => `${at.toISOString().slice(0, 19)}Z`;

/** @throws ApiError for what names no tile, way or event that the journey has. */
function requireSupposable(
  { events = {}, waits = {}, webhooks = {} }: Supposing,
  { tiles, exits }: JourneyDocument,
): void {
  const heard = heardEvents({ tiles, exits });
  for (const name of Object.keys(events))
    if (!heard.includes(name))
      throw refuse(
        `supposing.events.${name}`,
        `is an event that no tile and no exit rule of this journey hears; ${heard.length === 0 ? 'it hears none' : `it hears ${heard.join(', ')}`}: take it out`,
      );
  for (const [id, ways] of Object.entries(waits)) {
    const awaits = tiles.get(id)?.awaits;
    if (!awaits)
      throw refuse(
        `supposing.waits.${id}`,
        'names no tile of this journey that waits for what happens; name one, or take it out',
      );
    const known = awaits.occurrences.map(({ way }) => way);
    for (const way of Object.keys(ways))
      if (!known.includes(way))
        throw refuse(
          `supposing.waits.${id}.${way}`,
          `names no branch of this tile; it has ${known.join(', ')}`,
        );
  }
  for (const id of Object.keys(webhooks))
    if (tiles.get(id)?.calls === undefined)
      throw refuse(
        `supposing.webhooks.${id}`,
        'names no tile of this journey that calls an address; name one, or take it out',
      );
}
