import { Select } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { channelsQuery, messageTypesQuery } from '../../../api/channels.ts';
import { shortOptions } from '../../../words/short-options.ts';
import { typeWords } from '../../../words/type-words.ts';
import { type Part, without } from '../../segments/definition.ts';

/** A channel or a message type, as `channelId` or `messageTypeId` of a part. */
export function SubscriptionField({
  label,
  of,
  onChange,
}: {
  label: string;
  of: Part;
  onChange: (of: Part) => void;
}) {
  const { data: channels = [] } = useQuery(channelsQuery);
  const { data: types = [] } = useQuery(messageTypesQuery);
  const chosen = (['channelId', 'messageTypeId'] as const).find((name) => typeof of[name] === 'number');
  return (
    <Select
      label={label}
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
      value={chosen ? `${chosen} ${String(of[chosen])}` : null}
      onChange={(value) => {
        const [name, id] = value?.split(' ') ?? [];
        if (name) onChange({ ...without(without(of, 'channelId'), 'messageTypeId'), [name]: Number(id) });
      }}
    />
  );
}
