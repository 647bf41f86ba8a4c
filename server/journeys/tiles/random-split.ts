import { Type } from 'typebox';
import { strict } from '../../segments/leaf-kind.ts';
import { tileKind } from '../definition/tile-kind.ts';
import { target } from '../definition/ways.ts';
import { drawing, requireLots } from './drawing.ts';

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
    draw: Type.Optional(
      Type.Union([Type.Literal('once'), Type.Literal('eachTime')], {
        description:
          'Whether the way of each person is drawn once and held, also where shares change later (unless told), or anew at each visit',
      }),
    ),
  },
  {
    additionalProperties: false,
    description: 'Sends people by chance; whoever comes again goes by the same way unless told',
  },
);

/** Sends people by chance, each person always by the same way unless told. */
export const randomSplitTile = tileKind('randomSplit', schema, (tile, id, place, ground) => {
  const { branches, draw = 'once' } = tile;
  requireLots(branches, `${place}.branches`, ground);
  return {
    stored: tile,
    ways: new Map(branches.map(({ name, next }) => [name, next])),
    words: `go by chance: ${branches.map(({ name, share }) => `${share} % by “${name}”`).join(', ')}${draw === 'once' ? '' : ', drawn anew at each visit'}`,
    takesTime: false,
    hears: [],
    ...drawing(id, branches, draw === 'eachTime'),
  };
});
