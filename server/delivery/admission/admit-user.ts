import type { CouponsOf } from '../../content/coupons/coupon-wishes.ts';
import type { GivenCode } from '../../content/coupons/deal-codes.sql.ts';
import type { FeedOutcome, FeedReader } from '../../content/feeds/feed-reader.ts';
import { chooseLocale, personLocale } from '../../content/locales.ts';
import type { PreparedTemplate, RenderedMessage } from '../../content/render-message.ts';
import { laneOfUser } from '../../lanes/lanes.ts';
import { factsOf } from '../../medium/media.ts';
import {
  chooseSender,
  type SenderCandidate,
  type SenderChoice,
  type SenderRefusal,
} from '../../senders/choose-sender.ts';
import { numberPlaces } from '../../users/place/number-places.ts';
import { parsePlaceKey } from '../../users/place/place-key.ts';
import type { SkipReason } from '../skip-reason.ts';
import { wireMarginMs } from '../wire-margin.ts';
import type { AudienceUser } from './audience-page.ts';
import type { Timing, TimingRequest } from './lawful-timing.ts';
import type { NewMessage } from './new-message.ts';
import { type Recipient, type RenderPlan, renderForUser } from './render-for-user.ts';

/** All that is the same for every user of a request: worked out once, used thousands of times. */
export interface AdmissionPlan extends RenderPlan {
  requestId: number;
  projectId: number;
  campaignId: number | null;
  templateId: number;
  /** WhatsApp's category of the template; null on other media. */
  category: string | null;
  /** Where the default text of a WhatsApp template stands that Meta does not let go out; null where nothing is against it. */
  unapproved: string | null;
  /** Of a free-form template, which goes to who is in a session; null for what may always go. */
  freeForm: FreeForm | null;
  /** The project's senders. */
  senders: readonly PlannedSender[];
  choice: SenderChoice;
  poolId: number | null;
  /** Nobody gets another message of this campaign; null where repeats are allowed. */
  noRepeatOf: number | null;
  caution: boolean;
  sendAt: Date;
  /** People's codes of coupon pools, where codes are dealt or foreseen. */
  couponsOf?: CouponsOf;
  feedReader: FeedReader;
  /** Fields of the request that are a person's own, by their ids, above those of all. */
  fieldsOf?: ReadonlyMap<number, Readonly<Record<string, unknown>>>;
  /** What data feeds gave people, by their ids. */
  feedsOf?: ReadonlyMap<number, FeedOutcome>;
  /** Price of one message in millionths of a US dollar. */
  price(message: {
    sender: PlannedSender;
    country: string | null;
    /** WhatsApp's category of what goes. */
    category: string | null;
    segments: number;
    isMms: boolean;
  }): number;
}

/** What a free-form template says of those whom it may not go to. */
interface FreeForm {
  /** The approved template that goes to them; null for none. */
  otherwise: OtherwiseTemplate | null;
}

/** An approved template that goes where a free-form one may not. */
interface OtherwiseTemplate {
  templateId: number;
  template: PreparedTemplate;
  /** WhatsApp's category of it. */
  category: string | null;
  /** Where its default text stands, where Meta does not let that go out. */
  unapproved: string | null;
}

/** A sender that may be chosen, with the wire that it leaves by. */
export interface PlannedSender extends SenderCandidate {
  name: string;
  wire: string;
}

/** What a request's admission of one user comes to. */
export interface Admission {
  message: NewMessage;
  /** Set when the user has just come to know a pool's sender. */
  stickySenderId: number | null;
  /** The codes of coupon pools that the message shows, held until they are given with it. */
  codes?: readonly GivenCode[];
}

/** What is decided on one user before a message is made: a skip, or where to, from whom and when. */
export type Judgement =
  | { skip: SkipReason; detail: string | null }
  | {
      skip: null;
      address: string;
      /** The address's country. */
      country: string | null;
      sender: PlannedSender;
      /** The request's own earliest time for this user. */
      from: Date;
      when: Exclude<Timing, { skip: string }>;
      /** Whether a free-form message may go when it is due; true for what may always go. */
      isInSession: boolean;
    };

/** Decides on one user all that can be decided without the text: consent, address, sender, lawful time. Pure. */
export function judgeUser(
  plan: AdmissionPlan,
  user: AudienceUser,
  now: Date,
  timing: (request: TimingRequest) => Timing,
): Judgement {
  const skip = (reason: SkipReason, detail: string | null = null): Judgement => ({ skip: reason, detail });
  const standing = standingAgainst(plan, user);
  if (standing) return skip(standing);
  if (user.hadCampaign) return skip('alreadySent');
  const addressed = addressOf(user);
  if (addressed.skip !== null) return addressed;
  const { address } = addressed;
  const unapproved = unapprovedFor(plan, user);
  if (unapproved !== null) return skip('templateNotApproved', unapproved);
  if (isMarketing(plan.category) && isUnitedStatesNumber(address)) return skip('whatsAppUnitedStates');
  const reached = senderFor(plan, user, address);
  if (reached.skip !== null) return reached;
  const { country, sender } = reached;
  const from = earliest(plan, user, now);
  const when = timing(timingOf(plan, user, from));
  if ('skip' in when) return skip(when.skip);
  const isInSession =
    plan.freeForm === null || (reached.sessionClosesAt ?? 0) > when.dueAt.getTime() + wireMarginMs;
  const outside = isInSession
    ? null
    : outsideSession(plan.freeForm?.otherwise ?? null, sender, user, address);
  return outside === null
    ? { skip: null, address, country, sender, from, when, isInSession }
    : skip('outsideSession', outside);
}

/** Why nothing goes to somebody outside a session; null where the other template does. */
function outsideSession(
  otherwise: OtherwiseTemplate | null,
  sender: PlannedSender,
  user: Pick<AudienceUser, 'dataFields'>,
  address: string,
): string | null {
  const hours = factsOf(sender.medium).sessionHours;
  if (otherwise === null) return `has not written to ${sender.name} within ${hours} hours`;
  const stands = barOf(otherwise, user, address);
  return stands === null
    ? null
    : `has not written to ${sender.name} within ${hours} hours, and template ${otherwise.templateId} ${stands}`;
}

/** Why a template may not go to an address; null where it may. */
function barOf(
  otherwise: OtherwiseTemplate,
  user: Pick<AudienceUser, 'dataFields'>,
  address: string,
): string | null {
  const { category } = otherwise;
  const unapproved = unapprovedFor(otherwise, user);
  if (unapproved !== null) return `is ${unapproved} at Meta`;
  return isMarketing(category) && isUnitedStatesNumber(address)
    ? 'is marketing, which is not delivered in the United States'
    : null;
}

/** Where the text stands that a person would get, null where it may go: texts of other locales that are there may all go. */
function unapprovedFor(
  { unapproved, template }: Pick<AdmissionPlan, 'unapproved' | 'template'>,
  { dataFields }: Pick<AudienceUser, 'dataFields'>,
): string | null {
  if (unapproved === null) return null;
  const offered = { locales: [...template.locales.keys()], default: template.locale };
  return chooseLocale(personLocale(dataFields), offered) === null ? unapproved : null;
}

const isMarketing = (category: string | null): boolean => category?.toUpperCase() === 'MARKETING';

/** What of a plan says whether somebody is reached at all, whatever the message. */
export type ReachPlan = Pick<AdmissionPlan, 'medium' | 'purpose' | 'senders' | 'choice'>;

/** How somebody is reached, or why not. */
export type Reach = Refused | Reached;
type Refused = { skip: SkipReason; detail: string | null };
interface Reached {
  skip: null;
  address: string;
  country: string | null;
  sender: PlannedSender;
  /** When their session with this sender ends, or ended, in milliseconds since 1970; null where there is none. */
  sessionClosesAt: number | null;
}

/** Decides whether a message of a channel and type would reach somebody: consent, address, sender. Pure. */
export function reachOf(plan: ReachPlan, user: AudienceUser): Reach {
  const skip = standingAgainst(plan, user);
  if (skip) return { skip, detail: null };
  const addressed = addressOf(user);
  return addressed.skip === null ? senderFor(plan, user, addressed.address) : addressed;
}

function addressOf({ address, unreachable }: AudienceUser): Refused | { skip: null; address: string } {
  if (!address) return { skip: 'noAddress', detail: null };
  return unreachable === null ? { skip: null, address } : { skip: 'unreachable', detail: unreachable };
}

function senderFor(plan: ReachPlan, user: AudienceUser, address: string): Reach {
  const country = countryOf(user, address);
  const { choice, medium, purpose, senders } = plan;
  const asked = { choice, medium, purpose, userId: user.id, country, sticky: user.stickySenderId };
  const chosen = chooseSender(asked, senders);
  if ('refusal' in chosen) return { skip: skipOfRefusal[chosen.refusal], detail: chosen.refusal };
  const sender = senders.find((each) => each.id === chosen.senderId);
  if (!sender) return { skip: 'noSender', detail: null };
  const session = user.sessions?.find(
    ({ senderId, addresses }) => senderId === sender.id && addresses.includes(address),
  );
  return { skip: null, address, country, sender, sessionClosesAt: session?.closesAt ?? null };
}

/** What is asked of the laws of hours for one user's message. */
export const timingOf = (plan: AdmissionPlan, user: AudienceUser, from: Date): TimingRequest => ({
  ...{ medium: plan.medium, purpose: plan.purpose, placeKey: user.placeKey, from },
  ...{ caution: plan.caution, onQuiet: onQuietOf(plan) },
});

/** The skip of somebody of whom no message can be made; the detail tells the fault. */
export const faultOf = (error: unknown) => ({
  skip: 'renderError' as const,
  detail: error instanceof Error ? error.message : String(error),
});

/**
 * Decides on one user: is there a lawful, consented, deliverable message, and if so which, from whom and when.
 * Pure but for the random link codes. `now` and `timing` come from the caller's batch.
 */
export function admitUser(
  plan: AdmissionPlan,
  user: AudienceUser,
  messageId: number,
  now: Date,
  timing: (request: TimingRequest) => Timing,
): Admission {
  const base = emptyMessage(plan, user, messageId, now);
  const skip = (reason: SkipReason, detail: string | null): Admission => ({
    message: { ...base, skipReason: reason, detail },
    stickySenderId: null,
  });
  const judged = judgeUser(plan, user, now, timing);
  if (judged.skip !== null) return skip(judged.skip, judged.detail);
  const { address, country, sender, from, when, isInSession } = judged;
  const lane = laneOfUser(user.id);
  const recipient = { user, lane, address, country, sender, messageId };
  const rendered = renderInSession(plan, recipient, isInSession, now);
  if ('skip' in rendered) return skip(rendered.skip, rendered.detail);
  return {
    message: {
      ...base,
      templateId: rendered.templateId,
      senderId: sender.id,
      toAddress: address,
      content: rendered.content,
      segments: rendered.segments,
      priceMicros: rendered.priceMicros,
      notBefore: from,
      dueAt: when.dueAt,
      closesAt: when.closesAt,
      legalCap: when.cap?.messages ?? null,
      legalCapHours: when.cap?.hours ?? null,
      links: rendered.links,
    },
    stickySenderId: plan.poolId !== null && user.stickySenderId !== sender.id ? sender.id : null,
  };
}

/**
 * What goes to somebody: the plan's template, or where it is free-form and they are outside a session the other one. In a session both
 * are made, so that the claim has the other at hand should the session be over by then.
 */
function renderInSession(
  plan: AdmissionPlan,
  recipient: PricedRecipient,
  isInSession: boolean,
  now: Date,
): Priced | Unrendered {
  const otherwise = plan.freeForm?.otherwise ?? null;
  if (otherwise === null || barOf(otherwise, recipient.user, recipient.address) !== null)
    return renderPriced(plan, plan, recipient, now);
  const other = renderPriced(plan, otherwise, recipient, now);
  if (!isInSession) return other;
  const rendered = renderPriced(plan, plan, recipient, now);
  if ('skip' in rendered || 'skip' in other) return rendered;
  const { content, links } = rendered;
  if (content.kind !== 'whatsAppMessage' || other.content.kind !== 'whatsAppTemplate') return rendered;
  const { templateId, priceMicros } = other;
  return {
    ...{ ...rendered, links: [...links, ...other.links] },
    content: { ...content, otherwise: { templateId, priceMicros, content: other.content } },
  };
}

type Unrendered = Extract<RenderedMessage, { skip: string }>;
type PricedRecipient = Recipient & { sender: PlannedSender };
/** A message with the template that it is of, and its price in millionths of a dollar. */
type Priced = Exclude<RenderedMessage, Unrendered> & { templateId: number; priceMicros: number };

function renderPriced(
  plan: AdmissionPlan,
  { template, templateId, category }: Pick<OtherwiseTemplate, 'template' | 'templateId' | 'category'>,
  recipient: PricedRecipient,
  now: Date,
): Priced | Unrendered {
  const rendered = renderForUser({ ...plan, template }, recipient, now);
  if ('skip' in rendered) return rendered;
  const { content, segments } = rendered;
  const { sender, country } = recipient;
  const isMms = content.kind === 'sms' && (content.mediaUrls?.length ?? 0) > 0;
  return { ...rendered, templateId, priceMicros: plan.price({ sender, country, category, segments, isMms }) };
}

const skipOfRefusal: Record<SenderRefusal, SkipReason> = {
  noSender: 'noSender',
  senderPurpose: 'noSender',
  senderStopped: 'noSender',
  senderCountry: 'senderCountry',
};

const onQuietOf = (plan: AdmissionPlan) => plan.options.quietHours ?? 'delay';
/** What becomes of a message when a limit of messages stands against it. */
export const onCapOf = (plan: AdmissionPlan) => plan.options.caps ?? 'skip';

/** A message of which nothing is decided yet but who it is for, and why. */
export function emptyMessage(plan: AdmissionPlan, user: AudienceUser, id: number, now: Date): NewMessage {
  return {
    id,
    userId: user.id,
    projectId: plan.projectId,
    requestId: plan.requestId,
    campaignId: plan.campaignId,
    templateId: plan.templateId,
    channelId: plan.channelId,
    messageTypeId: plan.messageTypeId,
    medium: plan.medium,
    purpose: plan.purpose,
    basis: 'optIn',
    senderId: null,
    toAddress: null,
    content: null,
    segments: 0,
    priceMicros: 0,
    skipReason: null,
    detail: null,
    notBefore: plan.sendAt,
    dueAt: plan.sendAt,
    closesAt: null,
    legalCap: null,
    legalCapHours: null,
    onQuiet: onQuietOf(plan),
    onCap: onCapOf(plan),
    links: [],
    createdAt: now,
  };
}

function standingAgainst(plan: ReachPlan, user: AudienceUser): SkipReason | null {
  if (!user.exists) return 'userDeleted';
  if (user.channelStatus === 'unsubscribed' || user.typeStatus === 'unsubscribed') return 'optedOut';
  if (user.channelStatus !== 'subscribed' || user.typeStatus !== 'subscribed') return 'noOptIn';
  if (plan.purpose === 'promotional' && user.paused) return 'paused';
  return null;
}

/** By the number, or by the country that a WhatsApp user id begins with. */
function isUnitedStatesNumber(address: string): boolean {
  if (address.startsWith('US.')) return true;
  return address.startsWith('+1') && numberPlaces(address).some((place) => place.country === 'US');
}

/** The country an address belongs to: senders and rates go by it, whatever the person's profile says. */
function countryOf(user: AudienceUser, address: string): string | null {
  const places = address.startsWith('+') ? numberPlaces(address) : parsePlaceKey(user.placeKey);
  return places[0]?.country ?? null;
}

/** The request's own earliest time for this user: at the clock of their place, spread over hours. */
function earliest(plan: AdmissionPlan, user: AudienceUser, now: Date): Date {
  const { sendAt, inUserZone, startTimeZone, defaultTimeZone, spreadHours } = plan.options;
  let at = plan.sendAt.getTime();
  if (inUserZone && sendAt) {
    const zone = parsePlaceKey(user.placeKey)[0]?.timeZone ?? defaultTimeZone ?? startTimeZone ?? 'UTC';
    at = Temporal.Instant.from(sendAt)
      .toZonedDateTimeISO(startTimeZone ?? 'UTC')
      .toPlainDateTime()
      .toZonedDateTime(zone).epochMilliseconds;
  }
  // A user's place in the spread is fixed, so that admission may be repeated after a crash.
  if (spreadHours) at += ((user.id * 2_654_435_761) % 3_600) * spreadHours * 1_000;
  return new Date(Math.max(at, now.getTime()));
}
