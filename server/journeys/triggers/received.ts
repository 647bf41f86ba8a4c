import { Type } from 'typebox';
import type { ReceivedHappening } from '../../http/happenings.ts';
import { inboundKinds } from '../../medium/inbound-kinds.ts';
import { media } from '../../medium/media.ts';
import { strict } from '../../segments/leaf-kind.ts';
import { readTextsMeant, textsMeant } from '../definition/texts-meant.ts';
import { type Caused, triggerKind } from './trigger-kind.ts';

const schema = strict(
  {
    ...textsMeant,
    payloads: Type.Optional({
      ...Type.Array(Type.String({ minLength: 1, maxLength: 256 }), { minItems: 1, maxItems: 50 }),
      description: 'What stands behind the button or row that they chose is one of these, to the letter',
    }),
    messageKinds: Type.Optional(
      Type.Array(Type.Union(inboundKinds.map((kind) => Type.Literal(kind))), {
        minItems: 1,
        maxItems: inboundKinds.length,
        description: 'What they send is one of these: a location, an order, a filled-in form',
      }),
    ),
    medium: Type.Optional(Type.Union(media.map(({ name }) => Type.Literal(name)))),
  },
  'Somebody writes to us: any text where neither keywords nor contains is said',
);

/** A text comes in. */
export const receivedTrigger = triggerKind('received', schema, (given, place, ground) => {
  const { medium, payloads, messageKinds } = given;
  const texts = readTextsMeant(given, place, ground);
  const isMeant = (happening: ReceivedHappening): boolean =>
    (medium === undefined || happening.medium === medium) &&
    (payloads === undefined || payloads.includes(happening.payload ?? '')) &&
    (messageKinds === undefined || messageKinds.some((kind) => kind === (happening.messageKind ?? 'text'))) &&
    texts.isMeant(happening.body);
  const words = [
    texts.words,
    ...(payloads ? [`with the payload ${payloads.map((each) => `“${each}”`).join(' or ')}`] : []),
    ...(messageKinds ? [`that is ${messageKinds.join(' or ')}`] : []),
    ...(medium ? [`by ${medium}`] : []),
  ].join(', ');
  return {
    stored: { received: given },
    words,
    kinds: ['received'],
    wants: (happening) => happening.kind === 'received' && isMeant(happening),
    caused: async (_db, _where, happenings) =>
      happenings.flatMap((happening): Caused[] => {
        if (happening.kind !== 'received') return [];
        const { userId, at, body, payload, medium: by, inboundId } = happening;
        return [
          {
            ...{
              userId,
              at,
              eventId: null,
              data: { reply: body, ...(payload !== undefined && { payload }) },
            },
            cause: { received: body, inboundId, medium: by, at },
          },
        ];
      }),
  };
});
