import { Select, Stack } from '@mantine/core';
import { IconListCheck } from '@tabler/icons-react';
import { ListPicker } from '../fields/pickers.tsx';
import type { TileFormProps, TileLook } from './tile-look.ts';

/** Puts people on a list, or takes them off it. */
export const listLook: TileLook = {
  ...{ kind: 'list', label: 'List', hint: 'Put them on a list, or take them off it' },
  ...{ Icon: IconListCheck, colour: 'orange', base: 'list' },
  begin: { kind: 'list', what: 'add' },
  writes: ['what', 'listId'],
  Form: ChangeListForm,
};

function ChangeListForm({ tile, onChange }: TileFormProps) {
  return (
    <Stack>
      <Select
        label="What happens"
        allowDeselect={false}
        data={[
          { value: 'add', label: 'They are put on it' },
          { value: 'remove', label: 'They are taken off it' },
        ]}
        value={tile.what === 'remove' ? 'remove' : 'add'}
        onChange={(what) => onChange({ ...tile, what })}
      />
      <ListPicker label="List" id={tile.listId} onChange={(listId) => onChange({ ...tile, listId })} />
    </Stack>
  );
}
