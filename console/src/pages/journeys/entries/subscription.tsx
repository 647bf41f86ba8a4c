import { Select } from '@mantine/core';
import { IconChecklist } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { channelsQuery, messageTypesQuery } from '../../../api/channels.ts';
import { shortOptions } from '../../../words/short-options.ts';
import { typeWords } from '../../../words/type-words.ts';
import type { EntryFormProps, EntryLook } from './entry-look.ts';

/** Somebody opts in to something, or out of it. */
export const subscriptionEntry: EntryLook = {
  ...{ name: 'subscription', label: 'Somebody opts in, or out', Icon: IconChecklist },
  begin: { what: 'optedIn' },
  writes: ['channelId', 'messageTypeId', 'what'],
  Form: SubscriptionForm,
};

function SubscriptionForm({ of, onChange }: EntryFormProps) {
  const { data: channels = [] } = useQuery(channelsQuery);
  const { data: types = [] } = useQuery(messageTypesQuery);
  const value =
    typeof of.channelId === 'number'
      ? `channelId ${of.channelId}`
      : typeof of.messageTypeId === 'number'
        ? `messageTypeId ${of.messageTypeId}`
        : null;
  return (
    <>
      <Select
        label="What they do"
        allowDeselect={false}
        data={[
          { value: 'optedIn', label: 'They opt in' },
          { value: 'optedOut', label: 'They opt out' },
        ]}
        value={of.what === 'optedOut' ? 'optedOut' : 'optedIn'}
        onChange={(what) => what && onChange({ ...of, what })}
      />
      <Select
        label="Of which channel or message type"
        searchable
        allowDeselect={false}
        filter={shortOptions}
        placeholder="Choose"
        data={[
          {
            group: 'Channels',
            items: channels.map(({ id, name }) => ({ value: `channelId ${id}`, label: name })),
          },
          {
            group: 'Message types',
            items: types.map((type) => ({ value: `messageTypeId ${type.id}`, label: typeWords(type) })),
          },
        ].filter(({ items }) => items.length > 0)}
        value={value}
        onChange={(chosen) => {
          const [name, id] = chosen?.split(' ') ?? [];
          if (name) onChange({ what: of.what ?? 'optedIn', [name]: Number(id) });
        }}
      />
    </>
  );
}
