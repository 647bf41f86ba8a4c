import { sql } from 'kysely';
import { type Asked, amongThem, type Part } from '../leaf-kind.ts';
import { earliest, later } from '../time/flips.sql.ts';
import type { Span } from '../time/window.ts';
import { numbersAt } from '../values/path.ts';
import { type History, type Measure, type Step, stepsOf } from './history.ts';
import { withPerson } from './with-person.sql.ts';

const purchase = { kind: 'purchase', name: 'purchase' } as const;

/** SQL: events of a name, or purchases. */
const isNamed = (alias: string, event: string | null): Part => {
  const { kind, name } = event === null ? purchase : { kind: 'custom', name: event };
  return sql`${sql.ref(`${alias}.name`)} = ${name} AND ${sql.ref(`${alias}.kind`)} = ${kind}`;
};

/** SQL: FROM and WHERE of the events that count, as `e`. What is still to come counts for nothing. */
function counting(history: History, of: Asked): Part {
  const { event, where, when, step, asksPerson } = history;
  return sql`FROM event e ${withPerson(asksPerson, of.lane, sql`e.user_id`)}
    WHERE e.lane = ${of.lane} AND e.project_id = ${of.projectId} AND ${isNamed('e', event)}
      AND e.happened_at <= ${of.now}::timestamptz
      AND ${when?.holdsAt(sql`e.happened_at`, of.now, 'z') ?? sql`true`}
      AND ${where?.holds(sql`e.data`, of, 'z', 0) ?? sql`true`} ${step ? sql`AND ${follows(step, of, 'z')}` : sql``}`;
}

/** SQL: whether something came after the event of an alias, and what is to come after that; of what is missing the time for it is over. */
function follows(
  { event, where, within, isMissing, next }: Step,
  of: Asked,
  users: 'u' | 'z',
  before = 'e',
  number = 1,
): Part {
  const alias = `f${number}`;
  const column = (name: string) => sql.ref(`${alias}.${name}`);
  const since = sql.ref(`${before}.happened_at`);
  const latest = within && later(since, within.milliseconds);
  const came = sql`EXISTS (SELECT 1 FROM event ${sql.ref(alias)}
    WHERE ${column('lane')} = ${of.lane} AND ${column('project_id')} = ${of.projectId}
      AND ${column('user_id')} = ${sql.ref(`${before}.user_id`)} AND ${isNamed(alias, event)}
      AND ${column('happened_at')} > ${since} AND ${column('happened_at')} <= ${of.now}::timestamptz
      ${latest ? sql`AND ${column('happened_at')} <= ${latest}` : sql``}
      AND ${where?.holds(column('data'), of, users, 0) ?? sql`true`}
      ${next ? sql`AND ${follows(next, of, users, alias, number + 1)}` : sql``})`;
  return isMissing && latest ? sql`(${latest} <= ${of.now}::timestamptz AND NOT ${came})` : came;
}

/** SQL: whether what somebody of `users u` did is as it is asked. */
export function historyHolds(history: History, of: Asked): Part {
  const { measure } = history;
  const holdsOfNone =
    'test' in measure && (measure.kind === 'times' || measure.kind === 'sum') && measure.test.holds(0);
  const found = sql`u.id IN (SELECT e.user_id ${fromWhere(history, of)} ${grouped(history, of, holdsOfNone)})`;
  return holdsOfNone ? sql`NOT ${found}` : found;
}

function fromWhere(history: History, of: Asked): Part {
  const { measure } = history;
  const rows = sql`${counting(history, of)} ${amongThem(of, sql`e.user_id`)}`;
  if (!('path' in measure)) return rows;
  return sql`FROM (SELECT e.user_id, n.v ${joined(rows, measure)}) e`;
}

/** SQL: the events with the numbers of a field, as rows of their own. */
function joined(rows: Part, { path }: Extract<Measure, { path: unknown }>): Part {
  return sql`FROM (SELECT e.user_id, e.data ${rows}) e LEFT JOIN LATERAL ${numbersAt(sql`e.data`, path)} ON true`;
}

/** SQL: the end of the set: of whom it holds, or where it holds of those without any too, of whom it does not. */
function grouped({ measure, asksPerson }: History, of: Asked, isTurned: boolean): Part {
  if (measure.kind === 'times' && measure.test.stored.atLeast === 1) return sql``;
  if (measure.kind === 'times' && measure.test.stored.is === 0) return sql``;
  const by = asksPerson && 'when' in measure ? sql`GROUP BY e.user_id, z.place_key` : sql`GROUP BY e.user_id`;
  const holds = measured(measure, of);
  return sql`${by} HAVING ${isTurned ? sql`NOT ${holds}` : holds}`;
}

const numeric = (of: number) => sql`${of}::numeric`;

/** SQL: whether the events of one person are as they are asked. */
function measured(measure: Measure, of: Asked): Part {
  if ('when' in measure)
    return measure.when.holdsAt(
      measure.kind === 'first' ? sql`min(e.happened_at)` : sql`max(e.happened_at)`,
      of.now,
      'z',
    );
  const { test } = measure;
  if (measure.kind === 'times') return sql`(${test.sql(sql`count(*)`, numeric)})`;
  if (measure.kind === 'sum') return sql`(${test.sql(sql`coalesce(sum(e.v), 0)`, numeric)})`;
  // Not divided, so that nothing is rounded.
  if (measure.kind === 'average')
    return sql`(count(e.v) > 0 AND ${test.sql(sql`sum(e.v)`, (number) => sql`${number}::numeric * count(e.v)`)})`;
  const found = measure.kind === 'least' ? sql`min(e.v)` : sql`max(e.v)`;
  return sql`coalesce(${test.sql(found, numeric)}, false)`;
}

/** SQL: what somebody of `users u` did, as jsonb. */
export function historyShown(history: History, of: Asked): Part {
  const own = sql`${counting(history, of)} AND e.user_id = u.id`;
  const times = sql`(SELECT jsonb_build_object('times', count(*), 'first', min(e.happened_at), 'last', max(e.happened_at)) ${own})`;
  const { measure } = history;
  if (!('path' in measure)) return times;
  const value = {
    sum: sql`coalesce(sum(e.v), 0)`,
    average: sql`avg(e.v)`,
    least: sql`min(e.v)`,
    most: sql`max(e.v)`,
  }[measure.kind];
  return sql`(${times} || jsonb_build_object(${measure.kind}::text,
    (SELECT ${value} FROM (SELECT e.user_id, n.v ${joined(own, measure)}) e)))`;
}

/** SQL: when what somebody of `users u` did may be otherwise than it is, by time alone, the next time; null for never. */
export function historyFlips({ event, where, when, step, measure }: History, of: Asked): Part {
  const now = sql`${of.now}::timestamptz`;
  const at = sql`e.happened_at`;
  const isInTime = sql`(${at} <= ${now} AND ${when?.holdsAt(at, of.now, 'u') ?? sql`true`})`;
  const isMeant = sql`(${isInTime} AND ${where?.holds(sql`e.data`, of, 'u', 0) ?? sql`true`})`;
  const counts = step ? sql`(${isMeant} AND ${follows(step, of, 'u')})` : isMeant;
  // What is true while there is one flips when the last one goes; else it may with each.
  const isWhileAny =
    measure.kind === 'times' && (measure.test.stored.atLeast === 1 || measure.test.stored.is === 0);
  const leaves = when?.flips?.(at, of.now, 'u');
  const waits = step?.isMissing && step.within && later(at, step.within.milliseconds);
  const measured =
    'when' in measure &&
    measure.when.flips?.(
      measure.kind === 'first'
        ? sql`(min(${at}) FILTER (WHERE ${counts}))`
        : sql`(max(${at}) FILTER (WHERE ${counts}))`,
      of.now,
      'u',
    );
  const own = [
    ...(leaves
      ? [
          isWhileAny
            ? sql`max(${leaves}) FILTER (WHERE ${counts})`
            : sql`min(${leaves}) FILTER (WHERE ${isMeant})`,
        ]
      : []),
    ...(where?.flips ? [sql`min(${where.flips(sql`e.data`, of, 'u', 0)}) FILTER (WHERE ${isInTime})`] : []),
    ...(waits ? [sql`min(${waits}) FILTER (WHERE ${isMeant} AND ${waits} > ${now})`] : []),
    ...(measured ? [measured] : []),
  ];
  const named = (alias: 'e' | 'f', name: string | null) =>
    sql`FROM event ${sql.ref(alias)} WHERE ${sql.ref(`${alias}.lane`)} = ${of.lane} AND ${sql.ref(`${alias}.user_id`)} = u.id
      AND ${isNamed(alias, name)}`;
  /** When the time is over in which nothing was to come after any of these. */
  const waitingFor = (name: string | null, { milliseconds }: Span) => {
    const over = later(sql`f.happened_at`, milliseconds);
    return sql`(SELECT min(${over}) FILTER (WHERE ${over} > ${now}) ${named('f', name)} AND f.happened_at <= ${now})`;
  };
  // What is still to come, as it was said, counts from then on.
  const coming = (alias: 'e' | 'f', name: string | null) =>
    sql`(SELECT min(${sql.ref(`${alias}.happened_at`)}) ${named(alias, name)} AND ${sql.ref(`${alias}.happened_at`)} > ${now})`;
  const found = earliest([
    coming('e', event),
    own.length > 0 ? sql`(SELECT ${earliest(own)} ${named('e', event)} AND ${at} <= ${now})` : null,
    ...stepsOf(step).flatMap((each) => [
      coming('f', each.event),
      each.where?.flips
        ? sql`(SELECT min(${each.where.flips(sql`f.data`, of, 'u', 0)}) ${named('f', each.event)} AND f.happened_at <= ${now})`
        : null,
      each.next?.isMissing && each.next.within ? waitingFor(each.event, each.next.within) : null,
    ]),
  ]);
  return found ?? sql`NULL`;
}
