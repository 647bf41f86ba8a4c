import { Type } from 'typebox';
import { strict } from '../../segments/leaf-kind.ts';
import { tileKind } from '../definition/tile-kind.ts';
import { target } from '../definition/ways.ts';
import { drawing, requireLots } from './drawing.ts';

const schema = Type.Object(
  {
    kind: Type.Literal('experiment'),
    branches: Type.Array(
      strict({
        name: Type.String({ minLength: 1, maxLength: 60, description: 'The name of the variant' }),
        share: Type.Number({ minimum: 0, maximum: 100, description: 'Of a hundred' }),
        next: target,
      }),
      { minItems: 2, maxItems: 10, description: 'The variants' },
    ),
  },
  {
    additionalProperties: false,
    description:
      'Tries variants: each person has the one that was drawn for them whenever they come, and of each it is told how many have it and how many of them reached a goal of the journey',
  },
);

/** Tries variants on people, each of whom keeps theirs; results are told by variant. */
export const experimentTile = tileKind('experiment', schema, (tile, id, place, ground) => {
  const { branches } = tile;
  requireLots(branches, `${place}.branches`, ground);
  return {
    stored: tile,
    ways: new Map(branches.map(({ name, next }) => [name, next])),
    words: `try a variant of an experiment: ${branches.map(({ name, share }) => `${share} % “${name}”`).join(', ')}`,
    takesTime: false,
    hears: [],
    variants: branches.map(({ name, share }) => ({ name, share })),
    ...drawing(id, branches, false),
  };
});
