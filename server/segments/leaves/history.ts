import { type Static, Type } from 'typebox';
import { type ReadingGround, refuse, requireFit, slot, strict } from '../leaf-kind.ts';
import { type When, whenOf, whenSchema } from '../time/window.sql.ts';
import { readSpan, readWindow, type Span, spanSchema, windowSchema } from '../time/window.ts';
import { readZone, storedZone, type Zone } from '../time/zone.ts';
import { type Conditions, readConditions } from '../values/conditions.ts';
import { type NumberTest, numberTest, readNumberTest } from '../values/number-test.ts';
import { type Path, pathSchema, pathWords, readPath } from '../values/path.ts';

/** What came later; what came after that stands in it. */
export const stepSchema = strict(
  {
    event: Type.Optional(Type.String({ minLength: 1, maxLength: 255, description: 'The name of an event' })),
    purchase: Type.Optional(Type.Literal(true)),
    where: Type.Optional(slot('conditions', 'What holds of its fields')),
    within: Type.Optional(spanSchema),
    followedBy: Type.Optional(slot('step', 'What came after this')),
    notFollowedBy: Type.Optional(slot('step', 'What did not come after this')),
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
  followedBy: Type.Optional(slot('step', 'What came after each that counts')),
  notFollowedBy: Type.Optional(slot('step', 'What did not come after each that counts')),
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
  /** What came after it. */
  next: Step | null;
  stored: object;
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
  const steps = stepsOf(step);
  const whens = [when, 'when' in measure ? measure.when : null];
  return {
    ...{ event, where, when, step, measure },
    asksPerson: [...whens, where, ...steps.map((each) => each.where)].some((part) => part?.asksPerson),
    stored: {
      ...asked,
      ...storedStep(step),
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
      path: readPath(of, `${place}.${kind}.of`),
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

/** Longer sequences are of more events than a database looks through for a person. */
const mostSteps = 10;

/** A step and all that come after it, in their order. */
export const stepsOf = (step: Step | null): Step[] => (step ? [step, ...stepsOf(step.next)] : []);

const storedStep = (step: Step | null): object =>
  step ? { [step.isMissing ? 'notFollowedBy' : 'followedBy']: step.stored } : {};

function readStep(
  { followedBy, notFollowedBy }: { followedBy?: unknown; notFollowedBy?: unknown },
  place: string,
  ground: ReadingGround,
  number = 1,
): Step | null {
  if (followedBy !== undefined && notFollowedBy !== undefined)
    throw refuse(place, 'has followedBy and notFollowedBy; put both into { "all": [] }');
  const given = followedBy === undefined ? notFollowedBy : followedBy;
  if (given === undefined) return null;
  const isMissing = notFollowedBy !== undefined;
  const at = `${place}.${isMissing ? 'notFollowedBy' : 'followedBy'}`;
  if (number > mostSteps) throw refuse(at, `is step ${number} of a sequence, which has ${mostSteps} at most`);
  ground.count(1, at);
  requireFit(stepSchema, given, at);
  if ((given.event === undefined) === (given.purchase === undefined))
    throw refuse(at, 'must have one of event and purchase');
  if (isMissing && !given.within)
    throw refuse(at, 'must say within: how long is waited for what does not come');
  const where = given.where === undefined ? null : readConditions(given.where, `${at}.where`, ground);
  const next = readStep(given, at, ground, number + 1);
  if (isMissing && next)
    throw refuse(at, 'says what came after what did not come; put that into a condition of its own');
  return {
    event: given.event ?? null,
    where,
    within: given.within ? readSpan(given.within, `${at}.within`) : null,
    ...{ isMissing, next },
    stored: { ...given, ...(where && { where: where.stored }), ...storedStep(next) },
  };
}

/** What somebody did, in words. */
export function historyWords({ event, where, when, step, measure }: History): string {
  const what = event === null ? 'bought' : `done “${event}”`;
  const things = event === null ? 'purchases' : `“${event}”`;
  const which = [
    ...(where ? [` where ${where.words}`] : []),
    ...(when ? [` ${when.words}`] : []),
    ...(step ? [stepWords(step)] : []),
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
  return `over their ${things}${which} the ${value} of ${pathWords(measure.path)} is ${measure.test.words}${none}`;
}

function stepWords({ event, where, within, isMissing, next }: Step): string {
  const what = event === null ? 'buying' : `“${event}”`;
  const which = where ? ` where ${where.words}` : '';
  const soon = within ? ` within ${within.words}` : '';
  if (isMissing) return `, with no ${what}${which} after it${soon}`;
  return ` and then ${what}${which}${soon}${next ? stepWords(next) : ''}`;
}

/** By which happenings what somebody did may become other than it is asked. */
export const heardOfHistory = ({ event, step, asksPerson }: History): string[] => [
  ...[event, ...stepsOf(step).map((each) => each.event)].map((name) =>
    name === null ? 'purchase' : `event:${name}`,
  ),
  ...['event', ...(asksPerson ? ['place'] : [])],
];
