import { MultiSelect, Select } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { listsQuery } from '../../../api/lists.ts';
import { segmentsQuery } from '../../../api/segments.ts';
import { shortOptions } from '../../../words/short-options.ts';

interface Choice {
  id: number;
  name: string;
}

interface PickerProps {
  label: string;
  description?: string;
  /** What is chosen; undefined for nothing yet. */
  id: unknown;
  onChange: (id: number) => void;
}

const asOptions = (choices: readonly Choice[] | undefined) =>
  (choices ?? []).map(({ id, name }) => ({ value: String(id), label: name }));

function Picker({
  choices,
  none,
  id,
  onChange,
  ...props
}: PickerProps & { choices: readonly Choice[] | undefined; none: string }) {
  return (
    <Select
      {...props}
      searchable
      allowDeselect={false}
      filter={shortOptions}
      placeholder={choices?.length === 0 ? none : 'Choose'}
      nothingFoundMessage="None is called so"
      data={asOptions(choices)}
      value={typeof id === 'number' ? String(id) : null}
      onChange={(value) => value !== null && onChange(Number(value))}
    />
  );
}

/** One of the lists. */
export function ListPicker(props: PickerProps) {
  const { data } = useQuery(listsQuery);
  return <Picker {...props} choices={data} none="No list yet: an import makes one" />;
}

/** One of the segments; those alone that are kept live where `isLive`. */
export function SegmentPicker({ isLive = false, ...props }: PickerProps & { isLive?: boolean }) {
  const { data } = useQuery(segmentsQuery);
  const choices = data?.filter(({ live }) => live || !isLive);
  return (
    <Picker {...props} choices={choices} none={isLive ? 'No segment is kept live yet' : 'No segment yet'} />
  );
}

/** Several lists, or segments. */
export function SeveralPicker({
  of,
  ids,
  onChange,
  ...props
}: {
  label: string;
  description?: string;
  of: 'lists' | 'segments';
  ids: unknown;
  onChange: (ids: number[]) => void;
}) {
  const lists = useQuery({ ...listsQuery, enabled: of === 'lists' });
  const segments = useQuery({ ...segmentsQuery, enabled: of === 'segments' });
  const choices = of === 'lists' ? lists.data : segments.data;
  return (
    <MultiSelect
      {...props}
      searchable
      filter={shortOptions}
      nothingFoundMessage="None is called so"
      data={asOptions(choices)}
      value={Array.isArray(ids) ? ids.map(String) : []}
      onChange={(values) => onChange(values.map(Number))}
    />
  );
}
