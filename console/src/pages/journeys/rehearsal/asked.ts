import type { AskedRehearsal } from '../../../api/journey-rehearsals.ts';
import type { Part } from '../../segments/definition.ts';

export type Length = { minutes: number } | { hours: number };
type Supposing = NonNullable<AskedRehearsal['supposing']>;

/** How many do something, and within how long. */
export interface Chance {
  share: number;
  within: Length;
}

/** What the calls of a tile come to: how many of a hundred fail, and what the others answer. */
export interface CallAnswer {
  failed: number;
  answer: Part;
}

/** What is asked to be rehearsed, as it stands in the form. */
export interface Asked {
  who: 'recorded' | 'everybody' | 'some' | 'named';
  daysBack: number;
  listIds: number[];
  segmentIds: number[];
  /** Each by email or userId. */
  people: readonly string[];
  fields: Part;
  over: Length;
  days: number;
  /** Only what somebody has said; by the place of the occurrence. */
  chances: Readonly<Record<string, Chance>>;
  /** The same, by tile. */
  calls: ReadonlyMap<string, CallAnswer>;
}

const dayMs = 86_400_000;

/** What the API is asked for. */
export function bodyOf(
  { who, daysBack, listIds, segmentIds, people, fields, over, days, chances, calls }: Asked,
  version: number | null,
  now: number,
): AskedRehearsal {
  const of = {
    everybody: { everybody: true as const },
    some: { ...(listIds.length > 0 && { listIds }), ...(segmentIds.length > 0 && { segmentIds }) },
    named: { people: [...people] },
  };
  const hasFields = Object.keys(fields).length > 0;
  const chosen = Object.entries(chances).reduce(
    (all, [key, chance]) => withChance(all, JSON.parse(key) as string[], chance),
    {} as Supposing,
  );
  const supposing: Supposing = calls.size > 0 ? { ...chosen, webhooks: Object.fromEntries(calls) } : chosen;
  return {
    ...(version !== null && { version }),
    entries:
      who === 'recorded'
        ? { recorded: { from: now - daysBack * dayMs } }
        : { supposed: { ...of[who], over, ...(hasFields && { fields: { ...fields } }) } },
    ...(Object.keys(supposing).length > 0 && { supposing }),
    days,
  };
}

/** What is supposed with one chance put where it stands. */
function withChance(all: Supposing, [step = '', ...deeper]: readonly string[], chance: Chance): Supposing {
  if (deeper.length === 0) return { ...all, [step]: chance };
  const parts: Readonly<Record<string, Supposing>> = all as Record<string, Supposing>;
  const part = Object.hasOwn(parts, step) ? parts[step] : undefined;
  return { ...all, [step]: withChance(part ?? {}, deeper, chance) };
}
