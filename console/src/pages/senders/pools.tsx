import { Button, Group, Modal, Text, Title } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { removePool, type Sender, type SenderPool } from '../../api/senders.ts';
import { ConfirmButton } from '../../shell/confirm-button.tsx';
import { DataTable } from '../../shell/data-table.tsx';
import { focusPageTitle } from '../../shell/page.tsx';
import { useAction } from '../../shell/use-action.ts';
import { mediumWords } from '../../words/message-statuses.ts';
import { PoolForm } from './pool-form.tsx';

/** The project's pools: made, changed and deleted. */
export function Pools({ pools, senders }: { pools: SenderPool[]; senders: Sender[] }) {
  const [opened, { open, close }] = useDisclosure();
  return (
    <>
      <Group justify="space-between">
        <Title order={2}>Pools</Title>
        {senders.length > 0 && (
          <Button variant="default" onClick={open}>
            New pool
          </Button>
        )}
      </Group>
      <Modal opened={opened} onClose={close} title="New pool">
        <PoolForm senders={senders} onDone={close} />
      </Modal>
      <DataTable
        caption="Sender pools"
        columns={[
          { header: 'Pool', cell: (pool) => <Text fw={600}>{pool.name}</Text> },
          { header: 'Channel', cell: (pool) => `${mediumWords(pool.medium)} · ${pool.purpose}` },
          {
            header: 'Senders',
            cell: (pool) =>
              pool.senderIds
                .map((id) => senders.find((sender) => sender.id === id)?.address ?? `sender ${id}`)
                .join(', '),
          },
          {
            header: 'Actions',
            cell: (pool) => (
              <Group gap="xs">
                <Change pool={pool} senders={senders} />
                <Delete pool={pool} />
              </Group>
            ),
          },
        ]}
        rows={pools}
        rowKey={(pool) => pool.id}
        empty="No pool. A pool holds several senders; each person keeps to the one they know."
      />
    </>
  );
}

function Change({ pool, senders }: { pool: SenderPool; senders: Sender[] }) {
  const [opened, { open, close }] = useDisclosure();
  return (
    <>
      <Button size="xs" variant="default" aria-label={`Change ${pool.name}`} onClick={open}>
        Change
      </Button>
      <Modal opened={opened} onClose={close} title={`Change ${pool.name}`}>
        <PoolForm pool={pool} senders={senders} onDone={close} />
      </Modal>
    </>
  );
}

function Delete({ pool }: { pool: SenderPool }) {
  const remove = useAction(() => removePool(pool.id), {
    ...{ done: `${pool.name} is deleted`, refresh: [['senderPools'], ['senders']] },
    after: focusPageTitle,
  });
  return (
    <ConfirmButton
      label="Delete"
      aria-label={`Delete ${pool.name}`}
      size="xs"
      variant="default"
      question={`Delete ${pool.name}?`}
      confirm="Delete pool"
      danger
      busy={remove.isBusy}
      onConfirm={() => remove.act()}
    >
      Its senders stay. A pool that a campaign names cannot be deleted.
    </ConfirmButton>
  );
}
