import { IconMoon } from '@tabler/icons-react';
import { MessageTypeField } from '../fields/message-type-field.tsx';
import type { TileFormProps, TileLook } from './tile-look.ts';

/** Holds people until quiet hours end. */
export const holdLook: TileLook = {
  ...{ kind: 'hold', label: 'Hold', hint: 'Until the law’s quiet hours are over where they are' },
  ...{ Icon: IconMoon, colour: 'teal', base: 'hold' },
  begin: { kind: 'hold' },
  writes: ['messageTypeId'],
  Form: HoldForm,
};

function HoldForm({ tile, onChange }: TileFormProps) {
  return (
    <MessageTypeField
      label="Until messages of the type may be sent"
      id={tile.messageTypeId}
      onChange={(messageTypeId) => onChange({ ...tile, messageTypeId })}
    />
  );
}
