import { Type } from 'typebox';
import type { Happening } from '../../http/happenings.ts';
import { strict } from '../../segments/leaf-kind.ts';
import { type Caused, triggerKind } from './trigger-kind.ts';

const schema = strict(
  {
    fields: Type.Optional(
      Type.Array(Type.String({ minLength: 1, maxLength: 255 }), {
        minItems: 1,
        maxItems: 100,
        description: 'Any of these fields of the profile is another now; any field, where none is named',
      }),
    ),
    unchanged: Type.Optional(
      Type.Boolean({
        description:
          'Whether a write counts that names a field and leaves it as it was: false unless told, so that a sync each night lets nobody in',
      }),
    ),
    newPeople: Type.Optional(
      Type.Union([Type.Literal('too'), Type.Literal('only'), Type.Literal('not')], {
        description: 'Whether who is new enters: not unless told',
      }),
    ),
  },
  'A profile changed: a value is another than it was. Writing the same again is no change, unless unchanged is said',
);

/** A profile changed, or is new. */
export const profileTrigger = triggerKind(
  'profile',
  schema,
  ({ fields, newPeople = 'not', unchanged = false }) => {
    const among = (names: readonly string[]) =>
      fields === undefined ? names.length > 0 : fields.some((field) => names.includes(field));
    const isMeant = (happening: Happening): boolean => {
      if (happening.kind === 'change')
        return (
          unchanged && newPeople !== 'only' && happening.of === 'profile' && among(happening.written ?? [])
        );
      if (happening.kind !== 'profile') return false;
      const { isNew, changes, written = [] } = happening;
      if (isNew ? newPeople === 'not' : newPeople === 'only') return false;
      return (
        among([...Object.keys(changes), ...(unchanged ? written : [])]) || (isNew && fields === undefined)
      );
    };
    const what = `${unchanged ? 'a write' : 'a change'} of ${fields ? `their ${fields.join(' or ')}` : 'their profile'}${unchanged ? ', also as it was' : ''}`;
    return {
      stored: { profile: { ...(fields && { fields }), newPeople, ...(unchanged && { unchanged }) } },
      words: newPeople === 'only' ? 'being new' : `${what}${newPeople === 'too' ? ', or being new' : ''}`,
      kinds: unchanged ? ['profile', 'change'] : ['profile'],
      wants: isMeant,
      caused: async (_db, _where, happenings) =>
        happenings.flatMap((happening): Caused[] => {
          if (!isMeant(happening)) return [];
          const { userId, at } = happening;
          const of = { userId, at, eventId: null, data: {} };
          if (happening.kind !== 'profile')
            return [{ ...of, cause: { profile: 'written', changed: {}, at } }];
          const { changes, isNew } = happening;
          const changed = Object.fromEntries(
            Object.entries(changes).map(([name, { after }]) => [name, after]),
          );
          return [{ ...of, cause: { profile: isNew ? 'new' : 'changed', changed, at } }];
        }),
    };
  },
);
