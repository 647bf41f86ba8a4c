import { Type } from 'typebox';
import { rowId } from '../../http/schemas.ts';
import { type Reference, strict } from '../../segments/leaf-kind.ts';
import { type Caused, triggerKind } from './trigger-kind.ts';

const what = Type.Union([Type.Literal('entered'), Type.Literal('left')]);

/** Somebody comes onto a list or goes from it. */
export const listTrigger = triggerKind(
  'list',
  strict({ id: rowId, what }, 'Coming onto a list, by whatever way, or going from it'),
  ({ id, what: wanted }, place, ground) => membership('list', id, wanted, place, ground),
);

/** Somebody comes to be of a live segment, or is of it no longer. */
export const segmentTrigger = triggerKind(
  'segment',
  strict({ id: rowId, what }, 'Coming to be of a segment that is kept live, or being of it no longer'),
  ({ id, what: wanted }, place, ground) => membership('segment', id, wanted, place, ground),
);

function membership(
  kind: 'list' | 'segment',
  id: number,
  wanted: 'entered' | 'left',
  place: string,
  ground: Parameters<Parameters<typeof triggerKind>[2]>[2],
): ReturnType<Parameters<typeof triggerKind>[2]> {
  const reference: Reference = { kind, id };
  ground.refer(reference, `${place}.id`);
  const verb =
    kind === 'list'
      ? { entered: 'coming onto', left: 'going from' }
      : { entered: 'coming to be of', left: 'being no longer of' };
  return {
    stored: { [kind]: { id, what: wanted } },
    words: `${verb[wanted]} the ${kind} ${ground.nameOf(reference)}`,
    kinds: [kind],
    wants: (happening) =>
      happening.kind === kind &&
      happening.what === wanted &&
      ('listId' in happening ? happening.listId : 'segmentId' in happening ? happening.segmentId : 0) === id,
    caused: async (_db, _where, happenings) =>
      happenings.map(
        ({ userId, at }): Caused => ({
          ...{ userId, at, eventId: null, data: {} },
          cause: { [kind]: id, what: wanted, at },
        }),
      ),
  };
}
