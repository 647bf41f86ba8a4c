import { brandFields, builtInFields, identityFields } from '../../content/built-in-fields.ts';
import type { ReadCoupon } from '../../content/coupons/coupon-wishes.ts';
import type { DataFeed } from '../../content/feeds/data-feeds.sql.ts';
import type { FeedOutcome } from '../../content/feeds/feed-reader.ts';
import { newLinkCode } from '../../content/links/link-code.ts';
import { personLocale } from '../../content/locales.ts';
import type { LookUp } from '../../content/lookups/lookup.ts';
import { newOpenPixel } from '../../content/open-pixel.ts';
import { type PreparedTemplate, type RenderedMessage, renderMessage } from '../../content/render-message.ts';
import { type TemplateData, templateData } from '../../content/rendering/compile-template.ts';
import { newUnsubscribeLink } from '../../content/unsubscribe-link.ts';
import { encodeMessageId } from '../../database/message-id.ts';
import type { Purpose } from '../../database/tables/consent.ts';
import { factsOf, type Medium, type SenderKind } from '../../medium/media.ts';
import type { AudienceUser } from './audience-page.ts';
import { optOutLineFor } from './opt-out-line.ts';
import type { SendOptions } from './send-options.ts';

/** What of a request a message's words depend on. */
export interface RenderPlan {
  channelId: number;
  messageTypeId: number;
  medium: Medium;
  purpose: Purpose;
  template: PreparedTemplate;
  options: SendOptions;
  /** The request's own fields, above the profile's in rank. */
  dataFields: Record<string, unknown>;
  campaign: { id: number | null; name: string };
  /** The project's brand. */
  brand: string;
  /** The project's key for hmac helpers, null where it has none. */
  hmacSecret: string | null;
  /** What templates look up, as far as a batch has it at hand (`eachWithLookups`). */
  lookUp?: LookUp;
  /** This person's codes of coupon pools; left out where none are given. */
  readCoupon?: ReadCoupon;
  /** The data feeds that the template's fields are asked of; none where there are no feeds. */
  feeds: readonly DataFeed[];
  /** Whether their fields are shown by `{{field}}` too. */
  mergedFeed: boolean;
  /** What they gave this person. */
  feed?: FeedOutcome;
  publicUrl: string;
}

/** The fields of a person, a call and a campaign, as templates see them. */
function fieldParts(plan: RenderPlan, user: Recipient['user']) {
  return {
    campaignFields: {
      ...brandFields(plan.brand),
      ...plan.options.dataFields,
      ...plan.options.templateFields,
    },
    profile: { ...user.dataFields, ...identityFields(user) },
    event: plan.dataFields,
    campaign: plan.campaign,
  };
}

/** What the address of a feed that is asked for each person may name. */
export const fieldsForFeeds = (plan: RenderPlan, user: Recipient['user']): TemplateData =>
  templateData(fieldParts(plan, user));

/** What the feeds gave, nothing where there are none. */
function feedOf({ feeds, feed }: RenderPlan): FeedOutcome {
  if (feeds.length === 0) return { fields: {} };
  return feed ?? { fault: 'the data feeds of the template were not asked' };
}

/** Whom a message is for, and how it would reach them. */
export interface Recipient {
  user: Pick<AudienceUser, 'email' | 'externalId' | 'phoneNumber' | 'dataFields'>;
  lane: number;
  address: string;
  country: string | null;
  sender: { kind: SenderKind };
  messageId: number;
}

/**
 * Renders a plan's message for one person, with all that is added to it: short links, the way to opt out, the fields
 * of the message itself. What is sent and what a preview shows are both made here.
 */
export function renderForUser(plan: RenderPlan, recipient: Recipient, now: Date): RenderedMessage {
  const { user, lane, address, country, sender, messageId } = recipient;
  const { medium, purpose, template, channelId, messageTypeId } = plan;
  const isLinkDue = purpose === 'promotional' && factsOf(medium).optOut === 'link';
  const unsubscribe = newUnsubscribeLink(plan.publicUrl, lane, { channelId, address });
  const pixel =
    factsOf(medium).template === 'email' && template.trackLinks ? newOpenPixel(plan.publicUrl, lane) : null;
  const feed = feedOf(plan);
  if ('fault' in feed) return { skip: 'dataFeedError', detail: feed.fault };
  const rendered = renderMessage(template, {
    data: templateData({
      ...fieldParts(plan, user),
      ...{ feed: feed.fields, mergedFeed: plan.mergedFeed },
      builtIn: builtInFields({
        ...{ campaign: plan.campaign, template, messageTypeId, channelId },
        messageId: encodeMessageId(lane, messageId),
        unsubscribeUrl: unsubscribe.url,
      }),
    }),
    locale: personLocale(user.dataFields),
    links: { shorten: () => `${plan.publicUrl}/l/${newLinkCode(lane)}`, track: true },
    optOutLine: optOutLineFor(plan, sender, user, country, unsubscribe.url),
    unsubscribeUrl: isLinkDue ? unsubscribe.url : undefined,
    openUrl: pixel?.url,
    now,
    hmacSecret: plan.hmacSecret,
    lookUp: plan.lookUp,
    readCoupon: plan.readCoupon,
  });
  if ('skip' in rendered) return rendered;
  const isUsed = isLinkDue || JSON.stringify(rendered.content).includes(unsubscribe.url);
  const links = [
    ...rendered.links,
    ...(isUsed ? [{ code: unsubscribe.code, url: unsubscribe.stored }] : []),
    ...(pixel ? [{ code: pixel.code, url: pixel.stored }] : []),
  ];
  return { ...rendered, links };
}
