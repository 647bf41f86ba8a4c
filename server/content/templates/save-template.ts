import type { Database } from '../../database/connect.ts';
import type { Purpose } from '../../database/tables/consent.ts';
import type { Caller, Context } from '../../http/context.ts';
import { ApiError } from '../../http/errors.ts';
import { mediumNames } from '../../http/media.ts';
import { factsOf, type Medium } from '../../medium/media.ts';
import type { TemplateKind } from '../../medium/medium.ts';
import { feedsById } from '../feeds/data-feeds.sql.ts';
import { loadSnippets } from '../snippets/snippet-set.ts';
import { isFreeForm, type TemplateContent } from '../template-content.ts';
import { versionsOf } from './approval.sql.ts';
import { isSubmitted } from './approval.ts';
import { checkContent } from './check-content.ts';
import { couponFaults, couponsOf } from './coupon-faults.ts';
import { judgeMedia } from './media-faults.ts';
import { type BaseFields, mergeUtm, refuseForeign, type SmsFields } from './merge-fields.ts';
import { type LocalisedContent, placeContent } from './place-content.ts';
import { requireTemplate } from './require-template.ts';
import type { Template } from './template.ts';
import {
  findByClientId,
  findTemplate,
  insertTemplate,
  type TemplateChange,
  updateTemplate,
} from './templates.sql.ts';
import type { TemplateFault } from './text-faults.ts';
import { versionName } from './version-name.ts';
import { providerNameFaults, providerNameOf } from './whatsapp-faults.ts';
import { languageFaults } from './whatsapp-languages.ts';
import { categoryFaults } from './whatsapp-layout-faults.ts';

/** What a call asks of a template. */
export interface TemplateCall {
  kind: TemplateKind;
  /** Of WhatsApp: the template is free-form, and no one that Meta approves. */
  isFreeForm?: boolean;
  fields: BaseFields &
    Pick<SmsFields, 'imageUrl' | 'mediaUrls'> & { category?: string; providerName?: string };
  /** The content after the call, from the one before it; `begun` is the locale where its text is new. */
  merge(current: TemplateContent | null, begun: string | null): TemplateContent;
}

export interface SavedTemplate {
  templateId: number;
  warnings: string[];
}

/**
 * Creates the template with this `clientTemplateId`, or changes it. Throws `InvalidTemplate` with every fault,
 * `Conflict` when the id belongs to a template of another medium.
 */
export async function upsertTemplate(
  context: Context,
  caller: Caller,
  clientTemplateId: string,
  call: TemplateCall,
): Promise<SavedTemplate> {
  const { db, clock } = context;
  const projectId = caller.project.id;
  for (let attempt = 0; attempt < 2; attempt++) {
    const current = await findByClientId(db, projectId, clientTemplateId);
    const { medium, change, warnings } = await checkedChange(
      context,
      caller,
      current,
      clientTemplateId,
      call,
    );
    if (current) {
      await updateTemplate(db, projectId, current.id, change, clock.now());
      return { templateId: current.id, warnings };
    }
    const creator = call.fields.creatorUserId ?? caller.name;
    const templateId = await insertTemplate(db, {
      ...change,
      projectId,
      medium,
      clientTemplateId,
      creator,
      at: clock.now(),
    });
    if (templateId !== null) return { templateId, warnings };
  }
  throw new ApiError(
    'Conflict',
    `clientTemplateId ${clientTemplateId} is being changed by another call; try again`,
  );
}

/** Changes the template with this id; errors as `upsertTemplate`'s, and `NotFound`. */
export async function changeTemplate(
  context: Context,
  caller: Caller,
  templateId: number,
  call: TemplateCall,
): Promise<SavedTemplate> {
  const current = await requireTemplate(context.db, caller.project.id, templateId, call.kind);
  const { change, warnings } = await checkedChange(context, caller, current, current.name, call);
  await updateTemplate(context.db, caller.project.id, templateId, change, context.clock.now());
  return { templateId, warnings };
}

async function checkedChange(
  context: Context,
  caller: Caller,
  current: Template | null,
  nameIfNew: string,
  call: TemplateCall,
): Promise<{ medium: Medium; change: TemplateChange; warnings: string[] }> {
  const { fields, kind } = call;
  refuseForeign(fields);
  refuseMismatch(current, call);
  const { placed, written: content } = placeContent(current, fields, call.merge);
  const name = fields.name ?? current?.name ?? nameIfNew;
  const type = await messageTypeFor(
    context,
    caller.project.id,
    kind,
    current?.medium,
    fields.messageTypeId ?? current?.message_type_id,
  );
  const snippets = await loadSnippets(context.db, caller.project.id);
  const media = await judgeMedia(context, caller.project.id, content);
  const about = { brand: caller.project.brand, purpose: type.purpose };
  const checked = await checkContent({ kind: 'template', content, about, snippets }, context.clock);
  const dataFeedIds = await feedsAsked(context, caller.project.id, current, fields);
  const coupons = await couponFaults(context.db, caller.project.id, content);
  const faults = [...checked.faults, ...media.faults, ...coupons].map((fault) => named(fault, fields));
  const provider =
    kind === 'whatsApp' && !isFreeForm(content)
      ? await providerFields(context.db, current, call, { name, purpose: type.purpose, placed })
      : null;
  if (provider) faults.push(...provider.faults, ...languageFaults(placed));
  faults.push(...(await otherwiseFaults(context, caller.project.id, content)));
  if (faults.length > 0) throw invalid(faults);
  return {
    medium: type.medium,
    change: {
      name,
      messageTypeId: type.id,
      ...placed,
      trackLinks: fields.trackLinks ?? current?.track_links ?? true,
      utm: mergeUtm(current?.utm ?? {}, fields),
      dataFeedIds,
      mergeDataFeeds: fields.mergeDataFeedContext ?? current?.merge_data_feeds ?? false,
      providerName: provider?.name ?? null,
      category: provider?.category ?? null,
    },
    warnings: [...checked.warnings, ...media.warnings],
  };
}

/** The feeds that a template is to ask. @throws ApiError BadParams for one that the project has not */
async function feedsAsked(
  { db }: Context,
  projectId: number,
  current: Template | null,
  { dataFeedIds, dataFeedId }: TemplateCall['fields'],
): Promise<readonly number[]> {
  // Iterable's older name, which says 0 or less for none.
  const asked = dataFeedIds ?? (dataFeedId === undefined ? undefined : dataFeedId > 0 ? [dataFeedId] : []);
  if (asked === undefined) return current?.data_feed_ids ?? [];
  const known = new Set((await feedsById(db, projectId, asked)).map(({ id }) => id));
  const missing = asked.filter((id) => !known.has(id));
  if (missing.length === 0) return asked;
  throw new ApiError(
    'BadParams',
    `dataFeedIds: no data feed ${missing.join(', ')} in this project; GET /api/dataFeeds lists them`,
    { field: 'dataFeedIds', missing },
  );
}

/** What stands against the template that goes where a free-form message may not: it is there, is approved by Meta, and deals no codes. */
async function otherwiseFaults(
  { db }: Context,
  projectId: number,
  content: TemplateContent,
): Promise<TemplateFault[]> {
  if (!isFreeForm(content) || content.otherwiseTemplateId === null) return [];
  const field = 'otherwiseTemplateId';
  const { otherwiseTemplateId: id } = content;
  const template = await findTemplate(db, projectId, id);
  if (template?.content.medium !== 'whatsApp')
    return [{ field, fault: `${id} is no WhatsApp template of this project; name one, or leave it out` }];
  if (isFreeForm(template.content))
    return [{ field, fault: `${id} is a free-form message too; name a template that Meta approves` }];
  const pools = couponsOf(template.content);
  return pools.length === 0
    ? []
    : [
        {
          field,
          fault: `${id} shows codes of “${pools.join('”, “')}”; name a template without coupon codes`,
        },
      ];
}

/** The single entry that a caller gave as `imageUrl` is told of by that name. */
function named(fault: TemplateFault, { imageUrl, mediaUrls }: TemplateCall['fields']): TemplateFault {
  const isImage = imageUrl !== undefined && mediaUrls === undefined;
  return isImage && /^mediaUrls\b/.test(fault.field) ? { ...fault, field: 'imageUrl' } : fault;
}

function refuseMismatch(current: Template | null, call: TemplateCall): void {
  if (!current) return;
  const id = current.client_template_id;
  if (factsOf(current.medium).template !== call.kind)
    throw new ApiError(
      'Conflict',
      `clientTemplateId ${id} is taken by a template of ${current.medium}; choose another`,
      {
        field: 'clientTemplateId',
      },
    );
  const wasFreeForm = isFreeForm(current.content);
  if (call.kind === 'whatsApp' && wasFreeForm !== (call.isFreeForm ?? false))
    throw new ApiError(
      'Conflict',
      wasFreeForm
        ? `clientTemplateId ${id} is a free-form message; change it by POST /api/templates/whatsApp/session/upsert, or choose another id`
        : `clientTemplateId ${id} is a template that Meta approves; change it by POST /api/templates/whatsApp/upsert, or choose another id`,
      { field: 'clientTemplateId' },
    );
}

function invalid(faults: readonly TemplateFault[]): ApiError {
  const words = faults.map(({ field, line, fault }) => `${field}${line ? `, line ${line},` : ''} ${fault}`);
  return new ApiError('InvalidTemplate', words.join('; '), { faults });
}

/**
 * The message type a template is of; the project's first promotional one of the medium when none is named. A new template
 * may be for any medium whose messages are written in its kind; one that is there keeps its medium.
 */
async function messageTypeFor(
  context: Context,
  projectId: number,
  kind: TemplateKind,
  medium: Medium | undefined,
  messageTypeId: number | undefined,
): Promise<{ id: number; purpose: Purpose; medium: Medium }> {
  let query = context.db
    .selectFrom('message_type')
    .innerJoin('channel', 'channel.id', 'message_type.channel_id')
    .select(['message_type.id', 'channel.medium', 'channel.purpose', 'message_type.name'])
    .where('message_type.project_id', '=', projectId);
  query = messageTypeId
    ? query.where('message_type.id', '=', messageTypeId)
    : query
        .where('channel.medium', '=', medium ?? kind)
        .orderBy('channel.purpose')
        .orderBy('message_type.id');
  const type = await query.executeTakeFirst();
  if (!type)
    throw new ApiError(
      'BadParams',
      messageTypeId
        ? `messageTypeId ${messageTypeId} is not a message type of this project; see GET /api/messageTypes`
        : `messageTypeId is missing and the project has no message type for ${mediumNames[kind]}; create one`,
      { field: 'messageTypeId' },
    );
  const isFitting = medium === undefined ? factsOf(type.medium).template === kind : type.medium === medium;
  if (!isFitting)
    throw new ApiError(
      'BadParams',
      `messageTypeId ${type.id} (${type.name}) is of ${mediumNames[type.medium]}; name one of ${mediumNames[medium ?? kind]}`,
      { field: 'messageTypeId' },
    );
  return { id: type.id, purpose: type.purpose, medium: type.medium };
}

interface ProviderFields {
  name: string;
  category: string;
  faults: TemplateFault[];
}

/** How a template is shown to its provider, and what is wrong with that. */
async function providerFields(
  db: Database,
  current: Template | null,
  { fields }: TemplateCall,
  about: { name: string; purpose: Purpose; placed: LocalisedContent },
): Promise<ProviderFields> {
  const wanted = fields.providerName ?? current?.provider_name ?? providerNameOf(about.name);
  const category =
    fields.category ?? current?.category ?? (about.purpose === 'promotional' ? 'MARKETING' : 'UTILITY');
  const faults = providerNameFaults(wanted);
  if (category === 'AUTHENTICATION')
    faults.push({
      field: 'category',
      fault:
        'AUTHENTICATION is of one-time codes, whose templates their profiles submit (/api/verifications); use UTILITY',
    });
  if (category === 'MARKETING' && about.purpose === 'transactional')
    faults.push({
      field: 'category',
      fault:
        'MARKETING does not belong to a transactional message type; use UTILITY or another messageTypeId',
    });
  const { content, locales } = about.placed;
  faults.push(
    ...[content, ...Object.values(locales)]
      .filter(isSubmitted)
      .flatMap((each) => categoryFaults(each, category)),
  );
  const shown = { contents: [content, ...Object.values(locales)], category };
  const versions = current ? await versionsOf(db, current.id) : [];
  return { name: versionName(wanted, shown, versions), category, faults };
}
