import { TextInput } from '@mantine/core';
import { IconDoorExit } from '@tabler/icons-react';
import type { TileFormProps, TileLook } from './tile-look.ts';

/** Where people leave with a reason. */
export const exitLook: TileLook = {
  ...{ kind: 'exit', label: 'Leave', hint: 'They leave here, with a reason of its own' },
  ...{ Icon: IconDoorExit, colour: 'gray', base: 'leave' },
  begin: { kind: 'exit', reason: '' },
  writes: ['reason'],
  Form: ExitForm,
};

function ExitForm({ tile, onChange }: TileFormProps) {
  return (
    <TextInput
      label="Reason"
      description="Told wherever it says why they left"
      maxLength={200}
      value={String(tile.reason ?? '')}
      onChange={(event) => onChange({ ...tile, reason: event.currentTarget.value }, 'reason')}
    />
  );
}
