import type { Database } from '../../database/connect.ts';
import type { Announce, Happening } from '../../http/happenings.ts';
import { heardAs } from '../../segments/live/heard-as.ts';
import { byLane } from '../../users/by-lane.ts';
import type { PublishedJourney } from '../definition/journey.ts';
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
    if (held.length === 0) continue;
    const walked: Walked[] = [];
    for (const journey of concerned) {
      const runs = held.filter(({ journeyId }) => journeyId === journey.id);
      const gone = new Set<number>();
      for (const rule of journey.exits) {
        const own = ofLane.filter(({ names }) => hears([rule], names)).map(({ happening }) => happening);
        const asked = runs.filter(
          ({ id, userId }) => !gone.has(id) && own.some((each) => each.userId === userId),
        );
        const where = { projectId: journey.projectId, lane, now };
        const eventIds = own.flatMap((each) =>
          each.kind === 'event' || each.kind === 'purchase' ? each.eventId : [],
        );
        const byEvents = await heldByEvents(transaction, where, rule, asked, eventIds);
        const byPeople = await heldByPeople(transaction, where, rule, [
          ...new Set(asked.map(({ userId }) => userId)),
        ]);
        for (const run of asked) {
          if (!byEvents.has(run.id) && !byPeople.has(run.userId)) continue;
          gone.add(run.id);
          walked.push(leaving(run, journey.version, rule));
        }
      }
    }
    if (walked.length > 0) await writeTurn(transaction, announce, lane, walked, now);
  }
}

const hears = (rules: readonly ExitRule[], names: readonly string[]): boolean =>
  rules.some((rule) => rule.hears.some((name) => names.includes(name)));
