import { Type } from 'typebox';
import type { Api, Routes } from '../http/api.ts';
import type { Context } from '../http/context.ts';
import { ApiError } from '../http/errors.ts';
import { nullable } from '../http/schemas.ts';
import type { ManagedNumber, NumberChange, NumberManagement } from '../providers/number-management.ts';
import { failureWords } from '../providers/provider-failure.ts';
import type { ProviderAccount } from '../providers/sending.ts';
import type { TemplateApproval } from '../providers/template-approval.ts';
import { requireUsable } from './account.ts';
import { fileAt } from './file-at.ts';
import { findingSchema, findingView } from './finding-schema.ts';
import { findAccount } from './provider-accounts.sql.ts';
import { requireSender } from './sender.ts';
import { idParams } from './sender-schemas.ts';

const tags = ['Senders'];

const profile = {
  about: Type.String({ maxLength: 139, description: 'The line under the name; up to 139 characters' }),
  address: Type.String({ maxLength: 256 }),
  description: Type.String({ maxLength: 512 }),
  email: Type.String({ maxLength: 128 }),
  websites: Type.Array(Type.String({ maxLength: 256, description: 'Begins with http:// or https://' }), {
    maxItems: 2,
  }),
  vertical: Type.String({ description: 'What the business does, in Meta’s words: RETAIL, TRAVEL, …' }),
};
const command = Type.Object({
  name: Type.String({ minLength: 1, maxLength: 32, description: 'Letters, digits and underscores' }),
  description: Type.String({ minLength: 1, maxLength: 256 }),
});
const iceBreakers = Type.Array(Type.String({ minLength: 1, maxLength: 80, description: 'Without emoji' }), {
  maxItems: 4,
});
const commands = Type.Array(command, { maxItems: 30 });

const numberAnswer = Type.Object({
  displayName: Type.String(),
  nameStatus: Type.String({ description: 'Meta’s word: APPROVED, DECLINED, PENDING_REVIEW, …' }),
  isRegistered: Type.Boolean({ description: 'Whether it may send' }),
  isVerified: Type.Boolean({ description: 'Whether a code has proven that it is yours' }),
  isPinSet: Type.Boolean(),
  isOfficial: Type.Boolean({ description: 'Whether it bears the official badge' }),
  quality: Type.String({ description: 'Meta’s word: GREEN, YELLOW, RED, UNKNOWN' }),
  limit: Type.String({ description: 'Meta’s word for the people a day: TIER_250, TIER_2K, …' }),
  profile: Type.Object({ ...profile, pictureUrl: nullable(Type.String()) }),
  iceBreakers: Type.Array(Type.String()),
  commands: Type.Array(Type.Object({ name: Type.String(), description: Type.String() })),
  badge: nullable(
    Type.String({
      description: 'Where the application stands: NOT_STARTED, PENDING, APPROVED, REJECTED, CANCELLED',
    }),
  ),
  findings: Type.Array(findingSchema),
});

/** WhatsApp numbers at Meta: registered, verified, shown to people as the business wants, looked at. */
export const whatsAppNumberRoutes: Routes = (api, context) => {
  lookRoute(api, context);
  registrationRoutes(api, context);
  shownRoutes(api, context);
};

function lookRoute(api: Api, context: Context): void {
  api.get(
    '/api/senders/:id/whatsApp',
    {
      schema: {
        tags,
        summary: 'A WhatsApp number as Meta has it',
        params: idParams,
        response: { 200: numberAnswer },
      },
    },
    async ({ caller, params }) => look(context, await requireNumber(context, caller.project.id, params.id)),
  );
}

function registrationRoutes(api: Api, context: Context): void {
  const answered = { tags, params: idParams, response: { 200: numberAnswer } };
  api.post(
    '/api/senders/:id/whatsApp/register',
    {
      schema: {
        ...answered,
        summary: 'Register a WhatsApp number with its PIN, after which it may send',
        body: Type.Object({
          pin: Type.String({
            pattern: '^\\d{6}$',
            description: 'Six digits: those that the number has, or new ones; they are not kept here',
          }),
        }),
      },
    },
    ({ caller, params, body }) =>
      change(context, caller.project.id, params.id, { kind: 'register', pin: body.pin }),
  );
  api.post(
    '/api/senders/:id/whatsApp/deregister',
    { schema: { ...answered, summary: 'Take a WhatsApp number off the Cloud API: it sends no more' } },
    ({ caller, params }) => change(context, caller.project.id, params.id, { kind: 'deregister' }),
  );
  api.post(
    '/api/senders/:id/whatsApp/requestCode',
    {
      schema: {
        ...answered,
        summary: 'Have Meta send a code to the number, which proves that it is yours',
        body: Type.Object({
          method: Type.Enum(['SMS', 'VOICE']),
          language: Type.String({ minLength: 2, maxLength: 10, description: 'Of the code’s words: en_US' }),
        }),
      },
    },
    ({ caller, params, body }) =>
      change(context, caller.project.id, params.id, { kind: 'requestCode', ...body }),
  );
  api.post(
    '/api/senders/:id/whatsApp/verifyCode',
    {
      schema: {
        ...answered,
        summary: 'Enter the code that came to the number',
        body: Type.Object({ code: Type.String({ pattern: '^\\d{3}-?\\d{3}$', description: 'Six digits' }) }),
      },
    },
    ({ caller, params, body }) =>
      change(context, caller.project.id, params.id, {
        ...{ kind: 'verifyCode', code: body.code.replace('-', '') },
      }),
  );
}

function shownRoutes(api: Api, context: Context): void {
  const answered = { tags, params: idParams, response: { 200: numberAnswer } };
  api.patch(
    '/api/senders/:id/whatsApp/profile',
    {
      schema: {
        ...answered,
        summary: 'Change what people see of the business behind a WhatsApp number; what is left out stays',
        body: Type.Object({
          about: Type.Optional(Type.String({ minLength: 1, maxLength: 139 })),
          address: Type.Optional(profile.address),
          description: Type.Optional(profile.description),
          email: Type.Optional(profile.email),
          websites: Type.Optional(profile.websites),
          vertical: Type.Optional(profile.vertical),
          pictureUrl: Type.Optional(
            Type.String({ description: 'Of a JPEG or PNG, of the project’s media or anywhere' }),
          ),
        }),
      },
    },
    async ({ caller, params, body }) => {
      const number = await requireNumber(context, caller.project.id, params.id);
      const { pictureUrl, ...texts } = body;
      const pictureHandle =
        pictureUrl === undefined ? undefined : await handleOf(context, caller.project.id, number, pictureUrl);
      const asked = { ...texts, ...(pictureHandle === undefined ? {} : { pictureHandle }) };
      return changeAt(context, number, { kind: 'profile', profile: asked });
    },
  );
  api.put(
    '/api/senders/:id/whatsApp/conversation',
    {
      schema: {
        ...answered,
        summary: 'Set the ice breakers and commands that people see before they write',
        body: Type.Object({ iceBreakers, commands }),
      },
    },
    ({ caller, params, body }) =>
      change(context, caller.project.id, params.id, { kind: 'conversation', ...body }),
  );
  api.post(
    '/api/senders/:id/whatsApp/badge',
    {
      schema: {
        ...answered,
        summary: 'Apply for the official badge, withdraw the application, or apply again',
        body: Type.Object({ action: Type.Enum(['submit', 'withdraw', 'resubmit']) }),
      },
    },
    ({ caller, params, body }) =>
      change(context, caller.project.id, params.id, { kind: 'badge', action: body.action }),
  );
}

/** A number with the account that it is in, and the calls by which it is managed. */
interface Managed {
  account: ProviderAccount;
  wireAddress: string;
  title: string;
  numbers: NumberManagement;
  approval: TemplateApproval | undefined;
}

async function requireNumber(context: Context, projectId: number, senderId: number): Promise<Managed> {
  const { known } = context.providers;
  const sender = await requireSender(context.db, projectId, senderId);
  const row = await findAccount(context.db, projectId, sender.provider_account_id);
  const wire = row && known.named(row.wire);
  if (!row || !wire?.numbers)
    throw new ApiError('BadParams', `Sender ${senderId} is no WhatsApp number; name one of kind whatsApp`, {
      field: 'id',
    });
  return {
    ...{ account: requireUsable(row, context), wireAddress: sender.wire_address },
    ...{ title: wire.title, numbers: wire.numbers, approval: wire.templates },
  };
}

async function look({ providers }: Context, { account, wireAddress, title, numbers }: Managed) {
  const looked = await numbers.look(account, wireAddress, providers.exchanges);
  if (looked.outcome === 'found') return numberView(looked.number);
  throw new ApiError('ProviderError', `${failureWords(title, looked)}; try again`);
}

const numberView = ({ findings, ...number }: ManagedNumber) => ({
  ...number,
  findings: findings.map(findingView),
});

async function change(context: Context, projectId: number, senderId: number, asked: NumberChange) {
  return changeAt(context, await requireNumber(context, projectId, senderId), asked);
}

/** Makes a change and answers the number as it is then. What the provider refuses is told with its code and the remedy. */
async function changeAt(context: Context, number: Managed, asked: NumberChange) {
  const { account, wireAddress, title, numbers } = number;
  const changed = await numbers.change(account, wireAddress, asked, context.providers.exchanges);
  if (changed.outcome === 'done') return look(context, number);
  const words = failureWords(title, changed);
  if (changed.outcome === 'unreachable') throw new ApiError('ProviderError', `${words}; try again`);
  throw new ApiError('SenderRefused', changed.remedy === undefined ? words : `${words}. ${changed.remedy}`, {
    code: changed.code,
  });
}

/** The handle by which the provider knows a picture that was uploaded to it. */
async function handleOf(
  context: Context,
  projectId: number,
  { account, title, approval }: Managed,
  url: string,
): Promise<string> {
  const refuse = (fault: string) =>
    new ApiError('BadParams', `pictureUrl ${JSON.stringify(url)} ${fault}`, { field: 'pictureUrl' });
  const picture = await fileAt(context, projectId, url, refuse);
  if (!/^image\/(?:jpeg|png)$/.test(picture.contentType)) throw refuse('is no JPEG or PNG');
  if (!approval) throw new ApiError('InvalidState', `${title} takes no pictures`);
  const upload = await approval.uploadSample(account, picture, context.providers.exchanges);
  if (upload.outcome === 'uploaded') return upload.handle;
  throw new ApiError('ProviderError', `${title} did not take the picture: ${upload.detail}; try again`);
}
