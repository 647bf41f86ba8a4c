import { Select, Switch } from '@mantine/core';
import { IconUserEdit } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { fieldsQuery } from '../../../api/users.ts';
import { withField } from '../fields/set-field.ts';
import { WordsField } from '../fields/words-field.tsx';
import type { EntryFormProps, EntryLook } from './entry-look.ts';

/** A profile changes, or is new. */
export const profileEntry: EntryLook = {
  ...{ name: 'profile', label: 'A profile changes, or is new', Icon: IconUserEdit },
  begin: {},
  writes: ['fields', 'unchanged', 'newPeople'],
  Form: ProfileForm,
};

function ProfileForm({ of, onChange }: EntryFormProps) {
  const { data: fields = {} } = useQuery(fieldsQuery);
  return (
    <>
      <WordsField
        label="Any of these fields is another than before"
        description="Any field at all where none is named"
        words={of.fields}
        suggestions={Object.keys(fields)}
        max={100}
        onChange={(named) => onChange(withField(of, 'fields', named))}
      />
      <Switch
        label="Also where it is written as it was"
        description="A sync that writes all profiles each night then lets all of them in"
        checked={of.unchanged === true}
        onChange={(event) => onChange(withField(of, 'unchanged', event.currentTarget.checked || undefined))}
      />
      <Select
        label="Who is new"
        allowDeselect={false}
        data={[
          { value: 'not', label: 'does not enter' },
          { value: 'too', label: 'enters too' },
          { value: 'only', label: 'enters, and nobody else' },
        ]}
        value={typeof of.newPeople === 'string' ? of.newPeople : 'not'}
        onChange={(newPeople) => newPeople && onChange({ ...of, newPeople })}
      />
    </>
  );
}
