import { Stack } from '@mantine/core';
import { IconUserEdit } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { fieldsQuery } from '../../../api/users.ts';
import { isPart } from '../../segments/definition.ts';
import { PairsField } from '../fields/pairs-field.tsx';
import { withField } from '../fields/set-field.ts';
import { WordsField } from '../fields/words-field.tsx';
import type { TileFormProps, TileLook } from './tile-look.ts';

/** Sets fields of the profile. */
export const updateProfileLook: TileLook = {
  ...{
    kind: 'updateProfile',
    label: 'Update profile',
    hint: 'Set or remove fields; what comes next sees them',
  },
  ...{ Icon: IconUserEdit, colour: 'orange', base: 'profile' },
  begin: { kind: 'updateProfile' },
  wayWords: (_tile, name) => (name === 'next' ? 'Set' : undefined),
  writes: ['set', 'fromEntry', 'remove'],
  Form: UpdateProfileForm,
};

function UpdateProfileForm({ tile, onChange }: TileFormProps) {
  const { data: fields = {} } = useQuery(fieldsQuery);
  const known = Object.keys(fields);
  return (
    <Stack>
      <PairsField
        label="Set"
        add="Set a field"
        names={known}
        values="json"
        pairs={isPart(tile.set) ? tile.set : {}}
        onChange={(set) => onChange(withField(tile, 'set', set), 'set')}
      />
      <PairsField
        label="Set from the entry"
        description="What stands at a path of what came with the entry, such as cart.total; where nothing does the field stays as it is"
        add="Set a field from the entry"
        names={known}
        values="path"
        pairs={isPart(tile.fromEntry) ? tile.fromEntry : {}}
        onChange={(set) => onChange(withField(tile, 'fromEntry', set), 'fromEntry')}
      />
      <WordsField
        label="Remove"
        description="Fields that are taken out of the profile"
        words={tile.remove}
        suggestions={known}
        max={100}
        onChange={(remove) => onChange(withField(tile, 'remove', remove))}
      />
    </Stack>
  );
}
