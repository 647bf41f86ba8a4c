import { Type } from 'typebox';
import type { ReceivedHappening } from '../../http/happenings.ts';
import { media } from '../../medium/media.ts';
import { strict } from '../../segments/leaf-kind.ts';
import { readTextsMeant, textsMeant } from '../definition/texts-meant.ts';
import { type Caused, triggerKind } from './trigger-kind.ts';

const schema = strict(
  {
    ...textsMeant,
    medium: Type.Optional(Type.Union(media.map(({ name }) => Type.Literal(name)))),
  },
  'Somebody writes to us: any text where neither keywords nor contains is said',
);

/** A text comes in. */
export const receivedTrigger = triggerKind('received', schema, (given, place, ground) => {
  const { medium } = given;
  const texts = readTextsMeant(given, place, ground);
  const isMeant = (happening: ReceivedHappening): boolean =>
    (medium === undefined || happening.medium === medium) && texts.isMeant(happening.body);
  return {
    stored: { received: given },
    words: medium ? `${texts.words}, by ${medium}` : texts.words,
    kinds: ['received'],
    wants: (happening) => happening.kind === 'received' && isMeant(happening),
    caused: async (_db, _where, happenings) =>
      happenings.flatMap((happening): Caused[] => {
        if (happening.kind !== 'received') return [];
        const { userId, at, body, medium: by, inboundId } = happening;
        return [
          {
            ...{ userId, at, eventId: null, data: { reply: body } },
            cause: { received: body, inboundId, medium: by, at },
          },
        ];
      }),
  };
});
