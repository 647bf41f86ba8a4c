import { admitEach } from '../delivery/admission/admit-lane.ts';
import { memoisedTiming } from '../delivery/admission/lawful-timing.ts';
import type { Context } from '../http/context.ts';
import { ApiError } from '../http/errors.ts';
import { lanes } from '../lanes/lanes.ts';
import { type Imagined, type Judged, judgeNextPage } from './judged-audience.ts';

/** Who of the audience is asked for: those a reason would skip, or those who would wait. */
export type Fate = string;

/** Somebody a launch would skip or keep waiting. */
export interface ForecastPerson {
  /** Names the user in /api/users/{ref}. */
  userRef: string;
  email: string | null;
  userId: string | null;
  phoneNumber: string | null;
  detail: string | null;
  /** When the message would leave; null for a skip. */
  dueAt: Date | null;
}

/** Skips that only the filled-in text can tell. */
const ofText: readonly string[] = [
  'missingField',
  'contentTooLong',
  'skippedByTemplate',
  'renderError',
  'emptyMessage',
];
const pageSize = 1_000;
/** People looked at in one call; a rare reason takes several. */
const mostLookedAt = 20_000;

/**
 * The next people, in order of lane and id, with this fate at a launch. `next` is where to go on, null at the end; a
 * page may have few people, or none, and yet go on.
 */
export async function forecastPeople(
  context: Context,
  imagined: Imagined,
  fate: Fate,
  { after, limit }: { after: string | null; limit: number },
): Promise<{ people: ForecastPerson[]; next: string | null }> {
  const timing = memoisedTiming();
  const found: ForecastPerson[] = [];
  let { lane, afterUserId } = readPlace(after);
  for (let looked = 0; looked < mostLookedAt; ) {
    const place = { lane, afterUserId, limit: pageSize };
    const { people, last } = await judgeNextPage(context, imagined, place, timing);
    looked += people.length;
    const ofTexts = await textFates(context, imagined, people, fate, timing);
    for (const person of people) {
      const shown = withFate(person, fate, ofTexts);
      if (!shown) continue;
      found.push({ ...shown, userRef: `id:${lane}.${person.user.id}` });
      if (found.length === limit) return { people: found, next: `${lane}.${person.user.id}` };
    }
    if (last !== null) afterUserId = last;
    else if (lane === lanes.length - 1) return { people: found, next: null };
    else [lane, afterUserId] = [lane + 1, 0];
  }
  return { people: found, next: `${lane}.${afterUserId}` };
}

/** What is skipped for its text, with the detail, by user; nothing where the fate is not one of texts. */
async function textFates(
  { db }: Context,
  { plan, now }: Imagined,
  people: readonly Judged[],
  fate: Fate,
  timing: ReturnType<typeof memoisedTiming>,
): Promise<ReadonlyMap<number, string | null>> {
  if (!ofText.includes(fate)) return new Map();
  const going = people.filter((person) => person.skip === null);
  const each = going.map(({ user }) => ({ user, messageId: 0 }));
  const admissions = await admitEach(db, plan, each, now, timing);
  return new Map(
    admissions.flatMap(({ message }) =>
      message.skipReason === fate ? [[message.userId, message.detail] as const] : [],
    ),
  );
}

function withFate(
  { user, skip, detail, dueAt, isDelayed }: Judged,
  fate: Fate,
  ofTexts: ReadonlyMap<number, string | null>,
): Omit<ForecastPerson, 'userRef'> | null {
  const { email, externalId: userId, phoneNumber } = user;
  const shown = { email, userId, phoneNumber };
  if (skip !== null) return skip === fate ? { ...shown, detail, dueAt: null } : null;
  if (fate === 'delayed') return isDelayed ? { ...shown, detail: null, dueAt } : null;
  const textDetail = ofTexts.get(user.id);
  return textDetail === undefined ? null : { ...shown, detail: textDetail, dueAt: null };
}

function readPlace(after: string | null): { lane: number; afterUserId: number } {
  if (after === null) return { lane: 0, afterUserId: 0 };
  const [, lane, id] = /^(\d{1,3})\.(\d{1,15})$/.exec(after) ?? [];
  if (lane === undefined || Number(lane) >= lanes.length)
    throw new ApiError('BadParams', 'after: give the nextAfter of the page before', { field: 'after' });
  return { lane: Number(lane), afterUserId: Number(id) };
}
