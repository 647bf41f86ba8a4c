import { Type } from 'typebox';
import { rowId } from '../../http/schemas.ts';
import { type Reference, strict } from '../../segments/leaf-kind.ts';
import { type Caused, triggerKind } from './trigger-kind.ts';

const schema = strict(
  {
    channelId: Type.Optional(rowId),
    messageTypeId: Type.Optional(rowId),
    what: Type.Union([Type.Literal('optedIn'), Type.Literal('optedOut')]),
  },
  'Somebody opts in to a channel or a message type, or out of it: one of channelId and messageTypeId. An opt-in counts when it is confirmed, where that is asked',
);

/** Somebody's standing with a channel or a message type changes. */
export const subscriptionTrigger = triggerKind(
  'subscription',
  schema,
  ({ channelId, messageTypeId, what }, place, ground) => {
    const id = channelId ?? messageTypeId;
    if (id === undefined || (channelId !== undefined && messageTypeId !== undefined))
      throw ground.refuse(place, 'must have one of channelId and messageTypeId');
    const kind = channelId === undefined ? 'messageType' : 'channel';
    const reference: Reference = { kind, id };
    ground.refer(reference, `${place}.${kind}Id`);
    const status = what === 'optedIn' ? 'subscribed' : 'unsubscribed';
    return {
      stored: { subscription: { ...(kind === 'channel' ? { channelId } : { messageTypeId }), what } },
      words: `${what === 'optedIn' ? 'an opt-in to' : 'an opt-out of'} the ${kind === 'channel' ? 'channel' : 'message type'} ${ground.nameOf(reference)}`,
      kinds: ['standing'],
      wants: (happening) =>
        happening.kind === 'standing' &&
        happening.status === status &&
        (kind === 'messageType'
          ? happening.messageTypeId === id
          : happening.messageTypeId === null && happening.channelId === id),
      caused: async (_db, _where, happenings) =>
        happenings.flatMap((happening): Caused[] => {
          if (happening.kind !== 'standing') return [];
          const { userId, at, source, medium } = happening;
          const data = { source, medium, [`${kind}Id`]: id };
          return [{ userId, at, eventId: null, data, cause: { subscription: what, ...data, at } }];
        }),
    };
  },
);
