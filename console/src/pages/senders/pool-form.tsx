import { MultiSelect, Select, TextInput } from '@mantine/core';
import { useState } from 'react';
import { type Sender, type SenderPool, savePool } from '../../api/senders.ts';
import { ActionForm } from '../../shell/action-form.tsx';
import { useAction } from '../../shell/use-action.ts';
import { mediumWords } from '../../words/message-statuses.ts';

/** What a pool's senders have in common. */
const sortOf = ({ medium, purpose }: Pick<Sender, 'medium' | 'purpose'>) => `${medium} ${purpose}`;
const sortWords = ({ medium, purpose }: Pick<Sender, 'medium' | 'purpose'>) =>
  `${mediumWords(medium)} · ${purpose}`;

/** Makes a pool, or changes one: senders of one medium and purpose. */
export function PoolForm({
  pool = null,
  senders,
  onDone,
}: {
  pool?: SenderPool | null;
  senders: readonly Sender[];
  onDone: () => void;
}) {
  const sorts = [...new Map(senders.map((sender) => [sortOf(sender), sortWords(sender)]))];
  const [name, setName] = useState(pool?.name ?? '');
  const [sort, setSort] = useState(pool ? sortOf(pool) : (sorts[0]?.[0] ?? ''));
  const [ids, setIds] = useState(pool?.senderIds.map(String) ?? []);
  const save = useAction(
    () => savePool(pool?.id ?? null, { name: name.trim(), senderIds: ids.map(Number) }),
    {
      ...{ inPlace: true, once: true, done: `${name.trim()} is ${pool ? 'changed' : 'made'}` },
      refresh: [['senderPools'], ['senders']],
      after: onDone,
    },
  );
  return (
    <ActionForm action={save} submit={pool ? 'Save pool' : 'Make pool'}>
      <TextInput
        label="Name"
        required
        data-autofocus
        maxLength={100}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      {!pool && (
        <Select
          label="Channel and purpose"
          description="A pool keeps to one of each"
          data={sorts.map(([value, label]) => ({ value, label }))}
          allowDeselect={false}
          value={sort}
          onChange={(value) => {
            setSort(value ?? sort);
            setIds([]);
          }}
        />
      )}
      <MultiSelect
        label="Senders"
        description="Each person keeps to the one they know; a new person gets one of their own country where there is one"
        required
        searchable
        data={senders
          .filter((sender) => sortOf(sender) === sort)
          .map((sender) => ({ value: String(sender.id), label: `${sender.name} (${sender.address})` }))}
        value={ids}
        onChange={setIds}
      />
    </ActionForm>
  );
}
