import { type Static, Type } from 'typebox';
import type { User } from './user-row.ts';

/** A user as the API shows it; `email` is empty text for who has none, as Iterable's client wants a string. */
export const userAnswerSchema = Type.Object({
  email: Type.String(),
  userId: Type.Optional(Type.String()),
  dataFields: Type.Record(Type.String(), Type.Unknown()),
  profileUpdatedAt: Type.String(),
});

/** The same with what only we know: the address of the history, WhatsApp's id, and where the person may be. */
export const userCardSchema = Type.Object({
  ref: Type.String({ description: 'Names the user in /api/users/{ref}/history' }),
  email: Type.String(),
  userId: Type.Optional(Type.String()),
  phoneNumber: Type.Optional(Type.String()),
  whatsAppUserId: Type.Optional(Type.String()),
  dataFields: Type.Record(Type.String(), Type.Unknown()),
  places: Type.Array(Type.String()),
  placeCertainty: Type.String(),
  signedUpAt: Type.String(),
  profileUpdatedAt: Type.String(),
});

/** A user in Iterable's shape: identities and subscriptions stand among the data fields too. */
export function userAnswer(
  user: User,
  subscriptions: Record<string, number[]>,
): Static<typeof userAnswerSchema> {
  const dataFields: Record<string, unknown> = {
    ...user.dataFields,
    ...subscriptions,
    signupDate: user.signedUpAt.toISOString(),
    profileUpdatedAt: user.updatedAt.toISOString(),
  };
  if (user.email !== null) dataFields.email = user.email;
  if (user.userId !== null) dataFields.userId = user.userId;
  if (user.phoneNumber !== null) dataFields.phoneNumber = user.phoneNumber;
  return {
    email: user.email ?? '',
    userId: user.userId ?? undefined,
    dataFields,
    profileUpdatedAt: user.updatedAt.toISOString(),
  };
}

/** A user as the console shows it. */
export function userCard(user: User): Static<typeof userCardSchema> {
  return {
    ref: `id:${user.lane}.${user.id}`,
    email: user.email ?? '',
    userId: user.userId ?? undefined,
    phoneNumber: user.phoneNumber ?? undefined,
    whatsAppUserId: user.whatsAppUserId ?? undefined,
    dataFields: user.dataFields,
    places: user.placeKey === '' ? [] : user.placeKey.split('|'),
    placeCertainty: user.placeCertainty,
    signedUpAt: user.signedUpAt.toISOString(),
    profileUpdatedAt: user.updatedAt.toISOString(),
  };
}
