import { Type } from 'typebox';
import { recordWishes } from '../consent/ledger.ts';
import { outcomeOfWish } from '../consent/record-rows.ts';
import { targetText } from '../consent/standing.ts';
import { mediaOfTargets } from '../consent/targets.ts';
import type { Routes } from '../http/api.ts';
import type { CallerProject } from '../http/context.ts';
import { ApiError } from '../http/errors.ts';
import { nullable, rowId, textAnswer } from '../http/schemas.ts';
import { addressOn } from '../users/addresses.ts';
import { refusalError } from '../users/bulk-answer.ts';
import { findUsers, loadUsers } from '../users/find-users.ts';
import type { UserKey } from '../users/identity.ts';
import { parsePhoneNumber } from '../users/phone-number.ts';
import { upsertUsers } from '../users/upsert-users.ts';
import { wishesOf } from './subscription-routes.ts';

/** Asking people by text to confirm what they agreed to, Iterable's call for it. */
export const doubleOptInRoutes: Routes = (api, context) => {
  const { db, people, clock } = context;
  api.post(
    '/api/subscriptions/subscribeToDoubleOptIn',
    {
      schema: {
        tags: ['Subscriptions'],
        summary: 'Ask a user by SMS to confirm; they are subscribed when they answer yes',
        body: Type.Object({
          email: Type.Optional(nullable(Type.String())),
          userId: Type.Optional(nullable(Type.String())),
          messageTypeIds: Type.Array(rowId, { minItems: 1, maxItems: 100 }),
          phoneNumber: Type.Optional(nullable(Type.String())),
          brandName: Type.Optional(nullable(Type.String())),
        }),
        response: { 202: textAnswer('text/plain') },
      },
    },
    async (request, reply) => {
      const { caller, body } = request;
      const { project } = caller;
      refuseOtherBrand(project, body.brandName);
      const media = await mediaOfTargets(db, project.id);
      for (const id of body.messageTypeIds)
        if (media.get(targetText('messageType', id)) !== 'sms')
          throw new ApiError('BadParams', `messageTypeIds: ${id} is no message type of an SMS channel here`, {
            field: 'messageTypeIds',
            value: id,
          });
      const key = keyOf(body);
      const [ref] = await findUsers(db, project.id, [key]);
      if (!ref) throw unknownUser(key);
      if (body.phoneNumber) {
        const number = parsePhoneNumber(body.phoneNumber, project.defaultCountry);
        if (!number.ok)
          throw new ApiError('InvalidPhoneNumber', `phoneNumber: ${number.reason}`, {
            field: 'phoneNumber',
            value: body.phoneNumber,
          });
        const options = { defaultCountry: project.defaultCountry, existingOnly: true };
        const update = { ...key, phone: number.e164 };
        const [outcome] = await upsertUsers(people, project.id, [update], options, clock.now());
        if (!outcome?.ok) throw refusalError(outcome!);
      }
      const user = (await loadUsers(db, project.id, [ref])).get(ref.id);
      if (!user) throw unknownUser(key);
      if (addressOn('sms', user) === null)
        throw new ApiError('BadParams', 'phoneNumber: the user has none to ask at; give one in the request', {
          field: 'phoneNumber',
        });
      const asked = [...new Set(body.messageTypeIds)].map((targetId) => ({
        ...{ action: 'optInPending' as const, kind: 'messageType' as const, targetId },
      }));
      const wishes = await wishesOf(db, caller, [ref], asked, clock.now());
      const outcomes = await recordWishes(context, wishes, clock.now());
      outcomes.forEach((outcome, index) => {
        const told = outcomeOfWish(wishes[index]!, outcome);
        if (!told.ok) throw refusalError(told);
      });
      return reply.status(202).type('text/plain').send('Request for double opt-in subscription accepted');
    },
  );
};

/** The text names the project's brand, under which consent is given; another name would be another's consent. */
function refuseOtherBrand(project: CallerProject, brandName: string | null | undefined): void {
  if (!brandName || brandName === project.brand) return;
  throw new ApiError(
    'BadParams',
    `brandName: the text names the project's brand, ${project.brand}; leave brandName out or change the brand with PATCH /api/project`,
    { field: 'brandName', value: brandName },
  );
}

type NamedKey = Extract<UserKey, { email: string } | { userId: string }>;

function keyOf({ email, userId }: { email?: string | null; userId?: string | null }): NamedKey {
  if (email) return { email };
  if (userId) return { userId };
  throw new ApiError('BadParams', 'Nobody is named; give email or userId', { field: 'email' });
}

function unknownUser(key: NamedKey): ApiError {
  const [field, value] = Object.entries(key)[0]!;
  const code = field === 'email' ? 'UnknownEmailError' : 'UnknownUserIdError';
  return new ApiError(code, `No user has the ${field} ${value}; make the user first`, { field, value });
}
