import { Type } from 'typebox';
import { strict } from '../../segments/leaf-kind.ts';
import { type Caused, triggerKind } from './trigger-kind.ts';

/** A text comes in. */
export const receivedTrigger = triggerKind(
  'received',
  strict(
    {
      contains: Type.Optional(
        Type.Array(Type.String({ minLength: 1, maxLength: 100 }), {
          minItems: 1,
          maxItems: 50,
          description: 'Any of these is in it, ignoring case; any text where nothing is said',
        }),
      ),
    },
    'Somebody writes to us',
  ),
  ({ contains }) => {
    const words = contains?.map((word) => word.toLowerCase());
    return {
      stored: { received: contains ? { contains } : {} },
      words: contains
        ? `a text with ${contains.map((each) => `“${each}”`).join(' or ')} in it`
        : 'a text from them',
      kinds: ['received'],
      wants: (happening) =>
        happening.kind === 'received' &&
        (words === undefined || words.some((word) => happening.body.toLowerCase().includes(word))),
      caused: async (_db, _where, happenings) =>
        happenings.flatMap((happening): Caused[] => {
          if (happening.kind !== 'received') return [];
          const { userId, at, body, medium } = happening;
          return [
            { userId, at, eventId: null, data: { reply: body }, cause: { received: body, medium, at } },
          ];
        }),
    };
  },
);
