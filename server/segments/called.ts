import { type NamedThing, type Names, referenceText, type Wanted } from './leaf-kind.ts';

/*
 * What files call things: by the name, where that is enough; else with what tells a thing from others of its name in brackets behind it: “Marketing (SMS
 * Marketing)” by the channel, “Regulars (7)” by the number where nothing else does.
 */

/** All that a thing may be called in a file, the plainest first. A message type has its name within its channel only. */
function callsOf({ kind, id, name, of }: NamedThing): string[] {
  return [
    ...(kind === 'messageType' ? [] : [name]),
    ...(of === null ? [] : [`${name} (${of})`]),
    `${name} (${id})`,
  ];
}

/** Those of a kind that a file means by what it calls them; what is archived only where nothing else is called so. Pure. */
export function thingsCalled(known: readonly NamedThing[], kind: string, called: string): NamedThing[] {
  const found = known.filter(
    (each) => each.kind === kind && (each.name === called || callsOf(each).includes(called)),
  );
  const standing = found.filter(({ isPutAway }) => !isPutAway);
  return standing.length > 0 ? standing : found;
}

/** The plainest that means a thing alone among all that are known. Pure. */
export function callOf(thing: NamedThing, known: readonly NamedThing[]): string {
  const calls = callsOf(thing);
  const isPlain = (call: string) => {
    const [only, ...more] = thingsCalled(known, thing.kind, call);
    return more.length === 0 && only?.id === thing.id;
  };
  return calls.find(isPlain) ?? calls.at(-1) ?? thing.name;
}

/** Those of its kind that bear the name in it, each as a file is to call it, to choose among. Pure. */
export function meantPerhaps(known: readonly NamedThing[], kind: string, called: string): string[] {
  const names = new Set(namesWithin(called));
  return known
    .filter((each) => each.kind === kind && !each.isPutAway && names.has(each.name))
    .map((each) => callOf(each, known));
}

/** The names that something may have which a file calls so: the whole, and what stands before each bracket. Pure. */
const namesWithin = (called: string): string[] => [
  called,
  ...[...called.matchAll(/ \(/g)].map(({ index }) => called.slice(0, index)),
];

/** What files call things, by `referenceText`; `find` asks for what a project has. What it has not is absent. */
export async function callsOfThings(
  find: (wanted: Wanted) => Promise<NamedThing[]>,
  ids: Wanted['ids'],
): Promise<Names> {
  const things = await find({ ids, names: [] });
  const known = await find({
    ids: [],
    names: things.flatMap((each) => callsWithin(each.kind, callsOf(each))),
  });
  return new Map(things.map((each) => [referenceText(each), callOf(each, known)]));
}

const callsWithin = (kind: string, calls: readonly string[]): Wanted['names'] =>
  calls.flatMap((call) => namesWithin(call).map((name) => ({ kind, name })));

/** What a project has of what a file may mean by its `names`: `{ "list:7": "Regulars" }`. */
export const thingsNamed = (
  find: (wanted: Wanted) => Promise<NamedThing[]>,
  ...names: readonly Readonly<Record<string, string>>[]
): Promise<NamedThing[]> =>
  find({
    ids: [],
    names: names.flatMap((each) =>
      Object.entries(each).flatMap(([reference, called]) =>
        callsWithin(reference.split(':')[0] ?? '', [called]),
      ),
    ),
  });
