import { Select, Stack, Switch, Textarea } from '@mantine/core';
import { IconHeadset } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { agentsQuery } from '../../../api/inbox.ts';
import { without } from '../../segments/definition.ts';
import { end } from '../document.ts';
import { LengthField } from '../fields/length-field.tsx';
import { withField } from '../fields/set-field.ts';
import type { TileFormProps, TileLook } from './tile-look.ts';

/** Hands people over to the agents of the inbox. */
export const handOffLook: TileLook = {
  ...{ kind: 'handOff', label: 'Hand over', hint: 'To the agents of the inbox, until one closes the thread' },
  ...{ Icon: IconHeadset, colour: 'teal', base: 'handOff' },
  begin: { kind: 'handOff', within: { hours: 48 }, timeout: end },
  wayWords: (_tile, name) => ({ next: 'Closed by an agent' })[name],
  writes: ['to', 'note', 'within'],
  Form: HandOffForm,
};

function HandOffForm({ tile, onChange }: TileFormProps) {
  const { data } = useQuery(agentsQuery);
  return (
    <Stack>
      <Select
        label="To"
        description="Whose thread it becomes if it is nobody’s"
        clearable
        placeholder="As the inbox has it"
        data={[
          { value: 'byTurns', label: 'By turns' },
          ...(data?.agents ?? []).map(({ email, name }) => ({ value: email, label: name })),
        ]}
        value={typeof tile.to === 'string' ? tile.to : null}
        onChange={(to) => onChange(withField(tile, 'to', to ?? undefined))}
      />
      <Textarea
        label="Note for the agents"
        autosize
        minRows={2}
        maxLength={2_000}
        value={String(tile.note ?? '')}
        onChange={(event) =>
          onChange(withField(tile, 'note', event.currentTarget.value || undefined), 'note')
        }
      />
      <Switch
        label="Only for some time"
        description="Who has waited that long goes by the way “Timed out”"
        checked={tile.within !== undefined}
        onChange={(event) =>
          onChange(
            event.currentTarget.checked
              ? { ...tile, within: { hours: 48 }, timeout: end }
              : without(without(tile, 'within'), 'timeout'),
          )
        }
      />
      {tile.within !== undefined && (
        <LengthField
          label="At most"
          length={tile.within}
          onChange={(within) => onChange({ ...tile, within }, 'within')}
        />
      )}
    </Stack>
  );
}
