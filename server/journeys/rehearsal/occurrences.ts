import type { JourneyDocument } from '../definition/journey.ts';
import type { Occurrence } from '../definition/tile-kind.ts';
import { type Chance, fillSupposing, type MessageChance } from './supposing.ts';

/** Something of which it can be said how many people do it. */
export interface Supposable {
  /** Where it stands in `supposing`: `["click"]`, `["events", "viewed"]`, `["waits", "answer", "yes"]`. */
  place: string[];
  /** The tiles and exit rules that hear of it. */
  heardAt: string[];
  /** What is supposed unless told. */
  chance: Chance;
}

/** The events, by name, that tiles and exit rules hear of as such, and that may be supposed. Pure. */
export const heardEvents = ({ tiles, exits }: Pick<JourneyDocument, 'tiles' | 'exits'>): string[] => [
  ...new Set([
    ...[...tiles.values()].flatMap(({ awaits }) =>
      (awaits?.occurrences ?? []).flatMap(({ what }) =>
        what.startsWith(ofEvent) ? [what.slice(ofEvent.length)] : [],
      ),
    ),
    ...exits.flatMap(({ event }) => (event?.kind === 'custom' ? [event.name] : [])),
  ]),
];

const ofEvent = 'event:';

/** All that people may do in a journey and a rehearsal has to suppose; `seen` are shares as messages of the project had them. Pure. */
export function supposableOf(
  { tiles, exits }: Pick<JourneyDocument, 'tiles' | 'exits'>,
  seen: Record<MessageChance, number | null>,
): Supposable[] {
  const { messages, purchase, becomes } = fillSupposing({}, seen);
  const unknown = purchase;
  const chanceOf = (what: Occurrence): Chance => {
    if (what === 'purchase' || what === 'becomes') return { purchase, becomes }[what];
    return Object.hasOwn(messages, what) ? messages[what as MessageChance] : unknown;
  };
  const heard = [
    ...[...tiles].flatMap(([id, { awaits }]) =>
      (awaits?.occurrences ?? []).map(({ way, what }) => ({ at: id, what, way })),
    ),
    ...exits.flatMap(({ name, event }) => {
      const what: Occurrence | null =
        event && (event.kind === 'purchase' ? 'purchase' : `event:${event.name}`);
      return what === null ? [] : [{ at: name, what, way: '' }];
    }),
  ];
  const found = new Map<string, Supposable>();
  for (const { at, what, way } of heard) {
    const place =
      what === 'certainReply'
        ? ['waits', at, way]
        : what.startsWith(ofEvent)
          ? ['events', what.slice(ofEvent.length)]
          : [what];
    const key = JSON.stringify(place);
    const known = found.get(key) ?? { place, heardAt: [], chance: chanceOf(what) };
    if (!known.heardAt.includes(at)) known.heardAt.push(at);
    found.set(key, known);
  }
  return [...found.values()];
}
