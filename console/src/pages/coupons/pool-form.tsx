import { Group, NumberInput, Select, Stack, TextInput } from '@mantine/core';
import { useState } from 'react';
import { type CouponPool, changePool, createPool, type OneFor } from '../../api/coupons.ts';
import { BusyButton } from '../../shell/busy-button.tsx';
import { Problem } from '../../shell/problem.tsx';
import { useAction } from '../../shell/use-action.ts';
import { oneForChoices } from '../../words/one-for.ts';

/** An instant as the browser's field of a date and time has it, by the reader's clock. */
function asLocal(instant: string | null): string {
  if (instant === null) return '';
  const at = new Date(instant);
  return new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}

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
  const [expiresAt, setExpiresAt] = useState(asLocal(pool?.expiresAt ?? null));
  const [alarmBelow, setAlarmBelow] = useState<number | string>(pool?.alarmBelow ?? '');
  const fields = () => ({
    oneFor,
    description: description.trim() === '' ? null : description.trim(),
    expiresAt: expiresAt === '' ? null : new Date(expiresAt).toISOString(),
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
    <form
      onSubmit={(event) => {
        event.preventDefault();
        save.act();
      }}
    >
      <Stack>
        {!pool && (
          <TextInput
            label="Name"
            description={'Templates name it: {{coupon "Spring sale"}}'}
            required
            data-autofocus
            maxLength={100}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
          />
        )}
        <TextInput
          label="Description"
          value={description}
          onChange={(event) => setDescription(event.currentTarget.value)}
        />
        <Select
          label="Who gets which code"
          allowDeselect={false}
          data={oneForChoices}
          value={oneFor}
          onChange={(value) => setOneFor((value ?? 'person') as OneFor)}
        />
        <TextInput
          label="Expires, by your clock"
          description="From then on nobody gets a code; empty for never"
          type="datetime-local"
          value={expiresAt}
          onChange={(event) => setExpiresAt(event.currentTarget.value)}
        />
        <NumberInput
          label="Alarm below"
          description="Webhooks with couponsLow are told when fewer codes are left; empty for no alarm"
          min={1}
          max={100_000_000}
          allowDecimal={false}
          value={alarmBelow}
          onChange={setAlarmBelow}
        />
        {save.error && <Problem error={save.error} />}
        <Group justify="flex-end">
          <BusyButton type="submit" busy={save.isBusy}>
            {pool ? 'Save' : 'Make pool'}
          </BusyButton>
        </Group>
      </Stack>
    </form>
  );
}
