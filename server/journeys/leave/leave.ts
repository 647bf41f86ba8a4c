import type { Database } from '../../database/connect.ts';
import type { Announce, Happening } from '../../http/happenings.ts';
import { heardAs } from '../../segments/live/heard-as.ts';
import { byLane } from '../../users/by-lane.ts';
import type { PublishedJourney } from '../definition/journey.ts';
import type { Where } from '../definition/tile-kind.ts';
import { keepRefused } from '../enter/entries.sql.ts';
import { holdInLine, leaveLine } from '../enter/line.sql.ts';
import type { Run } from '../runs/run.ts';
import type { Walked } from '../step/walk.ts';
import { writeTurn } from '../step/write-turn.ts';
import { type ExitRule, heldByEvents, heldByPeople } from './exit-rule.ts';
import { heldInside } from './held-inside.ts';

/** Somebody who leaves by a rule. */
export const leaving = (run: Run, version: number, { name, isGoal }: ExitRule): Walked => ({
  ...{ before: run, run, version, stuck: null, drawn: [] },
  steps: [{ tile: run.tile, way: null, left: isGoal ? 'goal' : 'exitRule', seen: { rule: name } }],
  left: { reason: isGoal ? 'goal' : 'exitRule', detail: name },
});

/** Parts held passages of a lane into those that leave, by rules that look at their people, and the others. */
export async function leaveByPeople(
  /** The people of whom a rule that looks at them holds. */
  heldBy: (rule: ExitRule, runs: readonly Run[], journey: PublishedJourney) => Promise<ReadonlySet<number>>,
  journeys: ReadonlyMap<number, PublishedJourney>,
  runs: readonly Run[],
): Promise<{ left: Walked[]; staying: Run[] }> {
  const left: Walked[] = [];
  const gone = new Set<number>();
  for (const [journeyId, ofJourney] of Map.groupBy(runs, (run) => run.journeyId)) {
    const journey = journeys.get(journeyId);
    if (!journey) continue;
    for (const rule of journey.exits) {
      if (!rule.becomes) continue;
      const asked = ofJourney.filter(({ id }) => !gone.has(id));
      const people = await heldBy(rule, asked, journey);
      for (const run of asked) {
        if (!people.has(run.userId)) continue;
        gone.add(run.id);
        left.push(leaving(run, journey.version, rule));
      }
    }
  }
  return { left, staying: runs.filter(({ id }) => !gone.has(id)) };
}

/**
 * Takes people out of journeys, in the transaction in which that happens by which they leave: whoever is in a wait leaves now, and what waits of
 * their messages is taken back.
 */
export async function leaveAtOnce(
  transaction: Database,
  announce: Announce,
  journeys: readonly PublishedJourney[],
  happenings: readonly Happening[],
  now: Date,
): Promise<void> {
  const heard = happenings.map((happening) => ({ happening, names: heardAs(happening) }));
  const concerned = journeys.filter(({ exits, projectId }) =>
    heard.some(({ happening, names }) => happening.projectId === projectId && hears(exits, names)),
  );
  if (concerned.length === 0) return;
  const theirs = heard.filter(({ happening, names }) =>
    concerned.some(({ exits, projectId }) => happening.projectId === projectId && hears(exits, names)),
  );
  for (const [lane, ofLane] of byLane(theirs, ({ happening }) => happening.lane)) {
    const users = ofLane.map(({ happening }) => happening.userId);
    const held = await heldInside(transaction, lane, users, concerned);
    const rated = concerned.flatMap(({ id, entry }) => (entry.rate ? [id] : []));
    const line = await holdInLine(transaction, lane, users, rated);
    const walked: Walked[] = [];
    for (const journey of concerned) {
      const where = { projectId: journey.projectId, lane, now };
      const runs = held.filter(({ journeyId }) => journeyId === journey.id);
      for (const [run, rule] of await takenOut(transaction, where, journey, runs, ofLane))
        walked.push(leaving(run, journey.version, rule));
      const waiting = line.filter(({ journeyId }) => journeyId === journey.id);
      const gone = [...(await takenOut(transaction, where, journey, waiting, ofLane)).keys()];
      await leaveLine(
        transaction,
        lane,
        gone.map(({ id }) => id),
      );
      const refused = gone.map(({ userId, key, cause }) => ({
        ...{ userId, key, cause },
        reason: 'exitRule' as const,
      }));
      const { projectId } = journey;
      await keepRefused(transaction, lane, { journeyId: journey.id, projectId }, refused, now);
    }
    if (walked.length > 0) await writeTurn(transaction, announce, lane, walked, now);
  }
}

/** Who of these, who are in a journey or in line for it, is taken out by what happens, with the first rule that does it. */
async function takenOut<One extends Pick<Run, 'id' | 'userId' | 'key'>>(
  transaction: Database,
  where: Where,
  journey: PublishedJourney,
  people: readonly One[],
  heard: readonly { happening: Happening; names: readonly string[] }[],
): Promise<Map<One, ExitRule>> {
  const gone = new Map<One, ExitRule>();
  if (people.length === 0) return gone;
  for (const rule of journey.exits) {
    const own = heard.filter(({ names }) => hears([rule], names)).map(({ happening }) => happening);
    const asked = people.filter(
      (each) => !gone.has(each) && own.some(({ userId }) => userId === each.userId),
    );
    const eventIds = own.flatMap((each) =>
      each.kind === 'event' || each.kind === 'purchase' ? each.eventId : [],
    );
    const byEvents = await heldByEvents(transaction, where, rule, asked, eventIds);
    const byPeople = await heldByPeople(transaction, where, rule, [
      ...new Set(asked.map(({ userId }) => userId)),
    ]);
    for (const each of asked) if (byEvents.has(each.id) || byPeople.has(each.userId)) gone.set(each, rule);
  }
  return gone;
}

const hears = (rules: readonly ExitRule[], names: readonly string[]): boolean =>
  rules.some((rule) => rule.hears.some((name) => names.includes(name)));
