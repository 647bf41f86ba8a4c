import { placeAfter, readPlace } from '../../campaigns/rehearsal.ts';
import type { Database } from '../../database/connect.ts';
import { lanes } from '../../lanes/lanes.ts';
import { readUsers } from '../../users/user-row.ts';
import type { OpenRehearsal } from './open-rehearsal.ts';
import type { RehearsalGround } from './rehearsal-ground.ts';
import type { RehearsedLane } from './rehearsals.sql.ts';
import { rehearsePeople } from './rehearse-people.ts';
import { openWays, type ToldPassage, type ToldPerson } from './ways.ts';

/** Of whom a page is asked; null for everybody. */
export interface AskedPeople {
  /** Who came to this tile; with a way, who went on by it; with a reason, who was left out, skipped or left there. */
  tile: string | null;
  way: string | null;
  /** Of not entering, of a skip, or of leaving. */
  reason: string | null;
}

/** Somebody as a page tells them. */
export interface RehearsedPerson {
  userRef: string;
  email: string | null;
  userId: string | null;
  phoneNumber: string | null;
  person: ToldPerson;
}

/** A page of a rehearsal's people; `next` is where to go on, null at the end; for it so many people were `looked` at. */
export interface RehearsedPage {
  people: RehearsedPerson[];
  looked: number;
  next: string | null;
}

/** People gone through in one step; as many as the sums are made of at once only where codes are dealt in order. */
const step = 250;
/** After so long a call begins no other step and answers with those it found, if any; who asked goes on. */
const patienceMs = 1_000;

/**
 * The next people of a rehearsal, in order of lane and id, gone through once more: with what is there now, they do what they did. Nothing is kept of any person, and
 * nothing written.
 */
export async function peopleOfRehearsal(
  db: Database,
  { ground, entrants }: OpenRehearsal,
  kept: readonly RehearsedLane[],
  asked: AskedPeople & { after: string | null; limit: number },
): Promise<RehearsedPage> {
  const begun = performance.now();
  const { projectId } = ground.journey;
  const found: RehearsedPerson[] = [];
  let looked = 0;
  let { lane, afterUserId } = readPlace(asked.after);
  // Lanes that were gone through and had nobody have nobody now: who came later was not rehearsed.
  const empty = new Set(kept.flatMap((each) => (each.isDone && !each.tally.people ? [each.lane] : [])));
  for (;;) {
    while (empty.has(lane) && lane < lanes.length - 1) [lane, afterUserId] = [lane + 1, 0];
    const stockOfLane = kept.find((each) => each.lane === lane)?.stock ?? null;
    const stock = new Map(Object.entries(stockOfLane ?? {}).map(([pool, codes]) => [Number(pool), codes]));
    // Of codes the first in a lane get some: whom is known when the lane is gone through from its beginning.
    if (stockOfLane && afterUserId > 0) await useUp(db, { ground, entrants }, lane, afterUserId, stock);
    const page = await entrants.next(db, lane, afterUserId, step);
    const people = page.of.size === 0 ? [] : await waysOf({ ...ground, db, stock }, lane, page.of);
    const meant = people.filter(({ person }) => isMeant(person, asked));
    const chosen = meant.slice(0, asked.limit - found.length);
    const users = new Map(
      (
        await readUsers(
          db,
          projectId,
          lane,
          chosen.map(({ userId }) => userId),
        )
      ).map((user) => [user.id, user]),
    );
    for (const { userId: id, person } of chosen) {
      const { email = null, userId = null, phoneNumber = null } = users.get(id) ?? {};
      found.push({ userRef: `id:${lane}.${id}`, email, userId, phoneNumber, person });
    }
    const last = chosen.at(-1);
    if (last && found.length === asked.limit) {
      looked += people.indexOf(last) + 1;
      return { people: found, looked, next: placeAfter(lane, last.userId) };
    }
    looked += people.length;
    afterUserId = page.last;
    if (page.isEnd) {
      if (lane === lanes.length - 1) return { people: found, looked, next: null };
      [lane, afterUserId] = [lane + 1, 0];
    }
    if (performance.now() - begun > patienceMs)
      return { people: found, looked, next: placeAfter(lane, afterUserId) };
  }
}

/** The ways of people, in their order. */
async function waysOf(
  ground: RehearsalGround,
  lane: number,
  entering: Parameters<typeof rehearsePeople>[2],
): Promise<{ userId: number; person: ToldPerson }[]> {
  const ways = openWays();
  await rehearsePeople(ground, lane, entering, ways.teller);
  return [...entering.keys()].map((userId) => ({ userId, person: ways.personOf(userId) }));
}

/** Takes of a lane's codes what those get who come before somebody. */
async function useUp(
  db: Database,
  { ground, entrants }: Pick<OpenRehearsal, 'ground' | 'entrants'>,
  lane: number,
  untilUserId: number,
  stock: Map<number, number>,
): Promise<void> {
  let place = 0;
  for (;;) {
    const page = await entrants.next(db, lane, place, step);
    const before = new Map([...page.of].filter(([userId]) => userId <= untilUserId));
    if (before.size > 0) await rehearsePeople({ ...ground, db, stock }, lane, before, openWays().teller);
    place = page.last;
    if (page.isEnd || place >= untilUserId) return;
  }
}

/** Whether somebody is of those who are asked for. Pure. */
function isMeant({ passages, refused }: ToldPerson, { tile, way, reason }: AskedPeople): boolean {
  if (tile === null && reason === null) return true;
  if (tile === null && refused.some((each) => each.reason === reason)) return true;
  return passages.some((passage) => isOfPassage(passage, tile, way, reason));
}

function isOfPassage(
  { passage: { run, left, stuck }, marks }: ToldPassage,
  tile: string | null,
  way: string | null,
  reason: string | null,
): boolean {
  if (way !== null) return marks.has(`way ${tile} ${way}`);
  if (reason === null) return marks.has(`tile ${tile}`);
  const isHere = tile === null || tile === run.tile;
  if (isHere && (left?.reason === reason || stuck === reason)) return true;
  return tile === null
    ? [...marks].some((mark) => mark.startsWith('skip ') && mark.endsWith(` ${reason}`))
    : marks.has(`skip ${tile} ${reason}`);
}
