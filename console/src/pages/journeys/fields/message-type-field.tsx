import { Select } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { messageTypesQuery } from '../../../api/channels.ts';
import { shortOptions } from '../../../words/short-options.ts';
import { typeWords } from '../../../words/type-words.ts';

/** One of the message types. */
export function MessageTypeField({
  label,
  id,
  onChange,
}: {
  label: string;
  /** Undefined while none is chosen. */
  id: unknown;
  onChange: (id: number) => void;
}) {
  const { data: types = [] } = useQuery(messageTypesQuery);
  return (
    <Select
      label={label}
      searchable
      allowDeselect={false}
      filter={shortOptions}
      placeholder="Choose"
      data={types.map((type) => ({ value: String(type.id), label: typeWords(type) }))}
      value={typeof id === 'number' ? String(id) : null}
      onChange={(value) => value !== null && onChange(Number(value))}
    />
  );
}
