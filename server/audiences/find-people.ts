import { sql } from 'kysely';
import { getCountryCallingCode, isSupportedCountry } from 'libphonenumber-js/max';
import type { Database } from '../database/connect.ts';
import { ApiError } from '../http/errors.ts';
import { findHolders, loadUsers } from '../users/find-users.ts';
import type { UserRef } from '../users/identity.ts';
import { keyStarts } from '../users/phone-key.ts';
import { parsePhoneNumber, plainDigits } from '../users/phone-number.ts';
import { folded } from '../users/search-text.ts';
import type { User } from '../users/user-row.ts';
import { sizeOfList } from './list-size.sql.ts';
import type { PeopleFilter, Standing } from './people-filter.sql.ts';
import {
  chooseSource,
  mostInOrder,
  type PageStart,
  pageOfFew,
  pageOfMany,
  pageOfMembers,
  type RowOrder,
} from './people-page.sql.ts';

/** Who is looked for. */
export interface PeopleQuery {
  /** Beginnings of words of name or email, or of ids, in any case and without accents, or a number as people write it. */
  text: string;
  /** Only those on this list. */
  listId?: number | undefined;
  /** Only those who stand so with this message type. */
  standing?: Standing | undefined;
  order: PeopleOrder;
  /** A page's `next` or `previous`; none for the first page. */
  cursor?: string | undefined;
  limit: number;
}

/** Orders by id are those by when people came: ids are given in that order, and stay. */
const orders = {
  name: { by: sql`u.search_text COLLATE "C"`, descending: false },
  '-name': { by: sql`u.search_text COLLATE "C"`, descending: true },
  since: { descending: false },
  '-since': { descending: true },
  changed: { by: sql`u.updated_at`, descending: false },
  '-changed': { by: sql`u.updated_at`, descending: true },
} satisfies Record<string, RowOrder | { descending: boolean }>;

/** By name, by when they came, by when they last changed; with - before it the other way round. */
export type PeopleOrder = keyof typeof orders;
/** All orders. */
export const peopleOrders = Object.keys(orders) as PeopleOrder[];

/** A page of the people who match. */
export interface PeoplePage {
  people: User[];
  /** How many match; where it `isCapped`, more than so many. */
  total: number;
  isCapped: boolean;
  next: string | null;
  previous: string | null;
}

/**
 * A page of the people who match. Up to `mostInOrder` are counted and put in any order; of more nothing is counted but
 * the members of a list, and they are shown as they came.
 * @throws ApiError BadParams for more than that by name or change, and for a cursor that no page gave.
 */
export async function findPeople(
  db: Database,
  project: { id: number; defaultCountry: string },
  query: PeopleQuery,
): Promise<PeoplePage> {
  const { listId, cursor, limit } = query;
  const order: RowOrder | { descending: boolean } = orders[query.order];
  const filter = await readFilter(db, project, query);
  const place = readCursor(cursor, 'by' in order);
  const turned = { ...order, descending: order.descending !== place.back };
  const listSize = listId === undefined ? 0 : await sizeOfList(db, listId);
  const isWholeList = listId !== undefined && filter.words.length === 0 && !filter.standing;
  const { source, areMany } = await chooseSource(db, filter, listSize);
  const few = areMany
    ? { rows: [], total: isWholeList ? listSize : mostInOrder + 1 }
    : await pageOfFew(db, filter, source, turned, place.start, limit + 1);
  const isMany = few.total > mostInOrder;
  if (isMany && 'by' in order) throw tooMany(query.order);
  const rows = isMany ? await manyRows() : few.rows;
  const users = await loadUsers(db, project.id, rows);
  const shown = rows.slice(0, limit);
  const refs = place.back ? shown.toReversed() : shown;
  return {
    people: refs.flatMap(({ id }) => users.get(id) ?? []),
    total: isMany && !isWholeList ? mostInOrder : few.total,
    isCapped: isMany && !isWholeList,
    ...neighbours(place, refs, rows.length > limit, limit, 'by' in order),
  };

  function manyRows(): Promise<UserRef[]> {
    const page = { descending: turned.descending, start: place.start, limit: limit + 1 };
    return isWholeList
      ? pageOfMembers(db, { ...filter, listId }, page)
      : pageOfMany(db, filter, source, page);
  }
}

/** The newest people who match a text, as `findPeople` reads it, without what is known of them. */
export async function findPeopleRefs(
  db: Database,
  project: { id: number; defaultCountry: string },
  text: string,
  limit: number,
): Promise<UserRef[]> {
  const filter = await readFilter(db, project, { text });
  const { source, areMany } = await chooseSource(db, filter, 0);
  const order = { descending: true };
  const start = { offset: 0 };
  const few = areMany ? null : await pageOfFew(db, filter, source, order, start, limit);
  return few && few.total <= mostInOrder
    ? few.rows
    : pageOfMany(db, filter, source, { ...order, start, limit });
}

/** Where a page begins; `back` turns the order round, to find the page before. */
interface Place {
  start: PageStart;
  back: boolean;
}

function readCursor(cursor: string | undefined, isCounted: boolean): Place {
  if (cursor === undefined) return { start: { offset: 0 }, back: false };
  const [, kind, digits] = /^([abn])(\d{1,15})$/.exec(cursor) ?? [];
  const number = Number(digits);
  if (kind === undefined || (kind === 'n') !== isCounted || (isCounted && number > mostInOrder))
    throw new ApiError(
      'BadParams',
      'cursor is not one that a page of this order gave; leave it out for the first page',
      { field: 'cursor', value: cursor },
    );
  return isCounted
    ? { start: { offset: number }, back: false }
    : { start: { behind: number }, back: kind === 'b' };
}

function neighbours(
  { start, back }: Place,
  shown: readonly UserRef[],
  isMore: boolean,
  limit: number,
  isCounted: boolean,
): Pick<PeoplePage, 'next' | 'previous'> {
  const offset = 'offset' in start ? start.offset : 0;
  if (isCounted)
    return {
      next: isMore ? `n${offset + limit}` : null,
      previous: offset > 0 ? `n${Math.max(0, offset - limit)}` : null,
    };
  const [first, last] = [shown[0], shown.at(-1)];
  return {
    next: last && (back || isMore) ? `a${last.id}` : null,
    previous: first && (back ? isMore : 'behind' in start) ? `b${first.id}` : null,
  };
}

function tooMany(order: PeopleOrder): ApiError {
  const found = mostInOrder.toLocaleString('en');
  return new ApiError(
    'BadParams',
    `More than ${found} people match, too many for this order; narrow them by query, listId or standing, or sort by since`,
    { field: 'sort', value: order },
  );
}

async function readFilter(
  db: Database,
  project: { id: number; defaultCountry: string },
  { text, listId, standing }: Pick<PeopleQuery, 'text' | 'listId' | 'standing'>,
): Promise<PeopleFilter> {
  const number = readNumber(text, project.defaultCountry);
  const holders = await findHolders(
    db,
    project.id,
    number.starts.map((phone) => ({ phone })),
  );
  return {
    projectId: project.id,
    words: wordsOf(text),
    numberStarts: [...new Set(number.starts.flatMap(keyStarts))],
    numberEnds: number.ends,
    holders: holders.flat(),
    listId: listId ?? null,
    standing: standing ?? null,
  };
}

/** Words looked for at once: nobody's name has more. */
const mostWords = 8;

/** The words of a text; what has no letter and no digit (&, -, an emoji) counts only where nothing else is asked for. */
function wordsOf(text: string): string[] {
  const all = [...new Set(folded(text).split(' ').filter(Boolean))];
  const telling = all.filter((word) => /[\p{L}\p{N}]/u.test(word));
  return (telling.length > 0 ? telling : all).slice(0, mostWords);
}

/** How the E.164 numbers begin and end that a text may be a part of; none for a text with too few digits to tell. */
function readNumber(typed: string, defaultCountry: string): { starts: string[]; ends: string[] } {
  // The 0 of +49 (0)151 is dialled within the country alone.
  const text = plainDigits(typed).replace(/^(\+[\d\s]*)\(0\)/, '$1');
  const digits = text.replaceAll(/\D/g, '');
  if (digits.length < 3 || /\p{L}/u.test(text)) return { starts: [], ends: [] };
  const code = isSupportedCountry(defaultCountry) ? getCountryCallingCode(defaultCountry) : null;
  const whole = parsePhoneNumber(text, defaultCountry);
  // Within a country, without the 0 that many countries write before the area.
  const within = digits.replace(/^0+/, '');
  const starts = [
    `+${digits}`,
    ...(code !== null && !text.startsWith('+') ? [`+${code}${within}`] : []),
    ...(whole.ok ? [whole.e164] : []),
  ];
  const ends = text.startsWith('+') ? [] : [...new Set([digits, within])].filter((each) => each.length >= 4);
  return { starts: [...new Set(starts)], ends };
}
