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

/** The kind of a condition, and what it says. */
export function leafOf(part: Part): { kind: string; leaf: Leaf } {
  const [[kind, leaf] = ['field', {}]] = Object.entries(part);
  return { kind, leaf: isPart(leaf) ? leaf : {} };
}

/** What a condition of each kind begins with. */
export const beginnings: Readonly<Record<string, { label: string; leaf: Leaf }>> = {
  field: { label: 'Profile field', leaf: { path: 'city', is: '' } },
  event: { label: 'Event', leaf: { name: '', times: { atLeast: 1 }, during: { last: { days: 30 } } } },
  purchase: { label: 'Purchase', leaf: { times: { atLeast: 1 }, during: { last: { days: 90 } } } },
  list: { label: 'List', leaf: { ids: [] } },
  segment: { label: 'Another segment', leaf: {} },
  subscription: { label: 'Subscription', leaf: { status: 'subscribed' } },
  reach: { label: 'May be written to', leaf: { medium: 'sms' } },
  place: { label: 'Place', leaf: { country: ['US'] } },
  message: { label: 'Message', leaf: { what: 'clicked', during: { last: { days: 30 } } } },
  share: { label: 'Share by chance', leaf: { salt: 'a', from: 0, to: 10 } },
};

/** A definition to begin with. */
export const blankDefinition: Part = { all: [{ field: { path: 'city', is: '' } }] };

/** How the parts of a group are bound, as one reads it. */
export const groupWords: Record<GroupKind, { label: string; between: string }> = {
  all: { label: 'All of these are true', between: 'and' },
  any: { label: 'At least one of these is true', between: 'or' },
  none: { label: 'None of these is true', between: 'nor' },
};

/** Whether a leaf says nothing but what a form shows; else it is shown as JSON. */
export const saysOnly = (leaf: Leaf, names: readonly string[]): boolean =>
  Object.keys(leaf).every((name) => names.includes(name));

/** What is still to be said before a definition can be asked; null where all is. */
export function missingIn(part: Part): string | null {
  const kind = groupOf(part);
  if (kind)
    return (
      partsOf(part, kind)
        .map(missingIn)
        .find((missing) => missing !== null) ?? null
    );
  const { kind: of, leaf } = leafOf(part);
  switch (of) {
    case 'field':
      return missingInComparison(leaf, 'Name the field');
    case 'event':
    case 'purchase': {
      if (of === 'event' && leaf.name === '') return 'Name the event';
      const where = isPart(leaf.where) && Array.isArray(leaf.where.all) ? leaf.where.all : [];
      const missing = where
        .filter(isPart)
        .map((each) => missingInComparison(each, 'Name the field of the event'));
      return missing.find((each) => each !== null) ?? null;
    }
    case 'list':
      return isNone(leaf.ids) ? 'Choose a list' : null;
    case 'segment':
      return leaf.id === undefined ? 'Choose a segment' : null;
    case 'subscription':
      return leaf.channelId === undefined && leaf.messageTypeId === undefined
        ? 'Choose a channel or a message type'
        : null;
    case 'place':
      return ['country', 'region', 'timeZone'].some((name) => isNone(leaf[name])) ? 'Name a place' : null;
    default:
      return null;
  }
}

const isNone = (value: unknown) => Array.isArray(value) && value.length === 0;

function missingInComparison(comparison: Leaf, noPath: string): string | null {
  if (comparison.path === '') return noPath;
  return Object.values(comparison).some(isNone) ||
    comparison.on === '' ||
    comparison.before === '' ||
    comparison.after === ''
    ? 'Give a value'
    : null;
}
