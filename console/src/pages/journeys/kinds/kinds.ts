import { IconSquareRounded } from '@tabler/icons-react';
import { wordsOfName } from '../name-words.ts';
import { listLook } from './change-list.tsx';
import { channelSplitLook } from './channel-split.tsx';
import { couponLook } from './coupon.tsx';
import { exitLook } from './exit.tsx';
import { handOffLook } from './hand-off.tsx';
import { holdLook } from './hold.tsx';
import { experimentLook, randomSplitLook } from './random-split.tsx';
import { sendLook } from './send.tsx';
import { splitLook } from './split.tsx';
import { startJourneyLook } from './start-journey.tsx';
import { subscribeLook } from './subscribe.tsx';
import type { TileLook } from './tile-look.ts';
import { trackEventLook } from './track-event.tsx';
import { updateProfileLook } from './update-profile.tsx';
import { waitLook } from './wait.tsx';
import { waitForLook } from './wait-for.tsx';
import { webhookLook } from './webhook.tsx';

/** The kinds of tiles that have a form, in the order in which they are offered. */
const looks: readonly TileLook[] = [
  ...[sendLook, waitLook, waitForLook, holdLook, splitLook, channelSplitLook, randomSplitLook],
  experimentLook,
  ...[
    updateProfileLook,
    listLook,
    trackEventLook,
    couponLook,
    handOffLook,
    webhookLook,
    subscribeLook,
    startJourneyLook,
    exitLook,
  ],
];

const byKind = new Map(looks.map((look) => [look.kind, look]));

/** How a kind of tile is drawn; one without a file of its own by its name, and written as JSON. */
export const lookOf = (kind: string): TileLook => byKind.get(kind) ?? plainLook(kind);

/** What a kind without a form writes itself: nothing, all of it is JSON. */
const Nothing = () => null;

const plain = new Map<string, TileLook>();

function plainLook(kind: string): TileLook {
  const known = plain.get(kind);
  if (known) return known;
  const look: TileLook = {
    ...{ kind, label: wordsOfName(kind), hint: '', Icon: IconSquareRounded, colour: 'gray' },
    ...{ base: kind, begin: { kind }, writes: [], Form: Nothing },
  };
  plain.set(kind, look);
  return look;
}

/** All kinds that the server has, in the order in which they are offered: those with a form first. */
export const offeredKinds = (served: Iterable<string>): TileLook[] => {
  const known = new Set(served);
  return [
    ...looks.filter(({ kind }) => known.has(kind)),
    ...[...known].filter((kind) => !byKind.has(kind)).map(lookOf),
  ];
};
