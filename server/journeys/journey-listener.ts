import type { Clock } from '../clock/clock.ts';
import type { Happening } from '../http/happenings.ts';
import type { Listener } from '../http/listener.ts';
import { wakeWorkersOnCommit } from '../lanes/wake.ts';
import { heardAs as heardBySegments } from '../segments/live/heard-as.ts';
import { heardKinds } from '../segments/live/segment-listener.ts';
import { byLane } from '../users/by-lane.ts';
import { noteDates } from './dates/follow-dates.ts';
import type { PublishedJourney } from './definition/journey.ts';
import type { Journeys } from './definition/published.ts';
import { ofOwnClick, ofOwnMessage } from './definition/tile-kind.ts';
import { enter } from './enter/enter.ts';
import { asFollowed } from './enter/enter-next.ts';
import { journeysFlowName } from './flow-name.ts';
import { mayReach } from './goal/goal.ts';
import { keepGoals } from './goal/goals.sql.ts';
import { campaignsOfJourneys } from './journey-campaigns.sql.ts';
import { isHeardBy } from './leave/exit-rule.ts';
import { leaveAtOnce } from './leave/leave.ts';
import { hearsOptOut, leaveByOptOut } from './leave/opt-out.ts';
import { giveReplies } from './replies/give-replies.ts';
import { holdJourneyLane } from './runs/lane-lock.sql.ts';
import { wakeRuns } from './runs/runs.sql.ts';
import type { Caused } from './triggers/trigger-kind.ts';

/** What hearing needs. */
export interface JourneyGround {
  clock: Clock;
  journeys: Journeys;
}

/** What a happening is called by those who wait for it. */
function namesOf(happening: Happening): readonly string[] {
  const names = heardBySegments(happening);
  switch (happening.kind) {
    case 'message':
      return [...names, `${ofOwnMessage}${happening.messageId}`];
    case 'click':
      return [...names, `${ofOwnClick}${happening.messageId}`];
    case 'received':
      return [...names, 'received'];
    default:
      return names;
  }
}

/** What of a journey's tiles may be heard, by the names of `heardAs`. */
const heardByTiles = ({ tiles }: PublishedJourney): Set<string> =>
  new Set([...tiles.values()].flatMap(({ hears }) => hears));

/** Whether a happening may wake somebody who hears some of what is called so; of messages, those of some campaigns, or of any where none are named. */
function mayWake(heard: ReadonlySet<string>, happening: Happening, campaigns?: ReadonlySet<number>): boolean {
  if (namesOf(happening).some((name) => heard.has(name))) return true;
  if (happening.kind !== 'message' && happening.kind !== 'click') return false;
  const { kind, campaignId } = happening;
  if (!heard.has(kind === 'message' ? ofOwnMessage : ofOwnClick) || campaignId === null) return false;
  return campaigns === undefined || campaigns.has(campaignId);
}

/**
 * Listens for what lets people into journeys, and for what those inside wait for. What takes people out acts at once, in the transaction
 * in which it happens.
 */
export function journeyListener({ clock, journeys }: JourneyGround): Listener {
  return {
    kinds: [...heardKinds, 'segment', 'catalogItem'],
    wantsOf: async (db, projectId) => {
      const published = await journeys.ofProject(db, projectId);
      if (published.length === 0) return null;
      const heard = new Set(published.flatMap((each) => [...heardByTiles(each)]));
      const own = await campaignsOfJourneys(
        db,
        published.map(({ id }) => id),
      );
      const isWaiting =
        heard.size > 0 || published.some(({ exits, goal }) => exits.length > 0 || goal !== null);
      const minding = published.filter(({ onOptOut }) => onOptOut !== 'stay');
      return {
        kinds: [
          ...(isWaiting ? heardKinds : []),
          ...(minding.length > 0 ? (['standing'] as const) : []),
          ...published.flatMap(({ entry: { trigger } }) => trigger.kinds),
        ],
        wants: (happening) =>
          mayWake(heard, happening, own) ||
          minding.some((journey) => hearsOptOut(journey, happening)) ||
          published.some(
            ({ entry, exits, goal }) =>
              letsIn(entry.trigger, happening) || isHeardBy(exits, happening) || mayReach(goal, happening),
          ),
      };
    },
    atOnce: async (transaction, happenings, announce) => {
      for (const [projectId, own] of Map.groupBy(happenings, (each) => each.projectId)) {
        const published = await journeys.ofProject(transaction, projectId);
        const leaving = published.filter(({ exits }) => own.some((each) => isHeardBy(exits, each)));
        if (leaving.length > 0) await leaveAtOnce(transaction, announce, leaving, own, clock.now());
        await leaveByOptOut(transaction, announce, published, own, clock.now());
      }
    },
    hear: async (transaction, happenings, announce) => {
      const now = clock.now();
      for (const [projectId, ofProject] of Map.groupBy(happenings, (each) => each.projectId)) {
        const published = await journeys.ofProject(transaction, projectId);
        const heard = new Set(published.flatMap((each) => [...heardByTiles(each)]));
        for (const [lane, own] of byLane(ofProject, (each) => each.lane)) {
          const entering = published.filter(({ entry }) => own.some((each) => letsIn(entry.trigger, each)));
          const waking = own.flatMap((happening) => {
            const { userId } = happening;
            return mayWake(heard, happening) ? namesOf(happening).map((name) => ({ userId, name })) : [];
          });
          // What is known of dates is kept also while nobody may enter.
          const dated = published.filter(
            ({ entry: { trigger } }) => trigger.date && own.some((each) => letsIn(trigger, each)),
          );
          const reaching = published.flatMap(({ id, goal }) =>
            goal && own.some((each) => mayReach(goal, each)) ? [{ id, goal }] : [],
          );
          if (entering.length + waking.length + dated.length + reaching.length === 0) continue;
          await holdJourneyLane(transaction, lane);
          await giveReplies(
            transaction,
            { projectId, lane },
            published,
            own.filter((each) => each.kind === 'received'),
          );
          // Before anybody enters: what lets somebody in is not what the journey brought.
          for (const journey of reaching)
            await keepGoals(transaction, { projectId, lane, now }, journey, own);
          let isDue = (await wakeRuns(transaction, lane, waking, now)) > 0;
          for (const journey of dated) {
            const { trigger } = journey.entry;
            const theirs = own.filter((each) => letsIn(trigger, each));
            if (trigger.date)
              await noteDates(transaction, { projectId, lane, now }, journey, trigger.date, theirs);
          }
          for (const journey of await asFollowed(transaction, { announce, journeys }, lane, entering, now)) {
            const { trigger } = journey.entry;
            const theirs = own.filter((each) => letsIn(trigger, each));
            const caused = await trigger.caused(
              transaction,
              { projectId, lane, now, journeyId: journey.id },
              theirs,
            );
            const led = caused.map((each) => {
              const hops = hopsTo(each, theirs);
              // What a journey did is told as such.
              return hops === 0 ? each : { ...each, hops, cause: { ...each.cause, hops } };
            });
            const entered = await enter(transaction, announce, lane, journey, led, now);
            isDue ||= entered.some(({ runId }) => runId !== null);
          }
          if (isDue) await wakeWorkersOnCommit(transaction, [{ flow: journeysFlowName, lane, due: 0 }]);
        }
      }
    },
  };
}

const letsIn = ({ kinds, wants }: PublishedJourney['entry']['trigger'], happening: Happening): boolean =>
  kinds.includes(happening.kind) && wants(happening);

/** How many journeys led to what is to let somebody in. Pure. */
function hopsTo({ userId, eventId, at }: Caused, happenings: readonly Happening[]): number {
  const which = happenings.filter((each) =>
    'eventId' in each && eventId !== null
      ? each.eventId === eventId
      : each.userId === userId && each.at.getTime() === at.getTime(),
  );
  return Math.max(0, ...which.map((each) => each.hops ?? 0));
}
