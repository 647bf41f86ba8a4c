import { setImmediate as breathe } from 'node:timers/promises';
import { identityFields } from '../../content/built-in-fields.ts';
import { specimenCoupons } from '../../content/coupons/coupon-wishes.ts';
import { preheaderOf } from '../../content/email-html.ts';
import { type DataFeed, feedsById } from '../../content/feeds/data-feeds.sql.ts';
import { type FeedOutcome, outcomeOf } from '../../content/feeds/feed-reader.ts';
import { chooseLocale, personLocale } from '../../content/locales.ts';
import { eachWithLookups } from '../../content/lookups/each-with-lookups.ts';
import { withoutOpenPixel } from '../../content/open-pixel.ts';
import { prepareTemplate } from '../../content/render-message.ts';
import { templateData } from '../../content/rendering/compile-template.ts';
import { TemplateError } from '../../content/rendering/template-error.ts';
import { countSegments } from '../../content/segments/count-segments.ts';
import { explainSegments } from '../../content/segments/explain-segments.ts';
import { type ShownWhatsApp, shownWhatsApp } from '../../content/shown-whatsapp.ts';
import { loadSnippets } from '../../content/snippets/snippet-set.ts';
import { billedCategory, isFreeForm } from '../../content/template-content.ts';
import type { Template } from '../../content/templates/template.ts';
import type { Caller, Context } from '../../http/context.ts';
import { ApiError } from '../../http/errors.ts';
import type { MessageContent } from '../../providers/sending.ts';
import { loadPrices } from '../../senders/rates/prices.ts';
import type { Recipient, RenderPlan } from '../admission/render-for-user.ts';
import { renderForUser } from '../admission/render-for-user.ts';
import { lookupSources } from '../lookup-sources.ts';
import { lengthNotes } from './length-notes.ts';
import { type PreviewedPerson, previewedPerson } from './previewed-person.ts';

/** What one person would get of a template, or why they would get nothing. */
export interface MessagePreview {
  message: MessageContent | null;
  /** The parts of a WhatsApp message as they read; null on other media. */
  whatsApp: ShownWhatsApp | null;
  /** What an inbox shows beside an email's subject; null on other media. */
  preheader: string | null;
  skip: { reason: string; detail: string } | null;
  /** Which of the template's locales the person's own leads to; null for the default. */
  locale: string | null;
  segments: number;
  encoding: 'GSM-7' | 'UCS-2' | null;
  characters: number | null;
  /** How many short links it holds. */
  links: number;
  /** In millionths of a dollar, by the project's prices; null where the country is not known. */
  priceMicros: number | null;
  /** What the writer should know of this very message. */
  notes: string[];
  /** The fields it was filled with. */
  dataFields: Record<string, unknown>;
}

/**
 * A template to look at: its text, and the locales among which a person's own would choose (more than the text has
 * where one of them is being written).
 */
export interface PreviewedTemplate {
  template: Template;
  offered: Pick<Template, 'locale'> & { locales: readonly string[] };
}

/**
 * Renders a template, saved or not, as admission renders a message: for a person of the project, or for the fields
 * given. Throws `NotFound` for a person who is none, `InvalidTemplate` for a text that cannot be read.
 */
export async function previewMessage(
  context: Context,
  caller: Caller,
  { template, offered }: PreviewedTemplate,
  whom: PreviewedPerson,
): Promise<MessagePreview> {
  const { db, clock } = context;
  const projectId = caller.project.id;
  const { medium } = template;
  const [type, project, snippets, prices, recipient] = await Promise.all([
    typeOf(context, projectId, template),
    db
      .selectFrom('project')
      .select(['brand', 'template_secret'])
      .where('id', '=', projectId)
      .executeTakeFirstOrThrow(),
    loadSnippets(db, projectId),
    loadPrices(db, projectId),
    previewedPerson(context, caller, whom, medium),
  ]);
  const sender = await senderOf(context, projectId, { medium, purpose: type.purpose });
  const text = prepared(template, snippets);
  const fetched = await fetchFeeds(context, projectId, template, whom, recipient.user);
  const plan: RenderPlan = {
    ...{ medium, purpose: type.purpose, channelId: type.channelId, messageTypeId: type.id },
    template: text,
    ...{ feeds: fetched.feeds, mergedFeed: template.merge_data_feeds, feed: fetched.outcome },
    readCoupon: await specimenCoupons(db, projectId, text.coupons, clock.now()),
    campaign: { id: null, name: 'Preview' },
    options: { dataFields: whom.campaignFields },
    dataFields: whom.person === null ? {} : whom.dataFields,
    publicUrl: context.publicUrl,
    brand: project.brand,
    hmacSecret: project.template_secret && String(context.secrets.open(project.template_secret)),
  };
  // Others on the API's thread have a turn between the steps of a long text.
  await breathe();
  const [rendered] = await eachWithLookups(
    db,
    { projectId, now: clock.now() },
    lookupSources,
    [{ ...recipient, sender }],
    (lookUp) => (whole) => renderForUser({ ...plan, lookUp }, whole, clock.now()),
  );
  if (!rendered) throw new Error('nothing was rendered');
  await breathe();
  const { dataFields } = recipient.user;
  const locale = chooseLocale(personLocale(dataFields), {
    locales: offered.locales,
    default: offered.locale,
  });
  if ('skip' in rendered)
    return {
      ...{
        message: null,
        whatsApp: null,
        preheader: null,
        skip: { reason: rendered.skip, detail: rendered.detail },
        locale,
      },
      ...{
        segments: 0,
        encoding: null,
        characters: null,
        links: 0,
        priceMicros: null,
        notes: [],
        dataFields,
      },
    };
  const { segments, links } = rendered;
  const content = unwatched(rendered.content);
  const whatsApp =
    content.kind === 'whatsAppTemplate' &&
    template.content.medium === 'whatsApp' &&
    !isFreeForm(template.content)
      ? shownWhatsApp(template.content, content, context.publicUrl)
      : null;
  const words = content.kind === 'sms' && !content.mediaUrls ? content.body : null;
  const counted = words === null ? null : countSegments(words);
  const note = words === null ? null : explainSegments(words);
  const isMms = content.kind === 'sms' && content.mediaUrls !== undefined;
  const category = billedCategory(template);
  return {
    ...{ message: content, whatsApp, skip: null, locale, segments, links: links.length, dataFields },
    preheader: content.kind === 'email' ? preheaderOf(content.html) : null,
    ...{ encoding: counted?.encoding ?? null, characters: counted?.characters ?? null },
    priceMicros:
      recipient.country === null
        ? null
        : prices({
            ...{ sender, country: recipient.country, category, segments, isMms, at: clock.now() },
          }),
    notes: [
      ...(note === null ? [] : [note]),
      ...lengthNotes(content, whatsApp),
      ...(text.coupons.size === 0 ? [] : [specimenNote]),
      ...fetched.notes,
    ],
  };
}

/** Asks the template's data feeds for this person, each by itself, and tells how each answered. */
async function fetchFeeds(
  { db, feeds: reader }: Context,
  projectId: number,
  template: Template,
  { fetchDataFeeds, campaignFields, dataFields: event, person }: PreviewedPerson,
  user: Recipient['user'],
): Promise<{ feeds: DataFeed[]; outcome: FeedOutcome; notes: string[] }> {
  const feeds = fetchDataFeeds === 'no' ? [] : await feedsById(db, projectId, template.data_feed_ids);
  const fields = templateData({
    ...{ campaignFields, profile: { ...user.dataFields, ...identityFields(user) } },
    event: person === null ? {} : event,
  });
  const looks = await Promise.all(
    feeds.map(async (feed) => ({ feed, look: await reader.look(feed, fields, fetchDataFeeds === 'now') })),
  );
  const notes = looks.map(({ feed, look: { answer, milliseconds } }) =>
    'data' in answer
      ? `data feed “${feed.name}” answered ${answer.bytes} bytes in ${milliseconds} ms`
      : `data feed “${feed.name}” ${answer.fault} (${milliseconds} ms)${feed.fallback === null ? '' : '; its fallback is shown'}`,
  );
  const answered = looks.map(({ feed, look }) => ({ feed, answer: look.answer }));
  return { feeds, outcome: outcomeOf(answered), notes };
}

/** What the writer should know of codes that are seen here. */
const specimenNote =
  'the coupon codes shown are samples, as long as the longest of their pool; none was given away, and a test shows samples too';

/** Looking at an email is no opening of it. */
function unwatched(content: MessageContent): MessageContent {
  return content.kind === 'email' ? { ...content, html: withoutOpenPixel(content.html) } : content;
}

function prepared(template: Template, snippets: Parameters<typeof prepareTemplate>[1]) {
  try {
    return prepareTemplate(template, snippets);
  } catch (error) {
    if (error instanceof TemplateError) throw new ApiError('InvalidTemplate', error.message);
    throw error;
  }
}

/** The message type of a template; of one that has none yet (0) the one that saving would give it. */
async function typeOf({ db }: Context, projectId: number, { medium, message_type_id: id }: Template) {
  let query = db
    .selectFrom('message_type')
    .innerJoin('channel', 'channel.id', 'message_type.channel_id')
    .select(['message_type.id', 'channel.id as channelId', 'channel.purpose'])
    .where('message_type.project_id', '=', projectId)
    .where('channel.medium', '=', medium);
  if (id !== 0) query = query.where('message_type.id', '=', id);
  const type = await query.orderBy('channel.purpose').orderBy('message_type.id').executeTakeFirst();
  if (type) return type;
  throw new ApiError(
    'BadParams',
    id === 0
      ? `The project has no message type for ${medium}; create one`
      : `messageTypeId ${id} is none of this medium in this project`,
    { field: 'messageTypeId' },
  );
}

/** The sender that would send it, as far as there is one. */
async function senderOf(
  { db, providers }: Context,
  projectId: number,
  { medium, purpose }: Pick<RenderPlan, 'medium' | 'purpose'>,
) {
  const senders = await db
    .selectFrom('sender')
    .innerJoin('provider_account', 'provider_account.id', 'sender.provider_account_id')
    .select(['kind', 'purpose', 'wire'])
    .where('sender.project_id', '=', projectId)
    .where('medium', '=', medium)
    .orderBy('sender.id')
    .execute();
  const sender = senders.find((each) => each.purpose === purpose) ?? senders[0];
  if (sender) return { kind: sender.kind, medium, wire: sender.wire };
  const wire = providers.known.all.find(({ media }) => media.includes(medium));
  return { kind: medium === 'sms' ? ('longCode' as const) : medium, medium, wire: wire?.name ?? '' };
}
