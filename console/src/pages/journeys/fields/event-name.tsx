import { Autocomplete } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { namesQuery } from '../../../api/segments.ts';
import { shortOptions } from '../../../words/short-options.ts';

/** The name of an event: one that was tracked, or one that will be. */
export function EventNameField({
  label,
  name,
  onChange,
}: {
  label: string;
  name: unknown;
  onChange: (name: string) => void;
}) {
  const { data: names } = useQuery(namesQuery);
  return (
    <Autocomplete
      label={label}
      placeholder="The name of an event"
      data={(names?.events ?? []).map((each) => each.name).filter((each) => each !== 'purchase')}
      filter={shortOptions}
      maxLength={255}
      value={typeof name === 'string' ? name : ''}
      onChange={onChange}
    />
  );
}
