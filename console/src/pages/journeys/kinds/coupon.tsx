import { Select, Stack, TextInput } from '@mantine/core';
import { IconTicket } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { poolsQuery } from '../../../api/coupons.ts';
import { shortOptions } from '../../../words/short-options.ts';
import type { TileFormProps, TileLook } from './tile-look.ts';

/** Gives a code of a pool. */
export const couponLook: TileLook = {
  ...{ kind: 'coupon', label: 'Coupon', hint: 'Give them a code of a pool, for messages and splits' },
  ...{ Icon: IconTicket, colour: 'orange', base: 'coupon' },
  begin: { kind: 'coupon', as: 'code' },
  wayWords: (_tile, name) => ({ next: 'Given', none: 'None left' })[name],
  writes: ['pool', 'as'],
  Form: CouponForm,
};

function CouponForm({ tile, onChange }: TileFormProps) {
  const { data: pools } = useQuery(poolsQuery);
  return (
    <Stack>
      <Select
        label="Pool"
        searchable
        allowDeselect={false}
        filter={shortOptions}
        placeholder={pools?.length === 0 ? 'No pool yet' : 'Choose'}
        data={(pools ?? []).map(({ name }) => name)}
        value={typeof tile.pool === 'string' ? tile.pool : null}
        onChange={(pool) => pool !== null && onChange({ ...tile, pool })}
      />
      <TextInput
        label="Known as"
        description="In messages between two braces, {{code}}; in splits as a field of the entry"
        maxLength={100}
        value={String(tile.as ?? '')}
        onChange={(event) => onChange({ ...tile, as: event.currentTarget.value }, 'as')}
      />
    </Stack>
  );
}
