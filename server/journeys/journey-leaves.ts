import { sql } from 'kysely';
import { Type } from 'typebox';
import { rowId } from '../http/schemas.ts';
import {
  type Asked,
  amongThem,
  type Condition,
  type LeafKind,
  leafKind,
  type Part,
  type ReadingGround,
  type Reference,
  strict,
} from '../segments/leaf-kind.ts';
import { withPerson } from '../segments/leaves/with-person.sql.ts';
import { readWhen, whenSchema } from '../segments/time/window.sql.ts';
import { nameOf } from '../segments/words.ts';
import { journeysAmong } from './journeys.sql.ts';
import { leaveReasons, wordsOfLeaving } from './runs/run.ts';

/** Where and when passages stand that count: SQL of rows `p` with `user_id` and `at`, of one lane and journey. */
type Passages = (of: Pick<Asked, 'lane' | 'projectId'>) => Part;

const journeyId = rowId;

const ofTable =
  (table: 'journey_run' | 'journey_run_ended', at: string, id: number, more: Part = sql``): Passages =>
  ({ lane, projectId }) =>
    sql`SELECT r.user_id, ${sql.ref(`r.${at}`)} AS at FROM ${sql.table(table)} r
    WHERE r.lane = ${lane} AND r.project_id = ${projectId} AND r.journey_id = ${id} ${more}`;

/** A condition on when passages began or ended. */
function conditionOf(
  id: number,
  stored: object,
  passages: Passages,
  { when, stored: storedWhen }: ReturnType<typeof readWhen>,
  words: (journey: string) => string,
  why = '',
): Condition {
  const refersTo: Reference[] = [{ kind: 'journey', id }];
  const counting = (
    of: Asked,
  ) => sql`FROM (${passages(of)}) p ${withPerson(when?.asksPerson, of.lane, sql`p.user_id`)}
    WHERE p.at <= ${of.now}::timestamptz AND ${when?.holdsAt(sql`p.at`, of.now, 'z') ?? sql`true`}`;
  return {
    stored: { journeyId: id, ...stored, ...storedWhen },
    refersTo,
    sentence: (names) =>
      `they ${words(`the journey ${nameOf(refersTo[0]!, names)}`)}${when ? ` ${when.words}` : ''}${why}`,
    holds: (of) => sql`u.id IN (SELECT p.user_id ${counting(of)} ${amongThem(of, sql`p.user_id`)})`,
    flipsAt: (of) => {
      const goes = when?.flips?.(sql`p.at`, of.now, 'u');
      const isInTime = sql`p.at <= ${of.now}::timestamptz AND ${when?.holdsAt(sql`p.at`, of.now, 'u') ?? sql`true`}`;
      return sql`(SELECT least(min(p.at) FILTER (WHERE p.at > ${of.now}::timestamptz)
          ${goes ? sql`, max(${goes}) FILTER (WHERE ${isInTime})` : sql``}
          ${goes ? sql`, min(${goes}) FILTER (WHERE NOT (${isInTime}))` : sql``})
        FROM (${passages(of)}) p WHERE p.user_id = u.id)`;
    },
    hears: [`journey:${id}`, ...(when?.asksPerson ? ['place'] : [])],
    shows: (of) => sql`(SELECT jsonb_build_object('times', count(*), 'first', min(p.at), 'last', max(p.at))
      ${counting(of)} AND p.user_id = u.id)`,
    remarks: () => [],
  };
}

/** Being inside a journey now. */
const inJourney = leafKind(
  'inJourney',
  strict({ journeyId }, 'Inside this journey now'),
  ({ journeyId: id }) => {
    const passages = ofTable('journey_run', 'entered_at', id);
    const none = { when: null, stored: {} };
    return {
      ...conditionOf(id, {}, passages, none, (journey) => `are inside ${journey}`),
      flipsAt: () => null,
    };
  },
);

/** Having entered a journey, whether one is inside still or not. */
const enteredJourney = leafKind(
  'enteredJourney',
  strict(
    { journeyId, ...whenSchema },
    'Entered this journey, whether they are inside still or not; during: then',
  ),
  (leaf, place: string, ground: ReadingGround) => {
    const { journeyId: id } = leaf;
    const [now, before] = [
      ofTable('journey_run', 'entered_at', id),
      ofTable('journey_run_ended', 'entered_at', id),
    ];
    const passages: Passages = (of) => sql`${now(of)} UNION ALL ${before(of)}`;
    return conditionOf(id, {}, passages, readWhen(leaf, place, ground), (journey) => `entered ${journey}`);
  },
);

/** Having left a journey, for some reasons or for any. */
const leftJourney = leafKind(
  'leftJourney',
  strict(
    {
      journeyId,
      reasons: Type.Optional(
        Type.Array(Type.Enum([...leaveReasons]), {
          minItems: 1,
          uniqueItems: true,
          description: 'Why they left; for any reason unless told',
        }),
      ),
      ...whenSchema,
    },
    'Left this journey, for one of these reasons; during: then',
  ),
  (leaf, place: string, ground: ReadingGround) => {
    const { journeyId: id, reasons } = leaf;
    const passages = ofTable(
      'journey_run_ended',
      'left_at',
      id,
      reasons ? sql`AND r.reason = ANY (${reasons}::text[])` : sql``,
    );
    const why = reasons ? `, since they ${reasons.map((each) => wordsOfLeaving[each]).join(' or ')}` : '';
    const words = (journey: string) => `left ${journey}`;
    const when = readWhen(leaf, place, ground);
    return conditionOf(id, reasons ? { reasons } : {}, passages, when, words, why);
  },
);

/** Conditions on where people stand with journeys. */
export const journeyLeaves: readonly LeafKind[] = [
  { ...inJourney, thingsOf: journeysAmong },
  enteredJourney,
  leftJourney,
];
