import { Badge, Button, Modal, Stack, Title } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { type Webhook, webhooksQuery } from '../../api/webhooks.ts';
import { ApiDescription } from '../../shell/api-description.tsx';
import { type Column, DataTable } from '../../shell/data-table.tsx';
import { Loaded } from '../../shell/problem.tsx';
import { count } from '../../words/formats.ts';
import { WebhookForm } from './webhook-form.tsx';

const columns: Column<Webhook>[] = [
  { header: 'Endpoint', cell: ({ endpoint }) => <span className="anywhere">{endpoint}</span> },
  { header: 'Kinds of events', cell: ({ childEvents }) => count(childEvents.length), numeric: true },
  {
    header: 'State',
    cell: ({ enabled }) => <Badge color={enabled ? 'green' : 'gray'}>{enabled ? 'On' : 'Off'}</Badge>,
  },
  { header: 'Actions', cell: (webhook) => <Change webhook={webhook} /> },
];

function Change({ webhook }: { webhook: Webhook }) {
  const [opened, { open, close }] = useDisclosure();
  return (
    <>
      <Button size="xs" variant="default" aria-label={`Change webhook ${webhook.endpoint}`} onClick={open}>
        Change
      </Button>
      <Modal opened={opened} onClose={close} title="Change a webhook">
        <WebhookForm webhook={webhook} onDone={close} />
      </Modal>
    </>
  );
}

/** Where the project's events are posted to. */
export function WebhooksCard() {
  const webhooks = useQuery(webhooksQuery);
  return (
    <Stack component="section" aria-labelledby="webhooks" gap="sm">
      <Title order={2} id="webhooks">
        Webhooks
      </Title>
      <Loaded query={webhooks}>
        {(data) => (
          <DataTable
            caption="Webhooks"
            columns={columns}
            rows={data}
            rowKey={(webhook) => webhook.id}
            empty={
              <>
                No webhook yet: the call that makes one is in <ApiDescription />.
              </>
            }
          />
        )}
      </Loaded>
    </Stack>
  );
}
