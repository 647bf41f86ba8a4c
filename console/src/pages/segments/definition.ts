import { randomKey } from '../../words/random-key.ts';

/** A part of a definition as JSON: a group, or a condition of a kind. */
export type Part = Readonly<Record<string, unknown>>;
/** What a condition of a kind says. */
export type Leaf = Readonly<Record<string, unknown>>;

export const groupKinds = ['all', 'any', 'none'] as const;
export type GroupKind = (typeof groupKinds)[number];

/** The kind of a group; null for a condition. */
export const groupOf = (part: Part): GroupKind | null => groupKinds.find((kind) => kind in part) ?? null;

/** What a group holds. */
export function partsOf(part: Part, kind: GroupKind): Part[] {
  const parts = part[kind];
  return Array.isArray(parts) ? parts.filter(isPart) : [];
}

export const isPart = (value: unknown): value is Part =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The kind of a condition, and what it says; of one whose JSON is half written `unread` is the text. */
export function leafOf(part: Part): { kind: string; leaf: Leaf; unread: string | null } {
  const [[kind, leaf] = ['field', {}]] = Object.entries(part);
  return { kind, leaf: isPart(leaf) ? leaf : {}, unread: typeof leaf === 'string' ? leaf : null };
}

/** A definition as the builder holds it, which begins with a group: one condition alone means the same in one. */
export function asGroup(definition: unknown): Part {
  const part = isPart(definition) ? definition : {};
  if (groupOf(part)) return part;
  return { all: Object.keys(part).length === 0 ? [] : [part] };
}

const keys = new WeakMap<Part, string>();

/** What a part is told apart by among others; it stays while the part is changed. */
export function keyOf(part: Part): string {
  const key = keys.get(part) ?? randomKey();
  keys.set(part, key);
  return key;
}

/** What stands in the place of a part that was changed. */
function inPlaceOf(before: Part, after: Part): Part {
  keys.set(after, keyOf(before));
  return after;
}

/** Changes the part at a place (`definition.all.0`), to nothing where it is to go. */
export type ChangePart = (place: string, change: (part: Part) => Part | null) => void;

/** A definition with the part at a place changed; the whole cannot go. */
export const withChanged = (whole: Part, place: string, change: (part: Part) => Part | null): Part =>
  changed(whole, place.split('.').slice(1), change) ?? whole;

function changed(
  part: Part,
  [name, index, ...deeper]: readonly string[],
  change: (part: Part) => Part | null,
): Part | null {
  const kind = groupKinds.find((each) => each === name);
  if (!kind) {
    const next = change(part);
    return next && inPlaceOf(part, next);
  }
  const parts = partsOf(part, kind);
  const at = Number(index);
  const one = parts[at];
  if (!one) return part;
  const next = changed(one, deeper, change);
  return inPlaceOf(part, { [kind]: next ? parts.with(at, next) : parts.toSpliced(at, 1) });
}

/** The conditions of a definition by their places: `definition.all.0.event`. */
export function conditionsIn(part: Part, place = 'definition'): [string, Part][] {
  const kind = groupOf(part);
  if (!kind) return [[`${place}.${leafOf(part).kind}`, part]];
  return partsOf(part, kind).flatMap((each, index) => conditionsIn(each, `${place}.${kind}.${index}`));
}

/** What a condition of each kind begins with, and what it is for. */
export const beginnings: Readonly<Record<string, { label: string; hint: string; leaf: Leaf }>> = {
  field: {
    ...{ label: 'Profile field', hint: 'City, birthday, plan: what is kept of them' },
    leaf: { path: '', is: '' },
  },
  event: {
    ...{ label: 'Event', hint: 'What they did, or did not' },
    leaf: { name: '', times: { atLeast: 1 }, during: { last: { days: 30 } } },
  },
  purchase: {
    ...{ label: 'Purchase', hint: 'What they bought, how often, for how much' },
    leaf: { times: { atLeast: 1 }, during: { last: { days: 90 } } },
  },
  list: { ...{ label: 'List', hint: 'Who is on a list' }, leaf: { ids: [] } },
  segment: { ...{ label: 'Another segment', hint: 'Who is of a segment that is there' }, leaf: {} },
  subscription: {
    ...{ label: 'Subscription', hint: 'What they agreed to, or opted out of' },
    leaf: { status: 'subscribed' },
  },
  reach: {
    ...{ label: 'May be written to', hint: 'Whom a message would reach' },
    leaf: { medium: 'sms' },
  },
  place: { ...{ label: 'Place', hint: 'Country, region, time zone, distance' }, leaf: { country: [] } },
  message: {
    ...{ label: 'Message', hint: 'What they got, read, clicked; of which campaign' },
    leaf: { what: 'clicked', during: { last: { days: 30 } } },
  },
  inJourney: { ...{ label: 'In a journey', hint: 'Who is inside a journey now' }, leaf: {} },
  enteredJourney: {
    ...{ label: 'Entered a journey', hint: 'Who came into a journey, and when' },
    leaf: { during: { last: { days: 30 } } },
  },
  leftJourney: {
    ...{ label: 'Left a journey', hint: 'Who left a journey, why and when' },
    leaf: { during: { last: { days: 30 } } },
  },
  share: {
    ...{ label: 'Random share', hint: 'Ten per cent of all, for a test' },
    leaf: { salt: 'a', from: 0, to: 10 },
  },
};

/** What a condition is called. */
export const kindWords = (kind: string): string => beginnings[kind]?.label ?? kind;

/** A definition to begin with: nothing is said yet. */
export const blankDefinition: Part = { all: [] };

/** How the parts of a group are bound, as one reads it. */
export const groupWords: Record<GroupKind, { label: string; between: string }> = {
  all: { label: 'All of these are true', between: 'and' },
  any: { label: 'At least one of these is true', between: 'or' },
  none: { label: 'None of these is true', between: 'nor' },
};

/** Whether a leaf says nothing but what a form shows; else it is shown as JSON. */
export const saysOnly = (leaf: Leaf, names: readonly string[]): boolean =>
  Object.keys(leaf).every((name) => names.includes(name));

/** The conditions of a group of comparisons, as a form shows them: how they are bound, and each; null for what is nested. */
export function comparisonsOf(conditions: unknown): { kind: 'all' | 'any'; each: Leaf[] } | null {
  if (conditions === undefined) return { kind: 'all', each: [] };
  if (!isPart(conditions)) return null;
  const kind = groupOf(conditions);
  if (!kind) return { kind: 'all', each: [conditions] };
  const each = partsOf(conditions, kind);
  return kind === 'none' || each.some(groupOf) ? null : { kind, each };
}

/** What is still to be said before a definition can be asked; null where all is. */
export function missingIn(part: Part): string | null {
  const kind = groupOf(part);
  if (kind) {
    const parts = partsOf(part, kind);
    if (parts.length === 0) return 'Add a condition';
    return firstOf(parts.map(missingIn));
  }
  const { kind: of, leaf, unread } = leafOf(part);
  if (unread !== null) return 'Mend the JSON';
  switch (of) {
    case 'field':
      return missingInComparison(leaf, 'Name the field');
    case 'event':
    case 'purchase':
      return missingInHistory(of, leaf);
    case 'list':
      return isNone(leaf.ids) ? 'Choose a list' : missingInWindow(leaf.during);
    case 'segment':
      return leaf.id === undefined ? 'Choose a segment' : null;
    case 'subscription':
      if (leaf.channelId === undefined && leaf.messageTypeId === undefined)
        return 'Choose a channel or a message type';
      return isNone(leaf.methods) ? 'Say by which means' : missingInWindow(leaf.during);
    case 'place': {
      if (isPart(leaf.near)) return isBlank(leaf.near.path) ? 'Name the field that holds the place' : null;
      return ['country', 'region', 'timeZone'].some((name) => isNone(leaf[name])) ? 'Name a place' : null;
    }
    case 'message':
      return Object.values(leaf).some(isNone) ? 'Choose which messages' : missingInWindow(leaf.during);
    case 'inJourney':
    case 'enteredJourney':
    case 'leftJourney':
      if (leaf.journeyId === undefined) return 'Choose a journey';
      return isNone(leaf.reasons) ? 'Say why they left' : missingInWindow(leaf.during);
    case 'share':
      if (isBlank(leaf.salt)) return 'Name the draw';
      return Number(leaf.from) < Number(leaf.to) ? null : 'Let the share end after it begins';
    default:
      return null;
  }
}

/** A leaf without one of its names. */
export const without = (leaf: Leaf, name: string): Leaf =>
  Object.fromEntries(Object.entries(leaf).filter(([each]) => each !== name));

const isNone = (value: unknown) => Array.isArray(value) && value.length === 0;
/** A name or path of which nothing is written yet. */
const isBlank = (value: unknown) => [value].flat().every((each) => each === '' || each === undefined);
const firstOf = (missing: readonly (string | null)[]) => missing.find((each) => each !== null) ?? null;

function missingInComparison(comparison: Leaf, noPath: string): string | null {
  const { path, inCatalog, ...rest } = comparison;
  if (isBlank(path)) return noPath;
  if (isPart(inCatalog))
    return isBlank(inCatalog.catalog) ? 'Choose a catalog' : missingInConditions(inCatalog.where);
  const isUnsaid = Object.values(rest).some((value) => value === '' || isNone(value));
  return isUnsaid ? 'Give a value' : missingInWindow(rest.during);
}

/** The same of comparisons, as those of an event's fields. */
export const missingInConditions = (conditions: unknown): string | null =>
  firstOf((comparisonsOf(conditions)?.each ?? []).map((each) => missingInComparison(each, 'Name the field')));

const missingInWindow = (window: unknown): string | null =>
  isPart(window) && Object.values(window).every((each) => each === '' || each === undefined)
    ? 'Say from which day, or to which'
    : null;

const ofNumbers = ['sum', 'average', 'least', 'most'];

function missingInHistory(of: 'event' | 'purchase', leaf: Leaf): string | null {
  if (of === 'event' && isBlank(leaf.name)) return 'Name the event';
  const step = [leaf.followedBy, leaf.notFollowedBy].find(isPart);
  return firstOf([
    ...[leaf.during, leaf.first, leaf.last].map(missingInWindow),
    ...ofNumbers.map((name) => {
      const measure = leaf[name];
      return isPart(measure) && isBlank(measure.of) ? 'Name the field whose numbers count' : null;
    }),
    ...[leaf.where, leaf.item, step?.where].map(missingInConditions),
    step && step.purchase === undefined && isBlank(step.event) ? 'Name the event that comes after' : null,
  ]);
}
