import { Type } from 'typebox';
import type { ProfileHappening } from '../../http/happenings.ts';
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
    newPeople: Type.Optional(
      Type.Union([Type.Literal('too'), Type.Literal('only'), Type.Literal('not')], {
        description: 'Whether who is new enters: not unless told',
      }),
    ),
  },
  'A profile changed: a value is another than it was. Writing the same again is no change',
);

/** A profile changed, or is new. */
export const profileTrigger = triggerKind('profile', schema, ({ fields, newPeople = 'not' }) => {
  const isMeant = ({ isNew, changes }: ProfileHappening): boolean => {
    if (isNew ? newPeople === 'not' : newPeople === 'only') return false;
    return fields === undefined || fields.some((field) => Object.hasOwn(changes, field));
  };
  const what = fields ? `their ${fields.join(' or ')}` : 'their profile';
  return {
    stored: { profile: { ...(fields && { fields }), newPeople } },
    words:
      newPeople === 'only'
        ? 'being new'
        : `a change of ${what}${newPeople === 'too' ? ', or being new' : ''}`,
    kinds: ['profile'],
    wants: (happening) => happening.kind === 'profile' && isMeant(happening),
    caused: async (_db, _where, happenings) =>
      happenings.flatMap((happening): Caused[] => {
        if (happening.kind !== 'profile' || !isMeant(happening)) return [];
        const { userId, at, changes, isNew } = happening;
        const changed = Object.fromEntries(Object.entries(changes).map(([name, { after }]) => [name, after]));
        return [
          {
            ...{ userId, at, eventId: null, data: {} },
            cause: { profile: isNew ? 'new' : 'changed', changed, at },
          },
        ];
      }),
  };
});
