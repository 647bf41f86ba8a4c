import type { FollowedJourney } from '../definition/journey.ts';
import { earlierEntries } from '../enter/entries.sql.ts';
import type { Caused } from '../triggers/trigger-kind.ts';
import { type ImaginedPerson, type NextThing, nextOf, type Teller } from './imagined-person.ts';
import { type Coming, openWalker } from './people-walker.ts';
import { recordOf } from './record.sql.ts';
import { mostThings, type RehearsalGround } from './rehearsal-ground.ts';

/**
 * Has people of one lane go through a journey, to the end of the virtual time: by the engine's own rules, with nothing written. Each person goes along a
 * virtual time of their own; what comes next to each of them is looked at together. What becomes of them is told as it comes; of what is past nothing is kept.
 * Answers whether they came to the end: false where `goesOn` said no.
 */
export async function rehearsePeople(
  ground: RehearsalGround,
  lane: number,
  entering: ReadonlyMap<number, readonly Caused[]>,
  teller: Teller,
): Promise<boolean> {
  const { db, journey, until, recordedUntil, goesOn } = ground;
  const userIds = [...entering.keys()];
  const earlier = ground.countsEarlier ? await earlierEntries(db, lane, journey.id, userIds) : [];
  const earlierByUser = Map.groupBy(earlier, ({ userId }) => userId);
  const first = [...entering.values()].reduce(
    (least, [caused]) => Math.min(least, caused?.at.getTime() ?? least),
    Number.POSITIVE_INFINITY,
  );
  const record =
    first < recordedUntil.getTime()
      ? await recordOf(
          db,
          { projectId: journey.projectId, lane },
          heardBy(journey),
          userIds,
          { from: new Date(first), until: recordedUntil },
          mostThings,
        )
      : new Map();
  const walker = openWalker(ground, lane, teller);
  let open = [...entering].map(
    ([userId, entries]): ImaginedPerson => ({
      ...{ userId, entries, nextEntry: 0, record: record.get(userId) ?? [], nextOnRecord: 0 },
      entered: new Map(earlierByUser.get(userId)?.map((each) => [each.key, each])),
      ...{ passages: [], begun: 0, sent: [], things: 0 },
    }),
  );
  while (open.length > 0) {
    if (goesOn && !(await goesOn())) return false;
    const coming = open.flatMap((person) => {
      const next = nextOf(person);
      if (next === null || next.at >= until.getTime()) walker.end(person);
      else if (++person.things > mostThings || person.nextOnRecord >= mostThings) walker.cutShort(person);
      else return [{ person, next }];
      return [];
    });
    const of = <Kind extends NextThing['kind']>(kind: Kind) =>
      coming.filter(({ next }) => next.kind === kind) as Coming<Kind>[];
    await walker.hear(of('record'));
    walker.leaveAsSupposed(of('exit'));
    await walker.enter(of('entry'));
    await walker.look(of('look'));
    open = coming.map(({ person }) => person);
  }
  return true;
}

/** What is heard by tiles and exit rules. */
const heardBy = ({ tiles, exits }: FollowedJourney): Set<string> =>
  new Set([...[...tiles.values()].flatMap(({ hears }) => hears), ...exits.flatMap(({ hears }) => hears)]);
