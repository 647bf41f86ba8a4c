import { Type } from 'typebox';
import { holdThreads, readReleased } from '../../inbox/hand-over.sql.ts';
import { handOver } from '../../inbox/hand-over.ts';
import { tileKind } from '../definition/tile-kind.ts';
import { next, target } from '../definition/ways.ts';
import { keptUntilOf, type Memory, type Run } from '../runs/run.ts';
import { lengthMs, lengthOf, lengthWords } from './wall-clock.ts';

const schema = Type.Object(
  {
    kind: Type.Literal('handOff'),
    to: Type.Optional(
      Type.String({
        minLength: 1,
        maxLength: 320,
        description:
          'Whose their thread becomes if it is nobody’s: the email of a console account, or byTurns; as the inbox has it unless told',
      }),
    ),
    note: Type.Optional(
      Type.String({ minLength: 1, maxLength: 2_000, description: 'What the agents are told in the thread' }),
    ),
    next: target,
    within: lengthOf('Who has waited so long goes on by timeout; for ever where neither is given'),
    timeout: Type.Optional(target),
  },
  {
    additionalProperties: false,
    description:
      'Hands people over to the agents of the inbox, and holds them until an agent closes their thread',
  },
);

/** Name of the way for those whom nobody was done with in time. */
const timeout = 'timeout';

/** When somebody was handed over from here, in ms since 1970; null in a rehearsal, where nobody is. */
const handedAtOf = ({ memory }: Run): number | null =>
  typeof memory.handedAt === 'number' ? memory.handedAt : null;

/** Hands people over to the agents of the inbox, and takes them back. */
export const handOffTile = tileKind('handOff', schema, (tile, _id, place, ground) => {
  const { to, note, within, timeout: otherwise } = tile;
  if ((within === undefined) !== (otherwise === undefined))
    throw ground.refuse(
      place,
      `has ${within ? 'within and no timeout' : 'timeout and no within'}; say both or neither`,
    );
  const lasts = within === undefined ? null : lengthMs(within, `${place}.within`);
  return {
    stored: tile,
    ways: new Map([[next, tile.next], ...(otherwise === undefined ? [] : [[timeout, otherwise] as const])]),
    words: `be handed over to the agents of the inbox${within ? `, for up to ${lengthWords(within)}` : ''}, until one of them closes the thread`,
    takesTime: true,
    hears: ['thread'],
    act: ({ db }, { projectId, lane, now }, runs, settle) =>
      db.transaction().execute(async (transaction) => {
        // Threads before the lane, as what people write has them.
        await holdThreads(
          transaction,
          projectId,
          lane,
          runs.map(({ userId }) => userId),
        );
        await settle(transaction, async (all) => {
          // An agent who writes is a treatment like any other.
          const held = all.filter(({ isHeldOut }) => !isHeldOut);
          for (const [journeyId, those] of Map.groupBy(held, (run) => run.journeyId))
            await handOver(
              transaction,
              {
                ...{ projectId, lane, at: now, by: `journey ${journeyId}` },
                ...{ note: note ?? null, to: to ?? null },
              },
              those.map(({ userId }) => userId),
            );
          return new Map(held.map(({ id }): [number, Memory] => [id, { handedAt: now.getTime() }]));
        });
      }),
    rehearsal: {
      act: async (_imagining, runs) => new Map(runs.map(({ id }) => [id, { memory: {} }])),
      unforeseen: 'when an agent closes a thread is not foreseen: everybody goes on by timeout, or stays',
    },
    facts: async (db, { projectId, lane }, runs) => {
      const handed = runs.flatMap((run) => {
        const at = handedAtOf(run);
        return at === null ? [] : [{ id: run.id, userId: run.userId, at: new Date(at) }];
      });
      const released = await readReleased(db, projectId, lane, handed);
      return new Map(handed.map(({ id, userId }) => [id, released.has(userId)]));
    },
    step: ({ arrivedAt, isHeldOut, memory }, fact, now) => {
      if (isHeldOut) return { go: next, seen: { skipReason: 'holdout' } };
      const deadline = lasts === null ? null : (keptUntilOf(memory) ?? new Date(arrivedAt.getTime() + lasts));
      if (fact === true) return { go: next, isHeard: true };
      if (deadline && deadline <= now) return { go: timeout };
      return { stay: deadline, hears: ['thread'] };
    },
  };
});
