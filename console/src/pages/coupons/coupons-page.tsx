import { Button, Modal, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { type CouponPool, poolsQuery } from '../../api/coupons.ts';
import type { Column } from '../../shell/data-table.tsx';
import { Page } from '../../shell/page.tsx';
import { Loaded } from '../../shell/problem.tsx';
import { TextLink } from '../../shell/router-link.tsx';
import { type Order, SearchedTable } from '../../shell/searched-table.tsx';
import { count, instant } from '../../words/formats.ts';
import { LeftBar } from './left-bar.tsx';
import { PoolForm } from './pool-form.tsx';

const columns: Column<CouponPool>[] = [
  {
    header: 'Pool',
    cell: (pool) => (
      <>
        <TextLink to="/coupons/$id" params={{ id: String(pool.id) }} className="stretched">
          {pool.name}
        </TextLink>
        {pool.description && (
          <Text size="sm" c="dimmed" dir="auto" className="anywhere">
            {pool.description}
          </Text>
        )}
      </>
    ),
  },
  { header: 'Codes left', cell: (pool) => <LeftBar pool={pool} /> },
  { header: 'Given', cell: (pool) => count(pool.given), numeric: true },
  {
    header: 'Expires',
    cell: (pool) => (pool.expiresAt === null ? 'Never' : instant(pool.expiresAt)),
    unbroken: true,
  },
];

const orders: Record<string, Order<CouponPool>> = {
  name: {
    label: 'Name, A to Z',
    compare: (a, b) => a.name.localeCompare(b.name, undefined, { numeric: true }),
  },
  fewest: { label: 'Fewest left first', compare: (a, b) => a.left - b.left },
  newest: { label: 'Newest first', compare: (a, b) => b.id - a.id },
};

/** Pools of codes that are each given to one person. */
export function CouponsPage() {
  const pools = useQuery(poolsQuery);
  const navigate = useNavigate();
  const [opened, { open, close }] = useDisclosure();
  return (
    <Page
      title="Coupons"
      about="Pools of codes, each of which goes to one person. A template shows one by the name of its pool."
      actions={
        <Button leftSection={<IconPlus size={18} aria-hidden />} onClick={open}>
          New pool
        </Button>
      }
    >
      <Loaded query={pools}>
        {(data) => (
          <SearchedTable
            of="Coupon pools"
            one="a pool"
            rows={data}
            columns={columns}
            rowKey={(pool) => pool.id}
            textOf={(pool) => `${pool.name} ${pool.description ?? ''}`}
            orders={orders}
            empty={
              data.length === 0 ? 'No pool yet. Make one, and add your shop’s codes.' : 'No pool matches.'
            }
          />
        )}
      </Loaded>
      <Modal opened={opened} onClose={close} closeOnClickOutside={false} title="New pool">
        <PoolForm onDone={({ id }) => void navigate({ to: '/coupons/$id', params: { id: String(id) } })} />
      </Modal>
    </Page>
  );
}
