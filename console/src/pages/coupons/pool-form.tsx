import { NumberInput, Select, TextInput } from '@mantine/core';
import { useState } from 'react';
import { type CouponPool, changePool, createPool, type OneFor } from '../../api/coupons.ts';
import { ActionForm } from '../../shell/action-form.tsx';
import { useAction } from '../../shell/use-action.ts';
import { localInput, ownZone, zoneWords } from '../../words/formats.ts';
import { oneForChoices } from '../../words/one-for.ts';

/** Makes a pool, or changes one; a name stays, since templates hold it. */
export function PoolForm({
  pool = null,
  onDone,
}: {
  pool?: CouponPool | null;
  onDone: (pool: CouponPool) => void;
}) {
  const [name, setName] = useState(pool?.name ?? '');
  const [description, setDescription] = useState(pool?.description ?? '');
  const [oneFor, setOneFor] = useState<OneFor>(pool?.oneFor ?? 'person');
  const [kept] = useState(pool?.expiresAt ? localInput(pool.expiresAt) : '');
  const [expiresAt, setExpiresAt] = useState(kept);
  const [alarmBelow, setAlarmBelow] = useState<number | string>(pool?.alarmBelow ?? '');
  const fields = () => ({
    oneFor,
    description: description.trim() === '' ? null : description.trim(),
    // The field has no seconds: an instant that is not changed stays to the second.
    ...(expiresAt === kept ? {} : { expiresAt: expiresAt === '' ? null : new Date(expiresAt).toISOString() }),
    alarmBelow: typeof alarmBelow === 'number' ? alarmBelow : null,
  });
  const save = useAction(
    () => (pool ? changePool(pool.id, fields()) : createPool({ name: name.trim(), ...fields() })),
    {
      ...{ once: true, inPlace: true, refresh: [['coupons']], after: onDone },
      done: pool ? 'The pool is changed' : 'The pool is made; now add its codes',
    },
  );
  return (
    <ActionForm action={save} submit={pool ? 'Save' : 'Make pool'}>
      {!pool && (
        <TextInput
          label="Name"
          description={`Templates name it: {{coupon "${name.trim() || 'Spring sale'}"}}. It stays.`}
          required
          data-autofocus
          maxLength={100}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
      )}
      <TextInput
        label="Description"
        description="For you; nobody else sees it"
        maxLength={1_000}
        value={description}
        onChange={(event) => setDescription(event.currentTarget.value)}
      />
      <Select
        label="Who gets which code"
        allowDeselect={false}
        data={oneForChoices}
        value={oneFor}
        onChange={(value) => setOneFor(oneForChoices.find((each) => each.value === value)?.value ?? oneFor)}
      />
      <TextInput
        label="Expires"
        description={`By your clock (${zoneWords(ownZone)}). From then on nobody gets a code; empty for never`}
        type="datetime-local"
        value={expiresAt}
        onChange={(event) => setExpiresAt(event.currentTarget.value)}
      />
      <NumberInput
        label="Alarm below"
        description="With fewer codes left the pool is marked here, and your systems are told (webhook couponsLow); empty for no alarm"
        min={1}
        max={100_000_000}
        allowDecimal={false}
        thousandSeparator=","
        value={alarmBelow}
        onChange={setAlarmBelow}
      />
    </ActionForm>
  );
}
