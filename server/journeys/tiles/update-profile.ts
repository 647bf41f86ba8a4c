import { Type } from 'typebox';
import { pathWords } from '../../segments/values/path.ts';
import { identityFieldNames } from '../../users/identity.ts';
import { mergeFields } from '../../users/merge-fields.ts';
import { tileKind } from '../definition/tile-kind.ts';
import { next, target } from '../definition/ways.ts';
import { lockPeople } from '../runs/lane-lock.sql.ts';
import type { Memory, Run } from '../runs/run.ts';
import { fieldsFromEntry, fromEntry } from './from-entry.ts';

const schema = Type.Object(
  {
    kind: Type.Literal('updateProfile'),
    set: Type.Optional(Type.Record(Type.String({ minLength: 1, maxLength: 255 }), Type.Unknown())),
    fromEntry: fromEntry(
      'Fields that get what stands at a path of what came with the entry; where nothing does they stay as they are',
    ),
    remove: Type.Optional(Type.Array(Type.String({ minLength: 1, maxLength: 255 }), { maxItems: 100 })),
    next: target,
    refused: Type.Optional(target),
  },
  {
    additionalProperties: false,
    description:
      'Sets fields of the profile. Whose field holds values of another type goes by refused, which is next unless told',
  },
);

/** Sets fields of profiles; what comes next sees them. */
export const updateProfileTile = tileKind('updateProfile', schema, (tile, _id, place, ground) => {
  const { set = {}, remove = [] } = tile;
  const entered = fieldsFromEntry(tile.fromEntry, `${place}.fromEntry`);
  const names = [...Object.keys(set), ...entered.paths.map(([name]) => name), ...remove];
  if (names.length === 0)
    throw ground.refuse(place, 'must say what becomes of which fields: set, fromEntry or remove');
  for (const name of names)
    if (identityFieldNames.includes(name))
      throw ground.refuse(
        place,
        `cannot change ${name}, by which people are known; do it with POST /api/users/update`,
      );
  const fieldsFor = ({ data }: Run): Record<string, unknown> => ({
    ...set,
    ...entered.of(data),
    ...Object.fromEntries(remove.map((name) => [name, null])),
  });
  return {
    stored: tile,
    ways: new Map([
      [next, tile.next],
      ['refused', tile.refused ?? tile.next],
    ]),
    words: `have ${[
      ...Object.entries(set).map(([name, value]) => `${name} set to ${JSON.stringify(value)}`),
      ...entered.paths.map(([name, path]) => `${name} set to ${pathWords(path)} of the entry`),
      ...remove.map((name) => `${name} removed`),
    ].join(', ')} in their profile`,
    takesTime: false,
    hears: [],
    act: ({ db, people }, { projectId, lane, now }, runs, settle) =>
      db.transaction().execute(async (transaction) => {
        await lockPeople(transaction, { projectId, lane }, runs);
        await settle(transaction, async (held) => {
          const changes = held.map((run) => ({ userId: run.userId, fields: fieldsFor(run) }));
          const refused = await mergeFields(people, transaction, projectId, lane, changes, now);
          const told = (run: Run): [number, Memory][] => {
            const fault = refused.get(run.userId);
            return fault === undefined ? [] : [[run.id, { fault }]];
          };
          return new Map(held.flatMap(told));
        });
      }),
    rehearsal: {
      act: async (_imagining, runs) => new Map(runs.map(({ id }) => [id, { memory: {} }])),
      changes: ['profile', ...names.map((name) => `field:${name}`)],
    },
    step: ({ memory }) =>
      typeof memory.fault === 'string' ? { go: 'refused', seen: { fault: memory.fault } } : { go: next },
  };
});
