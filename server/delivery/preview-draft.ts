import { prepareTemplate } from '../content/render-message.ts';
import { TemplateError } from '../content/rendering/template-error.ts';
import { countSegments } from '../content/segments/count-segments.ts';
import { explainSegments } from '../content/segments/explain-segments.ts';
import { loadSnippets } from '../content/snippets/snippet-set.ts';
import type { TemplateContent } from '../content/template-content.ts';
import { laneOfUser } from '../database/lanes.ts';
import type { Caller, Context } from '../http/context.ts';
import { ApiError } from '../http/errors.ts';
import type { MessageContent } from '../providers/wire.ts';
import { findUsers } from '../users/find-users.ts';
import { numberPlaces } from '../users/place/number-places.ts';
import { type Recipient, renderForUser } from './admission/render-for-user.ts';
import { type NamedRecipient, readRecipient } from './recipient.ts';

/** A template as it stands in an editor, saved or not. */
export interface Draft {
  templateId: number;
  name: string;
  content: TemplateContent;
  messageTypeId: number | null;
  trackLinks: boolean;
}

/** What one person would get of a draft, or why they would get nothing. */
export interface DraftPreview {
  message: MessageContent | null;
  skip: { reason: string; detail: string } | null;
  segments: number;
  encoding: 'GSM-7' | 'UCS-2' | null;
  characters: number | null;
  /** What the writer should know of this very message. */
  notes: string[];
  /** The fields it was filled with. */
  dataFields: Record<string, unknown>;
}

/**
 * Renders a draft as admission renders a message: for a person of the project, or for the fields given. Throws
 * `NotFound` for a person who is none, `InvalidTemplate` for a draft that cannot be read.
 */
export async function previewDraft(
  context: Context,
  caller: Caller,
  draft: Draft,
  whom: { person: NamedRecipient | null; dataFields: Record<string, unknown> },
): Promise<DraftPreview> {
  const { db, clock } = context;
  const projectId = caller.project.id;
  const { medium } = draft.content;
  const [type, sender, project, snippets] = await Promise.all([
    typeOf(context, projectId, draft),
    senderOf(context, projectId, medium),
    db
      .selectFrom('project')
      .select(['brand', 'template_secret'])
      .where('id', '=', projectId)
      .executeTakeFirstOrThrow(),
    loadSnippets(db, projectId),
  ]);
  const recipient = await recipientOf(context, caller, whom);
  const rendered = renderForUser(
    {
      ...{ medium, purpose: type.purpose, channelId: type.channelId, messageTypeId: type.id },
      template: prepared(draft, snippets),
      campaign: { id: null, name: 'Preview' },
      options: {},
      dataFields: {},
      publicUrl: context.publicUrl,
      brand: project.brand,
      hmacSecret: project.template_secret && String(context.secrets.open(project.template_secret)),
    },
    { ...recipient, sender: { kind: sender } },
    clock.now(),
  );
  const { dataFields } = recipient.user;
  if ('skip' in rendered)
    return {
      ...{ message: null, skip: { reason: rendered.skip, detail: rendered.detail } },
      ...{ segments: 0, encoding: null, characters: null, notes: [], dataFields },
    };
  const { content, segments } = rendered;
  const body = content.kind === 'sms' && !content.mediaUrls ? content.body : null;
  const counted = body === null ? null : countSegments(body);
  const note = body === null ? null : explainSegments(body);
  return {
    ...{ message: content, skip: null, segments },
    ...{ encoding: counted?.encoding ?? null, characters: counted?.characters ?? null },
    ...{ notes: note === null ? [] : [note], dataFields },
  };
}

type Person = Omit<Recipient, 'sender'>;

async function recipientOf(
  { db }: Context,
  caller: Caller,
  { person, dataFields }: { person: NamedRecipient | null; dataFields: Record<string, unknown> },
): Promise<Person> {
  if (person === null) {
    const text = (name: string) => (typeof dataFields[name] === 'string' ? dataFields[name] : null);
    const phone = text('phoneNumber');
    const user = { email: text('email'), externalId: text('userId'), phoneNumber: phone, dataFields };
    return { user, lane: 0, address: phone ?? '', country: countryOf(phone), messageId: 0 };
  }
  const key = readRecipient(person, caller.project);
  const [known] = await findUsers(db, caller.project.id, [key]);
  if (!known)
    throw new ApiError(
      'NotFound',
      `Nobody of this project has ${Object.values(key).join()}; choose another person`,
      {
        field: 'person',
      },
    );
  const row = await db
    .selectFrom('users')
    .select(['email', 'external_id as externalId', 'phone_number as phoneNumber', 'data_fields'])
    .where('lane', '=', known.lane)
    .where('id', '=', known.id)
    .where('project_id', '=', caller.project.id)
    .executeTakeFirstOrThrow();
  const user = { ...row, dataFields: row.data_fields as Record<string, unknown> };
  const address = row.phoneNumber ?? row.email ?? '';
  return { user, lane: laneOfUser(known.id), address, country: countryOf(row.phoneNumber), messageId: 0 };
}

const countryOf = (phone: string | null): string | null =>
  phone?.startsWith('+') ? (numberPlaces(phone)[0]?.country ?? null) : null;

function prepared(draft: Draft, snippets: Parameters<typeof prepareTemplate>[1]) {
  const at = new Date(0);
  try {
    return prepareTemplate(
      {
        ...{ id: draft.templateId, project_id: 0, medium: draft.content.medium, name: draft.name },
        ...{
          message_type_id: 0,
          client_template_id: null,
          locale: null,
          content: draft.content,
          locales: {},
        },
        ...{ track_links: draft.trackLinks, utm: {}, provider_name: null, provider_template_id: null },
        ...{ provider_status: null, provider_status_at: null, provider_reason: null, category: null },
        ...{ creator: '', created_at: at, updated_at: at, archived_at: null },
      },
      snippets,
    );
  } catch (error) {
    if (error instanceof TemplateError) throw new ApiError('InvalidTemplate', error.message);
    throw error;
  }
}

async function typeOf({ db }: Context, projectId: number, { content, messageTypeId }: Draft) {
  let query = db
    .selectFrom('message_type')
    .innerJoin('channel', 'channel.id', 'message_type.channel_id')
    .select(['message_type.id', 'channel.id as channelId', 'channel.purpose'])
    .where('message_type.project_id', '=', projectId)
    .where('channel.medium', '=', content.medium);
  if (messageTypeId !== null) query = query.where('message_type.id', '=', messageTypeId);
  const type = await query.orderBy('channel.purpose').orderBy('message_type.id').executeTakeFirst();
  if (type) return type;
  throw new ApiError('BadParams', `messageTypeId ${messageTypeId} is none of this medium in this project`, {
    field: 'messageTypeId',
  });
}

/** The kind of the sender that would send it, as far as there is one. */
async function senderOf({ db }: Context, projectId: number, medium: TemplateContent['medium']) {
  const sender = await db
    .selectFrom('sender')
    .select('kind')
    .where('project_id', '=', projectId)
    .where('medium', '=', medium)
    .orderBy('id')
    .executeTakeFirst();
  return sender?.kind ?? (medium === 'sms' ? 'longCode' : medium);
}
