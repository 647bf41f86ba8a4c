import { type TProperties, Type } from 'typebox';
import { foldWhole } from '../../conversations/keywords/fold.ts';
import type { TileGround } from './tile-kind.ts';

const texts = Type.Array(Type.String({ minLength: 1, maxLength: 100 }), { minItems: 1, maxItems: 50 });

/** Which texts of people are meant, as documents say it; any where neither is said. */
export const textsMeant = {
  keywords: Type.Optional({
    ...texts,
    description:
      'The whole text is one of these words, as keywords are read: JOIN is “join!” too, and no part of a longer text',
  }),
  contains: Type.Optional({ ...texts, description: 'Any of these is in it, ignoring case' }),
} satisfies TProperties;

/** Which texts are meant, read. */
export interface TextsMeant {
  words: string;
  isMeant(body: string): boolean;
}

/** Reads which texts are meant. @throws ApiError naming the place. */
export function readTextsMeant(
  { keywords, contains }: { keywords?: readonly string[]; contains?: readonly string[] },
  place: string,
  ground: Pick<TileGround, 'refuse'>,
): TextsMeant {
  if (keywords && contains)
    throw ground.refuse(`${place}.contains`, 'cannot be given beside keywords: choose one of the two');
  const list = (each: readonly string[]) => each.map((word) => `“${word}”`).join(' or ');
  if (keywords) {
    const folded = keywords.map((word, index) => {
      const fold = foldWhole(word);
      if (fold === '')
        throw ground.refuse(`${place}.keywords.${index}`, 'has no letter or digit; give a word');
      return fold;
    });
    return {
      words: `the word ${list(keywords)} from them`,
      isMeant: (body) => folded.includes(foldWhole(body)),
    };
  }
  const parts = contains?.map((word) => word.toLowerCase());
  return {
    words: contains ? `a text with ${list(contains)} in it` : 'a text from them',
    isMeant: (body) => {
      const text = body.toLowerCase();
      return parts === undefined || parts.some((part) => text.includes(part));
    },
  };
}
