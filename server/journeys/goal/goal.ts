import { type Static, Type } from 'typebox';
import type { Happening } from '../../http/happenings.ts';
import { strict } from '../../segments/leaf-kind.ts';
import { heardAs } from '../../segments/live/heard-as.ts';
import type { TileGround } from '../definition/tile-kind.ts';
import { awaitedEvent, type OfEvent, readAwaitedEvent } from '../leave/awaited-event.ts';
import { lengthMs, lengthSchema, lengthWords } from '../tiles/wall-clock.ts';

/** What a journey is for, as documents have it. */
export const goalSchema = strict(
  {
    ...awaitedEvent,
    within: lengthSchema,
    after: Type.Optional(
      Type.Union([Type.Literal('entry'), Type.Literal('message')], {
        description:
          'From when on `within` is counted: from entering (unless told), or from the last message of the passage that left before it',
      }),
    ),
  },
  'What the journey is for: one of event or purchase. It is counted once for a passage, also after its person has left, and takes nobody out',
);

/** What a journey is for, read. */
export interface Goal {
  readonly stored: Static<typeof goalSchema>;
  readonly words: string;
  readonly event: OfEvent;
  /** As happenings are called by which it may be reached. */
  readonly hears: readonly string[];
  readonly withinMs: number;
  readonly after: 'entry' | 'message';
}

/** Reads it. @throws ApiError naming the place. */
export function readGoal(given: Static<typeof goalSchema>, place: string, ground: TileGround): Goal {
  const { within, after = 'entry' } = given;
  if ((given.event === undefined) === (given.purchase === undefined))
    throw ground.refuse(place, 'must have exactly one of event or purchase');
  const { stored, event, words, hears } = readAwaitedEvent(given, place, ground);
  const withinMs = lengthMs(within, `${place}.within`);
  const from = after === 'entry' ? 'entering' : 'the last message';
  return {
    ...{ stored: { ...given, ...stored }, event, hears, withinMs, after },
    words: `${words} within ${lengthWords(within)} of ${from}`,
  };
}

/** Whether a happening may reach a goal. */
export const mayReach = (goal: Goal | null, happening: Happening): boolean =>
  goal !== null && heardAs(happening).some((name) => goal.hears.includes(name));
