import { type Medium, media } from '../medium/media.ts';
import type { MediumFacts } from '../medium/medium.ts';

const endings = [
  'Send',
  'SendSkip',
  'Bounce',
  'Click',
  'Received',
  'Seen',
  'Subscribe',
  'UnSubscribe',
] as const;
type Ending = (typeof endings)[number];

/** Events of the project and of nobody in it: a coupon pool has fewer codes left than its alarm asks for; one-time codes go to a place no more. */
const ofProject = ['couponsLow', 'verificationsBlocked'] as const;
/** Of live segments, which Iterable has no events of. */
const ofSegments = ['segmentEntered', 'segmentLeft'] as const;
/** Of people who wait for an item of a catalog, which Iterable has no event of either. */
const ofCatalogs = ['catalogItemChanged'] as const;

/** Of journeys, which Iterable tells by webhooks in them alone. */
const ofJourneys = ['journeyEntered', 'journeyLeft'] as const;

/** An event a webhook can be told of: by Iterable's name for it, the medium's and what happened, or of our own. */
export type WebhookEventName =
  | `${Medium}${Ending}`
  | (typeof ofProject | typeof ofSegments | typeof ofCatalogs | typeof ofJourneys)[number];

/** All of them: nobody is heard where nobody is answered, and few media tell that a message was read. */
export const webhookEventNames: readonly WebhookEventName[] = [
  ...media.flatMap((medium) =>
    endings
      .filter((ending) => happensOn(medium, ending))
      .map((ending): WebhookEventName => `${medium.name}${ending}`),
  ),
  ...ofProject,
  ...ofSegments,
  ...ofCatalogs,
  ...ofJourneys,
];

function happensOn({ answers, tellsReading }: MediumFacts, ending: Ending): boolean {
  return ending === 'Received' ? answers !== null : ending === 'Seen' ? tellsReading : true;
}
