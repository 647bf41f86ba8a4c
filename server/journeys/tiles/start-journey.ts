import { Type } from 'typebox';
import { rowId } from '../../http/schemas.ts';
import { tileKind } from '../definition/tile-kind.ts';
import { next, target } from '../definition/ways.ts';

const schema = Type.Object(
  {
    kind: Type.Literal('startJourney'),
    journeyId: rowId,
    dataFields: Type.Optional(Type.Record(Type.String(), Type.Unknown())),
    next: target,
  },
  {
    additionalProperties: false,
    description:
      'Lets people into another journey that is open, whatever lets others into it, with what came with their own entry',
  },
);

/** Lets people into another journey. */
export const startJourneyTile = tileKind('startJourney', schema, (tile, _id, _place, ground) => ({
  stored: tile,
  ways: new Map([[next, tile.next]]),
  words: `enter the journey ${ground.nameOf({ kind: 'journey', id: tile.journeyId })} too`,
  takesTime: false,
  hears: [],
  starts: tile.journeyId,
  act: async (tools, { projectId, lane, now }, _runs, settle) =>
    tools.db.transaction().execute((transaction) =>
      settle(transaction, async (held) => {
        const outcomes = await tools.enterJourney(
          transaction,
          { projectId, lane, now },
          tile.journeyId,
          held,
          tile.dataFields ?? {},
        );
        return new Map(held.map(({ id }, index) => [id, { ...outcomes[index] }]));
      }),
    ),
  rehearsal: {
    act: async (_imagining, runs) => new Map(runs.map(({ id }) => [id, { memory: {} }])),
    unforeseen: `they are counted by the way next; what they do in the journey ${ground.nameOf({ kind: 'journey', id: tile.journeyId })} is rehearsed there`,
  },
  step: ({ memory }) => ({
    go: next,
    seen: { runId: memory.runId ?? null, notEntered: memory.reason ?? null },
  }),
}));
