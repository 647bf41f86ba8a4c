import { Type } from 'typebox';
import { fnv1a } from '../../lanes/lanes.ts';
import { strict } from '../../segments/leaf-kind.ts';
import { tileKind } from '../definition/tile-kind.ts';
import { target } from '../definition/ways.ts';

const schema = Type.Object(
  {
    kind: Type.Literal('randomSplit'),
    branches: Type.Array(
      strict({
        name: Type.String({ minLength: 1, maxLength: 60 }),
        share: Type.Number({ minimum: 0, maximum: 100, description: 'Of a hundred' }),
        next: target,
      }),
      { minItems: 2, maxItems: 10 },
    ),
  },
  {
    additionalProperties: false,
    description: 'Sends people by chance; whoever comes again goes by the same way',
  },
);

/** Parts that a hundred is cut into. */
const parts = 1_000_000;

/** Sends people by chance, each person always by the same way while shares stay. */
export const randomSplitTile = tileKind('randomSplit', schema, (tile, id, place, ground) => {
  const { branches } = tile;
  const total = branches.reduce((sum, { share }) => sum + share, 0);
  if (Math.abs(total - 100) > 0.001)
    throw ground.refuse(`${place}.branches`, `have shares of ${total} together; they must add up to 100`);
  branches.forEach(({ name }, index) => {
    if (branches.findIndex((each) => each.name === name) < index)
      throw ground.refuse(`${place}.branches.${index}.name`, 'is taken: give each branch a name of its own');
  });
  return {
    stored: tile,
    ways: new Map(branches.map(({ name, next }) => [name, next])),
    words: `go by chance: ${branches.map(({ name, share }) => `${share} % by “${name}”`).join(', ')}`,
    takesTime: false,
    hears: [],
    step: ({ journeyId, userId }) => {
      const drawn = ((fnv1a(`${journeyId} ${id} ${userId}`) % parts) / parts) * 100;
      let sum = 0;
      const chosen = branches.find(({ share }) => {
        sum += share;
        return drawn < sum;
      });
      return { go: (chosen ?? branches[branches.length - 1])!.name, seen: { drawn } };
    },
  };
});
