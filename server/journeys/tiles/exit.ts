import { Type } from 'typebox';
import { tileKind } from '../definition/tile-kind.ts';

const schema = Type.Object(
  { kind: Type.Literal('exit'), reason: Type.String({ minLength: 1, maxLength: 200 }) },
  {
    additionalProperties: false,
    description: 'Here people leave the journey, for a reason that is told wherever they are',
  },
);

/** Where people leave with a reason of its own. */
export const exitTile = tileKind('exit', schema, (tile) => ({
  stored: tile,
  ways: new Map(),
  words: `leave: ${tile.reason}`,
  takesTime: false,
  hears: [],
  step: () => ({ leave: 'exitTile', detail: tile.reason }),
}));
