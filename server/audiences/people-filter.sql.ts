import { type RawBuilder, sql } from 'kysely';
import type { StandingStatus } from '../database/tables/consent.ts';
import { lanes } from '../lanes/lanes.ts';
import type { UserRef } from '../users/identity.ts';
import { numberEndQuery, wordQuery } from '../users/search-words.ts';

/** Whom to find, as SQL asks for it. */
export interface PeopleFilter {
  projectId: number;
  /** Folded; each must be found. None where nothing is looked for. */
  words: readonly string[];
  /** How the numbers begin (E.164, as keys) that the text may be the start of. */
  numberStarts: readonly string[];
  /** Digits, of which at least four, with which a number may end. */
  numberEnds: readonly string[];
  /** Who has the number that the text is, in whatever spelling. */
  holders: readonly UserRef[];
  listId: number | null;
  standing: Standing | null;
}

/** Where people stand with a message type; with its channel closed nobody is subscribed. */
export interface Standing {
  messageTypeId: number;
  status: StandingStatus;
}

type Part = RawBuilder<unknown>;
/** What stands for a person in a statement: a row of `users u`, or one that says no more than `lane` and `id` (`p`). */
type Alias = 'u' | 'p';

const inAllLanes = (alias: string) => sql`${sql.ref(`${alias}.lane`)} = ANY(${lanes}::smallint[])`;
const any = (parts: readonly Part[]) =>
  parts.length === 0 ? sql`false` : sql`(${sql.join(parts, sql` OR `)})`;
const all = (parts: readonly Part[]) => (parts.length === 0 ? sql`true` : sql.join(parts, sql` AND `));
/** SQL at the end of an EXISTS: asked of each person who is looked at, and not by reading all rows first for the few who are shown. */
const oneByOne = sql`OFFSET 0`;
const startingWith = (text: string) => `${text.replaceAll(/[\\%_]/g, '\\$&')}%`;

/** SQL: a condition on `users u`, whoever of them is looked at. */
export function matchesFilter(filter: PeopleFilter): Part {
  return sql`${matchesText(filter)} AND ${isOnList(filter, 'u')} AND ${stands(filter, 'u')}`;
}

function matchesText(filter: PeopleFilter): Part {
  if (filter.words.length === 0) return sql`true`;
  return any([
    all(filter.words.map((word) => hasWord(filter.projectId, word))),
    ...filter.numberStarts.map((start) => sql`u.phone_number LIKE ${startingWith(start)}`),
    ...numberEnds(filter),
    sql`u.id = ANY(${filter.holders.map(({ id }) => id)}::bigint[])`,
  ]);
}

/** One of the words of `users u`, its email or an id of it begins so. */
function hasWord(projectId: number, word: string): Part {
  const start = startingWith(word);
  const query = wordQuery(projectId, word);
  return any([
    ...(query === null ? [] : [sql`u.search_words @@ ${query}::tsquery`]),
    sql`u.email LIKE ${start}`,
    sql`lower(u.external_id) LIKE ${start}`,
    sql`lower(u.whatsapp_user_id) LIKE ${start}`,
  ]);
}

const numberEnds = ({ projectId, numberEnds }: PeopleFilter) =>
  numberEnds.map(
    (digits) => sql`(u.search_words @@ ${numberEndQuery(projectId, digits)}::tsquery
      AND u.phone_number LIKE ${`%${digits}`})`,
  );

function isOnList({ listId }: PeopleFilter, alias: Alias): Part {
  if (listId === null) return sql`true`;
  return sql`EXISTS (SELECT 1 FROM list_member m
    WHERE m.lane = ${sql.ref(`${alias}.lane`)} AND m.list_id = ${listId} AND m.user_id = ${sql.ref(`${alias}.id`)} ${oneByOne})`;
}

const channelOf = ({ messageTypeId }: Standing) =>
  sql`(SELECT channel_id FROM message_type WHERE id = ${messageTypeId})`;

function stands({ projectId, standing }: PeopleFilter, alias: Alias): Part {
  if (!standing) return sql`true`;
  const row = (kind: 'channel' | 'messageType', target: unknown, status: string) => sql`EXISTS (
    SELECT 1 FROM subscription s WHERE s.lane = ${sql.ref(`${alias}.lane`)} AND s.user_id = ${sql.ref(`${alias}.id`)}
      AND s.project_id = ${projectId} AND s.kind = ${kind} AND s.target_id = ${target} AND s.status = ${status} ${oneByOne})`;
  const ofType = row('messageType', standing.messageTypeId, standing.status);
  const channelClosed = row('channel', channelOf(standing), 'unsubscribed');
  return standing.status === 'unsubscribed'
    ? sql`(${ofType} OR ${channelClosed})`
    : sql`${ofType} AND NOT ${channelClosed}`;
}

/** What the people who match are found by, without looking through all: the rest of a filter is asked of these. */
export type Source = 'text' | 'list' | 'standing' | 'everybody';

/** SQL: `lane` and `id` of the people who match, by an index of each part of the source, no more than `limit` of each. */
export function foundPeople(filter: PeopleFilter, source: Source, limit: number | null): Part {
  const most = limit === null ? sql`` : sql`LIMIT ${limit}`;
  return sql.join(
    partsOf(filter, source).map((part) => sql`(${part} ${most})`),
    sql` UNION `,
  );
}

function partsOf(filter: PeopleFilter, source: Source): Part[] {
  if (source === 'text') return textParts(filter);
  if (source === 'everybody')
    return [
      sql`SELECT u.lane, u.id FROM users u WHERE ${inAllLanes('u')} AND u.project_id = ${filter.projectId}
        AND ${matchesFilter(filter)}`,
    ];
  const hasText =
    filter.words.length === 0
      ? sql`true`
      : sql`EXISTS (SELECT 1 FROM users u WHERE u.lane = p.lane AND u.id = p.id AND ${matchesText(filter)} ${oneByOne})`;
  return (source === 'list' ? [membersOf(filter)] : standingRows(filter)).map(
    (rows) => sql`SELECT p.lane, p.id FROM (${rows}) p
      WHERE ${inAllLanes('p')} AND ${hasText} AND ${isOnList(filter, 'p')} AND ${stands(filter, 'p')}`,
  );
}

const membersOf = ({ listId }: PeopleFilter) =>
  sql`SELECT lane, user_id AS id FROM list_member WHERE list_id = ${listId}`;

/** Rows of those who may stand so; whom the channel leaves out is asked of each. */
function standingRows({ projectId, standing }: PeopleFilter): Part[] {
  if (!standing) return [];
  const rows = (kind: 'channel' | 'messageType', target: unknown, status: string) =>
    sql`SELECT lane, user_id AS id FROM subscription
      WHERE project_id = ${projectId} AND kind = ${kind} AND target_id = ${target} AND status = ${status}`;
  const ofType = rows('messageType', standing.messageTypeId, standing.status);
  return standing.status === 'unsubscribed'
    ? [ofType, rows('channel', channelOf(standing), 'unsubscribed')]
    : [ofType];
}

function textParts(filter: PeopleFilter): Part[] {
  const { projectId, words } = filter;
  const rest = sql`${isOnList(filter, 'u')} AND ${stands(filter, 'u')}`;
  const usersWith = (condition: Part) =>
    sql`SELECT u.lane, u.id FROM users u WHERE ${inAllLanes('u')} AND u.project_id = ${projectId}
      AND ${condition} AND ${rest}`;
  const identified = (kind: string, start: string, others: Part) =>
    sql`SELECT u.lane, u.id FROM identity i JOIN users u ON u.lane = i.user_lane AND u.id = i.user_id
      WHERE ${inAllLanes('i')} AND i.project_id = ${projectId} AND i.kind = ${kind}
        AND i.value >= ${start} AND i.value < ${start + last} AND ${others} AND ${rest}`;
  const queries = words.map((word) => wordQuery(projectId, word));
  const byWords = queries.every((query) => query !== null)
    ? [usersWith(sql`u.search_words @@ ${queries.join(' & ')}::tsquery`)]
    : [];
  const byIdentity = words.flatMap((word) => {
    const others = all(words.filter((each) => each !== word).map((each) => hasWord(projectId, each)));
    const spellings = [...new Set([word, word.toUpperCase()])];
    return [
      identified('email', word, others),
      ...spellings.flatMap((start) =>
        (['externalId', 'whatsApp'] as const).map((kind) => identified(kind, start, others)),
      ),
    ];
  });
  return [
    ...byWords,
    ...byIdentity,
    ...filter.numberStarts.map((start) => identified('phone', start, sql`true`)),
    ...numberEnds(filter).map(usersWith),
    usersWith(sql`(u.lane, u.id) IN (SELECT * FROM unnest(
      ${filter.holders.map(({ lane }) => lane)}::smallint[], ${filter.holders.map(({ id }) => id)}::bigint[]))`),
  ];
}

/** The last of all characters: what begins with a text is less than the text with this behind it. */
const last = '\u{10ffff}';
