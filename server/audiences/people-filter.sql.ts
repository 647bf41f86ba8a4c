import { type RawBuilder, sql } from 'kysely';
import type { Database } from '../database/connect.ts';
import { sendTogether } from '../database/send-together.ts';
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

/** Where a statement looks. */
export type Look =
  | 'allLanes'
  /** On a cluster: in one lane, by which every part of it finds its node, and who has identities that begin as the filter's texts do. */
  | { lane: number; identified: Identified };

/** Who has an identity of a kind that begins so. */
type Identified = (kind: IdentityKind, start: string) => readonly UserRef[];
type IdentityKind = 'email' | 'externalId' | 'whatsApp' | 'phone';

const inLane = (alias: string, { lane }: { lane: number }) => sql`${sql.ref(`${alias}.lane`)} = ${lane}`;
const inLanes = (alias: string, look: Look) =>
  look === 'allLanes' ? sql`${sql.ref(`${alias}.lane`)} = ANY(${lanes}::smallint[])` : inLane(alias, look);
/** SQL: what is told by rows beside it to be in the lane is said to be. */
export const inSameLane = (alias: string, look: Look): Part =>
  look === 'allLanes' ? sql`true` : inLane(alias, look);
const any = (parts: readonly Part[]) =>
  parts.length === 0 ? sql`false` : sql`(${sql.join(parts, sql` OR `)})`;
const all = (parts: readonly Part[]) => (parts.length === 0 ? sql`true` : sql.join(parts, sql` AND `));
/** SQL at the end of an EXISTS: asked of each person who is looked at, and not by reading all rows first for the few who are shown. */
const oneByOne = sql`OFFSET 0`;
const startingWith = (text: string) => `${text.replaceAll(/[\\%_]/g, '\\$&')}%`;

/** SQL: a condition on `users u`, whoever of them is looked at. */
export function matchesFilter(filter: PeopleFilter, look: Look): Part {
  return sql`${matchesText(filter)} AND ${isOnList(filter, 'u', look)} AND ${stands(filter, 'u', look)}`;
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

function isOnList({ listId }: PeopleFilter, alias: Alias, look: Look): Part {
  if (listId === null) return sql`true`;
  return sql`EXISTS (SELECT 1 FROM list_member m
    WHERE m.lane = ${sql.ref(`${alias}.lane`)} AND ${inSameLane('m', look)} AND m.list_id = ${listId}
      AND m.user_id = ${sql.ref(`${alias}.id`)} ${oneByOne})`;
}

const channelOf = ({ messageTypeId }: Standing) =>
  sql`(SELECT channel_id FROM message_type WHERE id = ${messageTypeId})`;

function stands({ projectId, standing }: PeopleFilter, alias: Alias, look: Look): Part {
  if (!standing) return sql`true`;
  const row = (kind: 'channel' | 'messageType', target: unknown, status: string) => sql`EXISTS (
    SELECT 1 FROM subscription s WHERE s.lane = ${sql.ref(`${alias}.lane`)} AND s.user_id = ${sql.ref(`${alias}.id`)}
      AND ${inSameLane('s', look)} AND s.project_id = ${projectId} AND s.kind = ${kind} AND s.target_id = ${target}
      AND s.status = ${status} ${oneByOne})`;
  const ofType = row('messageType', standing.messageTypeId, standing.status);
  const channelClosed = row('channel', channelOf(standing), 'unsubscribed');
  return standing.status === 'unsubscribed'
    ? sql`(${ofType} OR ${channelClosed})`
    : sql`${ofType} AND NOT ${channelClosed}`;
}

/** What the people who match are found by, without looking through all: the rest of a filter is asked of these. */
export type Source = 'text' | 'list' | 'standing' | 'everybody';

/** SQL: `lane` and `id` of the people who match, by an index of each part of the source, no more than `limit` of each. */
export function foundPeople(filter: PeopleFilter, source: Source, limit: number | null, look: Look): Part {
  const most = limit === null ? sql`` : sql`LIMIT ${limit}`;
  return sql.join(
    partsOf(filter, source, look).map((part) => sql`(${part} ${most})`),
    sql` UNION `,
  );
}

function partsOf(filter: PeopleFilter, source: Source, look: Look): Part[] {
  if (source === 'text') return textParts(filter, look);
  if (source === 'everybody')
    return [
      sql`SELECT u.lane, u.id FROM users u WHERE ${inLanes('u', look)} AND u.project_id = ${filter.projectId}
        AND ${matchesFilter(filter, look)}`,
    ];
  const hasText =
    filter.words.length === 0
      ? sql`true`
      : sql`EXISTS (SELECT 1 FROM users u WHERE u.lane = p.lane AND ${inSameLane('u', look)} AND u.id = p.id
          AND ${matchesText(filter)} ${oneByOne})`;
  return (source === 'list' ? [membersOf(filter)] : standingRows(filter)).map(
    (rows) => sql`SELECT p.lane, p.id FROM (${rows}) p
      WHERE ${inLanes('p', look)} AND ${hasText} AND ${isOnList(filter, 'p', look)} AND ${stands(filter, 'p', look)}`,
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

function textParts(filter: PeopleFilter, look: Look): Part[] {
  const { projectId, words } = filter;
  const rest = sql`${isOnList(filter, 'u', look)} AND ${stands(filter, 'u', look)}`;
  const usersWith = (condition: Part) =>
    sql`SELECT u.lane, u.id FROM users u WHERE ${inLanes('u', look)} AND u.project_id = ${projectId}
      AND ${condition} AND ${rest}`;
  const among = (refs: readonly UserRef[]) =>
    usersWith(sql`(u.lane, u.id) IN (SELECT * FROM unnest(
      ${refs.map(({ lane }) => lane)}::smallint[], ${refs.map(({ id }) => id)}::bigint[]))`);
  // Where nothing else is asked of them, the identities alone say who they are.
  const isAll = filter.listId === null && filter.standing === null;
  const identified = (kind: IdentityKind, start: string, others: Part | null) => {
    if (look !== 'allLanes') return sql`${among(look.identified(kind, start))} AND ${others ?? sql`true`}`;
    if (others === null && isAll)
      return sql`SELECT i.user_lane AS lane, i.user_id AS id FROM identity i WHERE ${beginsSo(projectId, kind, start)}`;
    return sql`SELECT u.lane, u.id FROM identity i JOIN users u ON u.lane = i.user_lane AND u.id = i.user_id
          WHERE ${beginsSo(projectId, kind, start)} AND ${others ?? sql`true`} AND ${rest}`;
  };
  const queries = words.map((word) => wordQuery(projectId, word));
  const byWords = queries.every((query) => query !== null)
    ? [usersWith(sql`u.search_words @@ ${queries.join(' & ')}::tsquery`)]
    : [];
  const byIdentity = identitiesOf(filter).map(({ kind, start, word }) => {
    const others = word === null ? [] : words.filter((each) => each !== word);
    return identified(
      kind,
      start,
      others.length === 0 ? null : all(others.map((each) => hasWord(projectId, each))),
    );
  });
  return [...byWords, ...byIdentity, ...numberEnds(filter).map(usersWith), among(filter.holders)];
}

/** Which identities the filter's texts may begin; `word` is the one that is looked for so, null for a number. */
function identitiesOf({
  words,
  numberStarts,
}: PeopleFilter): { kind: IdentityKind; start: string; word: string | null }[] {
  return [
    ...words.flatMap((word) => [
      { kind: 'email' as const, start: word, word },
      ...[...new Set([word, word.toUpperCase()])].flatMap((start) =>
        (['externalId', 'whatsApp'] as const).map((kind) => ({ kind, start, word })),
      ),
    ]),
    ...numberStarts.map((start) => ({ kind: 'phone' as const, start, word: null })),
  ];
}

/** SQL: a row of `identity i`, in whatever lane, is of this kind and begins so. */
const beginsSo = (projectId: number, kind: IdentityKind, start: string) =>
  sql`${inLanes('i', 'allLanes')} AND i.project_id = ${projectId} AND i.kind = ${kind}
    AND i.value >= ${start} AND i.value < ${start + last}`;

/** On a cluster: who has the identities that the filter's texts begin, by their lane. They lie in lanes of their own. */
export async function readIdentified(
  db: Database,
  filter: PeopleFilter,
): Promise<(lane: number) => Identified> {
  const asked = identitiesOf(filter);
  const answers = await sendTogether(db, (send) =>
    Promise.all(
      asked.map(({ kind, start }) =>
        send(sql<UserRef>`
          SELECT i.user_lane AS lane, i.user_id AS id FROM identity i WHERE ${beginsSo(filter.projectId, kind, start)}`),
      ),
    ),
  );
  const found = new Map(
    asked.map(({ kind, start }, index) => [
      `${kind} ${start}`,
      Map.groupBy(answers[index]!.rows, ({ lane }) => lane),
    ]),
  );
  return (lane) => (kind, start) => found.get(`${kind} ${start}`)?.get(lane) ?? [];
}

/** The last of all characters: what begins with a text is less than the text with this behind it. */
const last = '\u{10ffff}';
