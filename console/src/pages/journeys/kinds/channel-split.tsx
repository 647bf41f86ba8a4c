import { Checkbox, Select, Stack, Text } from '@mantine/core';
import { IconAntennaBars5 } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { messageTypesQuery } from '../../../api/channels.ts';
import { sendersQuery } from '../../../api/senders.ts';
import { end } from '../document.ts';
import { MessageTypeField } from '../fields/message-type-field.tsx';
import { withField } from '../fields/set-field.ts';
import { Branches } from './branches.tsx';
import type { TileFormProps, TileLook } from './tile-look.ts';

/** Sends each person by the first channel on which they are reached. */
export const channelSplitLook: TileLook = {
  ...{
    kind: 'channelSplit',
    label: 'Channel split',
    hint: 'By the first channel on which they may be written to',
  },
  ...{ Icon: IconAntennaBars5, colour: 'grape', base: 'channel' },
  begin: { kind: 'channelSplit', branches: [{ name: 'text', next: end }], otherwise: end },
  writes: ['branches'],
  Form: ChannelSplitForm,
};

function ChannelSplitForm({ tile, onChange }: TileFormProps) {
  const { data: types = [] } = useQuery(messageTypesQuery);
  const { data: senders = [] } = useQuery(sendersQuery);
  return (
    <Stack>
      <Text size="sm" c="dimmed">
        Each person goes by the first branch on which they have opted in, have an address and are reached; by
        “Otherwise” where there is none.
      </Text>
      <Branches tile={tile} what="branch" most={20} begin={{}} onChange={onChange}>
        {(branch, set) => {
          const type = types.find(({ id }) => id === branch.messageTypeId);
          const fitting = senders.filter(
            ({ medium, purpose }) => medium === type?.medium && purpose === type?.purpose,
          );
          return (
            <>
              <MessageTypeField
                label="Messages of the type"
                id={branch.messageTypeId}
                onChange={(messageTypeId) =>
                  set(withField({ ...branch, messageTypeId }, 'senderId', undefined))
                }
              />
              <Select
                label="From"
                clearable
                clearButtonProps={{ 'aria-label': 'Any sender that fits' }}
                placeholder="Any sender that fits"
                disabled={!type}
                data={fitting.map(({ id, name, address }) => ({
                  value: String(id),
                  label: `${name} (${address})`,
                }))}
                value={typeof branch.senderId === 'number' ? String(branch.senderId) : null}
                onChange={(value) =>
                  set(withField(branch, 'senderId', value === null ? undefined : Number(value)))
                }
              />
              <Checkbox
                label="Only within an open session"
                description="Who wrote to you within the time in which the medium lets one answer freely: 24 hours on WhatsApp"
                checked={branch.session === true}
                onChange={(event) =>
                  set(withField(branch, 'session', event.currentTarget.checked || undefined))
                }
              />
            </>
          );
        }}
      </Branches>
    </Stack>
  );
}
