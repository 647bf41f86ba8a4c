import { Select } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { nameOf, peopleQuery, type UserCard } from '../../api/users.ts';

const mostShown = 20;

/** Finds somebody of the project by name, email, number or id, to see the message as they would. */
export function PersonChoice({
  person,
  label = 'Show it for a real person',
  description = 'Find them by name, email or number; without one it is the sample person',
  onChange,
}: {
  person: UserCard | null;
  label?: string;
  description?: string;
  onChange: (person: UserCard | null) => void;
}) {
  const [typed, setTyped] = useState('');
  const [asked] = useDebouncedValue(typed.trim(), 300);
  // The words of the one who is chosen stand in the box, and are no search.
  const isSearch = asked !== '' && (person === null || asked !== labelOf(person));
  const found = useQuery({ ...peopleQuery({ query: asked }), enabled: isSearch });
  const people = isSearch ? (found.data?.users.slice(0, mostShown) ?? []) : [];
  const all = person && !people.some(({ ref }) => ref === person.ref) ? [person, ...people] : people;
  return (
    <Select
      label={label}
      description={description}
      placeholder="Search people"
      searchable
      clearable
      clearButtonProps={{ 'aria-label': `Nobody: ${label}` }}
      data={all.map((each) => ({ value: each.ref, label: labelOf(each) }))}
      // The server has searched already.
      filter={({ options }) => options}
      nothingFoundMessage={
        asked === '' ? 'Type a name, an email or a number' : found.isFetching ? 'Searching…' : 'Nobody found'
      }
      value={person?.ref ?? null}
      onChange={(ref) => onChange(all.find((each) => each.ref === ref) ?? null)}
      searchValue={typed}
      onSearchChange={setTyped}
    />
  );
}

function labelOf(person: UserCard): string {
  const name = nameOf(person);
  const known = [person.email, person.phoneNumber, person.userId].find((one) => one && one !== name);
  return known ? `${name} · ${known}` : name;
}
