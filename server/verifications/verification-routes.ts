import { type Static, Type } from 'typebox';
import { encodeMessageId } from '../database/message-id.ts';
import type { Routes } from '../http/api.ts';
import { refuseIdempotencyKey } from '../http/idempotency.ts';
import { nullable, rowId, success, successAnswer, successWith } from '../http/schemas.ts';
import { type Begun, beginVerification } from './begin.ts';
import { codeMedia } from './carriers.ts';
import { cancelVerification, checkVerification } from './check.ts';
import { requireProfile } from './profiles.sql.ts';

const phoneNumber = Type.String({
  maxLength: 250,
  description: 'As people write it; without a country code it is read as of the project’s country',
});
const clientAddress = Type.Optional(
  Type.String({
    maxLength: 45,
    description:
      'The internet address of your visitor, IPv4 or IPv6: limits are counted by it too. It is kept as a hash',
  }),
);
const code = Type.String({ minLength: 1, maxLength: 40 });

const beginBody = Type.Object({
  profileId: rowId,
  phoneNumber,
  channel: Type.Optional(
    Type.Enum([...codeMedia], {
      description: 'Without it the first of the profile’s that reaches the person',
    }),
  ),
  locale: Type.Optional(Type.String({ maxLength: 35, description: 'The language of the text, as `de-AT`' })),
  clientAddress,
});
const checkBody = Type.Object({ profileId: rowId, phoneNumber, code, clientAddress });

const begunAnswer = Type.Object({
  verificationId: Type.String(),
  messageId: Type.String(),
  channel: Type.String(),
  expiresAt: Type.String(),
  resendAt: nullable(
    Type.String({ description: 'When it may be asked for again; the same code is sent then' }),
  ),
});
const checkedAnswer = Type.Object({
  status: Type.Union([Type.Literal('verified'), Type.Literal('rejected')], {
    description:
      'rejected: the code is wrong, used, too old, was never sent or was tried too often; which of these is told to nobody',
  }),
});

/** One-time codes: ours, and by Iterable's names. */
export const verificationRoutes: Routes = (api, context) => {
  const { db } = context;
  const tags = ['Verifications'];
  api.post(
    '/api/verifications',
    {
      onRequest: refuseIdempotencyKey,
      schema: { tags, summary: 'Send a one-time code', body: beginBody, response: { 200: begunAnswer } },
    },
    async ({ body, caller: { project } }) => {
      const profile = await requireProfile(db, project.id, body.profileId, 'profileId');
      return shown(await beginVerification(context, project, profile, body));
    },
  );
  api.post(
    '/api/verifications/check',
    {
      onRequest: refuseIdempotencyKey,
      schema: { tags, summary: 'Check a one-time code', body: checkBody, response: { 200: checkedAnswer } },
    },
    async ({ body, caller: { project } }) => {
      const profile = await requireProfile(db, project.id, body.profileId, 'profileId');
      return { status: statusOf(await checkVerification(context, project, profile, body)) };
    },
  );
  api.post(
    '/api/verifications/cancel',
    {
      schema: {
        tags,
        summary: 'Take back a one-time code that was not used',
        body: Type.Object({ profileId: rowId, phoneNumber }),
        response: { 200: successWith({ cancelled: Type.Boolean() }) },
      },
    },
    async ({ body, caller: { project } }) => {
      const profile = await requireProfile(db, project.id, body.profileId, 'profileId');
      const cancelled = await cancelVerification(context, project, profile, body.phoneNumber);
      return success(cancelled ? 'The code is worth nothing any more' : 'No code can be checked', {
        cancelled,
      });
    },
  );
  api.post(
    '/api/verify/sms/begin',
    {
      onRequest: refuseIdempotencyKey,
      schema: {
        tags,
        summary: 'Begin SMS verification, as Iterable’s',
        body: Type.Object({ phoneNumber, verificationProfileId: rowId, clientAddress }),
        response: { 200: successAnswer },
      },
    },
    async ({ body, caller: { project } }) => {
      const profile = await requireProfile(
        db,
        project.id,
        body.verificationProfileId,
        'verificationProfileId',
      );
      const { phoneNumber: number, clientAddress: from } = body;
      const call = { phoneNumber: number, channel: 'sms', clientAddress: from } as const;
      return success('Code sent', shown(await beginVerification(context, project, profile, call)));
    },
  );
  api.post(
    '/api/verify/sms/check',
    {
      onRequest: refuseIdempotencyKey,
      schema: {
        tags,
        summary: 'Check an SMS verification code, as Iterable’s',
        body: Type.Object({ phoneNumber, verificationProfileId: rowId, code, clientAddress }),
        response: { 200: successAnswer },
      },
    },
    async ({ body, caller: { project } }) => {
      const profile = await requireProfile(
        db,
        project.id,
        body.verificationProfileId,
        'verificationProfileId',
      );
      const status = statusOf(await checkVerification(context, project, profile, body));
      return success(`The code is ${status}`, { status });
    },
  );
};

const statusOf = (isRight: boolean): 'verified' | 'rejected' => (isRight ? 'verified' : 'rejected');

function shown({ lane, id, messageId, medium, expiresAt, resendAt }: Begun): Static<typeof begunAnswer> {
  return {
    verificationId: encodeMessageId(lane, id),
    messageId: encodeMessageId(lane, messageId),
    channel: medium,
    expiresAt: expiresAt.toISOString(),
    resendAt: resendAt?.toISOString() ?? null,
  };
}
