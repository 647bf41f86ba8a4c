import { Type } from 'typebox';
import { foldWhole } from '../../conversations/keywords/fold.ts';
import type { ReceivedHappening } from '../../http/happenings.ts';
import { media } from '../../medium/media.ts';
import { strict } from '../../segments/leaf-kind.ts';
import { type Caused, triggerKind } from './trigger-kind.ts';

const texts = Type.Array(Type.String({ minLength: 1, maxLength: 100 }), { minItems: 1, maxItems: 50 });
const schema = strict(
  {
    keywords: Type.Optional({
      ...texts,
      description:
        'The whole text is one of these words, as keywords are read: JOIN is “join!” too, and no part of a longer text',
    }),
    contains: Type.Optional({ ...texts, description: 'Any of these is in it, ignoring case' }),
    medium: Type.Optional(Type.Union(media.map(({ name }) => Type.Literal(name)))),
  },
  'Somebody writes to us: any text where neither keywords nor contains is said',
);

/** A text comes in. */
export const receivedTrigger = triggerKind('received', schema, (given, place, ground) => {
  const { keywords, contains, medium } = given;
  if (keywords && contains)
    throw ground.refuse(`${place}.contains`, 'cannot be given beside keywords: choose one of the two');
  const folded = keywords?.map((word, index) => {
    const fold = foldWhole(word);
    if (fold === '') throw ground.refuse(`${place}.keywords.${index}`, 'has no letter or digit; give a word');
    return fold;
  });
  const parts = contains?.map((word) => word.toLowerCase());
  const isMeant = (happening: ReceivedHappening): boolean => {
    if (medium !== undefined && happening.medium !== medium) return false;
    if (folded) return folded.includes(foldWhole(happening.body));
    const body = happening.body.toLowerCase();
    return parts === undefined || parts.some((part) => body.includes(part));
  };
  const list = (each: readonly string[]) => each.map((word) => `“${word}”`).join(' or ');
  const what = keywords
    ? `the word ${list(keywords)} from them`
    : contains
      ? `a text with ${list(contains)} in it`
      : 'a text from them';
  return {
    stored: { received: given },
    words: medium ? `${what}, by ${medium}` : what,
    kinds: ['received'],
    wants: (happening) => happening.kind === 'received' && isMeant(happening),
    caused: async (_db, _where, happenings) =>
      happenings.flatMap((happening): Caused[] => {
        if (happening.kind !== 'received') return [];
        const { userId, at, body, medium: by } = happening;
        return [
          { userId, at, eventId: null, data: { reply: body }, cause: { received: body, medium: by, at } },
        ];
      }),
  };
});
