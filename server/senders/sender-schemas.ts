import { Type } from 'typebox';
import { medium, purpose } from '../http/media.ts';
import { nullable, rowId } from '../http/schemas.ts';
import { senderKinds } from '../medium/media.ts';

/** A sender or pool in a path. */
export const idParams = Type.Object({ id: rowId });
const mps = Type.Number({ exclusiveMinimum: 0, maximum: 100_000, description: 'Segments a second' });
const dailyCap = nullable(Type.Integer({ minimum: 1, description: 'Segments a day; null for none' }));
const state = Type.Enum(['active', 'stopped']);
const senderKind = Type.Enum(senderKinds);
const name = Type.String({ minLength: 1, maxLength: 100 });

/** A sender as answers show it. */
export const senderSchema = Type.Object({
  id: Type.Integer(),
  name: Type.String(),
  kind: senderKind,
  medium,
  address: Type.String(),
  wireAddress: Type.String(),
  country: Type.String(),
  registration: nullable(Type.String()),
  purpose,
  mps: Type.Number(),
  dailyCap: nullable(Type.Integer()),
  dayZone: Type.String(),
  usedToday: Type.Integer({
    description: 'Segments counted towards the daily cap since the day turned in dayZone',
  }),
  state,
  stoppedReason: nullable(Type.String()),
  twoWay: Type.Boolean({ description: 'Whether people’s replies reach it' }),
  poolIds: Type.Array(Type.Integer()),
  providerAccountId: Type.Integer(),
  createdAt: Type.String(),
});

const newFields = {
  kind: Type.String({ description: 'longCode, shortCode, tollFree, alphanumeric, whatsApp or email' }),
  address: Type.String({ description: 'E.164, short code, name or mailbox: what people see' }),
  wireAddress: Type.Optional(Type.String({ description: 'For WhatsApp: Meta’s phone-number id' })),
  country: Type.String({ description: 'ISO 3166-1 alpha-2' }),
  purpose,
};
const newOptions = {
  name: Type.Optional(name),
  mps: Type.Optional(mps),
  dailyCap: Type.Optional(dailyCap),
  dayZone: Type.Optional(Type.String()),
  registration: Type.Optional(
    Type.String({ description: 'Reference of its registration, where the country wants one' }),
  ),
};

/** What setting up a sender takes, beside the account it leaves by. */
export const senderOfAccount = Type.Object({ ...newFields, ...newOptions });

/** What setting up a sender takes. */
export const newSender = Type.Object({ ...newFields, providerAccountId: rowId, ...newOptions });

/** What may be changed of a sender; what is left out stays. */
export const senderChange = Type.Object({
  name: Type.Optional(name),
  mps: Type.Optional(mps),
  dailyCap: Type.Optional(dailyCap),
  dayZone: Type.Optional(Type.String()),
  registration: Type.Optional(nullable(Type.String())),
  providerAccountId: Type.Optional(rowId),
  state: Type.Optional(state),
  stoppedReason: Type.Optional(Type.String({ maxLength: 500 })),
});
