import { type Static, Type } from 'typebox';
import { type ReadingGround, refuse, slot, strict } from '../leaf-kind.ts';
import { type When, whenOf, whenSchema } from '../time/window.sql.ts';
import { readSpan, readWindow, type Span, spanSchema, windowSchema } from '../time/window.ts';
import { readZone, storedZone, type Zone } from '../time/zone.ts';
import { type Conditions, readConditions } from '../values/conditions.ts';
import { type NumberTest, numberTest, readNumberTest } from '../values/number-test.ts';
import { type Path, pathSchema, readPath } from '../values/path.ts';

const stepSchema = strict(
  {
    event: Type.Optional(Type.String({ minLength: 1, maxLength: 255, description: 'The name of an event' })),
    purchase: Type.Optional(Type.Literal(true)),
    where: Type.Optional(slot('conditions', 'What holds of its fields')),
    within: Type.Optional(spanSchema),
  },
  'What the same person did later: an event of this name, or a purchase; within: no longer after',
);

const ofField = Type.Optional(
  strict({ of: pathSchema, ...numberTest }, 'Of a field’s numbers; other values are passed over'),
);

/** What events and purchases are asked alike, as properties of a schema. */
export const historySchema = {
  where: Type.Optional(slot('conditions', 'What holds of the fields of each that counts')),
  ...whenSchema,
  followedBy: Type.Optional(stepSchema),
  notFollowedBy: Type.Optional(stepSchema),
  times: Type.Optional(strict(numberTest, 'How often. At least once unless told; { "is": 0 } is never')),
  first: Type.Optional(windowSchema),
  last: Type.Optional(windowSchema),
  sum: ofField,
  average: ofField,
  least: ofField,
  most: ofField,
};

const schema = Type.Object(historySchema);
type Asked = Static<typeof schema>;

/** What is asked of the events that count. */
export type Measure =
  | { kind: 'times'; test: NumberTest }
  | { kind: 'first' | 'last'; when: When }
  | { kind: 'sum' | 'average' | 'least' | 'most'; path: Path; test: NumberTest };

/** What came after. */
export interface Step {
  /** Null for a purchase. */
  event: string | null;
  where: Conditions | null;
  within: Span | null;
  isMissing: boolean;
}

/** What somebody did, as it was read: the events that count, and what is asked of them. */
export interface History {
  /** Null for purchases. */
  event: string | null;
  where: Conditions | null;
  when: When | null;
  step: Step | null;
  measure: Measure;
  /** Whether it depends on the zone of the person. */
  asksPerson: boolean;
  stored: Omit<Asked, 'where'>;
}

/** Reads what is asked of events of a name, or of purchases (null); `where` was read by itself. @throws ApiError naming the place. */
export function readHistory(
  event: string | null,
  asked: Omit<Asked, 'where'>,
  where: Conditions | null,
  place: string,
  ground: ReadingGround,
): History {
  const zone = readZone(asked.zone, `${place}.zone`, ground);
  const when = asked.during ? whenOf(readWindow(asked.during, `${place}.during`), zone) : null;
  const measure = readMeasure(asked, place, zone);
  const step = readStep(asked, place, ground);
  ground.count((where?.size ?? 0) + (step?.where?.size ?? 0), place);
  const whens = [when, 'when' in measure ? measure.when : null];
  return {
    ...{ event, where, when, step, measure },
    asksPerson: [...whens, where, step?.where].some((part) => part?.asksPerson),
    stored: {
      ...asked,
      ...(step && { [step.isMissing ? 'notFollowedBy' : 'followedBy']: storedStep(asked, step) }),
      zone: whens.some((each) => each?.window.isOfDays) ? storedZone(zone) : undefined,
    },
  };
}

const ofFields = ['sum', 'average', 'least', 'most'] as const;

function readMeasure(asked: Omit<Asked, 'where'>, place: string, zone: Zone): Measure {
  const names = (['times', 'first', 'last', ...ofFields] as const).filter(
    (name) => asked[name] !== undefined,
  );
  if (names.length > 1) throw refuse(place, `asks for ${names.join(' and ')}; put both into { "all": [] }`);
  for (const kind of ['first', 'last'] as const) {
    const given = asked[kind];
    if (!given) continue;
    return { kind, when: whenOf(readWindow(given, `${place}.${kind}`), zone) };
  }
  for (const kind of ofFields) {
    const given = asked[kind];
    if (!given) continue;
    const { of, ...test } = given;
    return {
      kind,
      path: readPath(of),
      test: requireTest(readNumberTest(test, `${place}.${kind}`), `${place}.${kind}`),
    };
  }
  const times = asked.times ?? { atLeast: 1 };
  return { kind: 'times', test: requireTest(readNumberTest(times, `${place}.times`), `${place}.times`) };
}

function requireTest(test: NumberTest | null, place: string): NumberTest {
  if (test) return test;
  throw refuse(place, `must have one of ${Object.keys(numberTest).join(', ')}`);
}

function readStep(asked: Omit<Asked, 'where'>, place: string, ground: ReadingGround): Step | null {
  const { followedBy, notFollowedBy } = asked;
  if (followedBy && notFollowedBy)
    throw refuse(place, 'has followedBy and notFollowedBy; put both into { "all": [] }');
  const given = followedBy ?? notFollowedBy;
  if (!given) return null;
  const isMissing = notFollowedBy !== undefined;
  const at = `${place}.${isMissing ? 'notFollowedBy' : 'followedBy'}`;
  if ((given.event === undefined) === (given.purchase === undefined))
    throw refuse(at, 'must have one of event and purchase');
  if (isMissing && !given.within)
    throw refuse(at, 'must say within: how long is waited for what does not come');
  return {
    event: given.event ?? null,
    where: given.where === undefined ? null : readConditions(given.where, `${at}.where`, ground),
    within: given.within ? readSpan(given.within, `${at}.within`) : null,
    isMissing,
  };
}

function storedStep({ followedBy, notFollowedBy }: Omit<Asked, 'where'>, step: Step): object {
  return { ...(followedBy ?? notFollowedBy), ...(step.where && { where: step.where.stored }) };
}

/** What somebody did, in words. */
export function historyWords({ event, where, when, step, measure }: History): string {
  const what = event === null ? 'bought' : `done “${event}”`;
  const things = event === null ? 'purchases' : `“${event}”`;
  const which = [
    ...(where ? [` where ${where.words}`] : []),
    ...(step ? [stepWords(step)] : []),
    ...(when ? [` ${when.words}`] : []),
  ].join('');
  if (measure.kind === 'times') {
    const { is, atLeast } = measure.test.stored;
    if (is === 0) return `they have not ${what}${which}`;
    if (atLeast === 1) return `they have ${what}${which}`;
    const never = measure.test.holds(0) ? ' (or never)' : '';
    return `they have ${what} ${measure.test.words} ${measure.test.words === 'exactly 1' ? 'time' : 'times'}${never}${which}`;
  }
  if ('when' in measure)
    return `they have ${what}${which}, for the ${measure.kind} time ${measure.when.words}`;
  const value = { sum: 'sum', average: 'average', least: 'least', most: 'greatest' }[measure.kind];
  const none = measure.kind === 'sum' && measure.test.holds(0) ? ', where none counts as 0' : '';
  return `over their ${things}${which} the ${value} of ${measure.path.join('.')} is ${measure.test.words}${none}`;
}

function stepWords({ event, where, within, isMissing }: Step): string {
  const what = event === null ? 'buying' : `“${event}”`;
  const which = where ? ` where ${where.words}` : '';
  const soon = within ? ` within ${within.words}` : '';
  return isMissing ? `, with no ${what}${which} after it${soon}` : ` and then ${what}${which}${soon}`;
}

/** By which happenings what somebody did may become other than it is asked. */
export const heardOfHistory = ({ event, step, asksPerson }: History): string[] => [
  ...[event, ...(step ? [step.event] : [])].map((name) => (name === null ? 'purchase' : `event:${name}`)),
  ...['event', ...(asksPerson ? ['place'] : [])],
];
