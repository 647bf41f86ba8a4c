import { Button, Modal } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { type FlowSummary, flowsQuery } from '../../api/flows.ts';
import { type Column, DataTable } from '../../shell/data-table.tsx';
import { Page } from '../../shell/page.tsx';
import { Loaded } from '../../shell/problem.tsx';
import { TextLink } from '../../shell/router-link.tsx';
import { FlowStatusBadge } from '../../shell/status-badge.tsx';
import { ago, count } from '../../words/formats.ts';
import { NewFlowForm } from './new-flow-form.tsx';

const columns: Column<FlowSummary>[] = [
  {
    header: 'Flow',
    cell: ({ id, name }) => (
      <TextLink to="/flows/$id" params={{ id: String(id) }} className="stretched">
        <bdi>{name}</bdi>
      </TextLink>
    ),
  },
  { header: 'Status', cell: ({ status }) => <FlowStatusBadge status={status} /> },
  { header: 'Answers', cell: ({ answers }) => count(answers), numeric: true },
  { header: 'Version', cell: ({ version }) => count(version), numeric: true },
  { header: 'Made by', cell: ({ createdBy }) => <bdi>{createdBy}</bdi> },
  { header: 'Changed', cell: ({ updatedAt }) => ago(updatedAt), unbroken: true },
];

/** WhatsApp flows: forms that people fill in within the chat. */
export function FlowsPage() {
  const flows = useQuery(flowsQuery);
  const navigate = useNavigate();
  const [opened, { open, close }] = useDisclosure();
  return (
    <Page
      title="WhatsApp flows"
      about="Forms that people fill in within the chat. A free-form message or a template opens one; what people answer goes into their profiles, into events and, where they agree, into their consent."
      actions={
        <Button leftSection={<IconPlus size={18} aria-hidden />} onClick={open}>
          New flow
        </Button>
      }
    >
      <Loaded query={flows}>
        {(data) => (
          <DataTable
            caption="WhatsApp flows"
            columns={columns}
            rows={data.flows}
            rowKey={({ id }) => id}
            empty="No flow yet. Begin with one that is ready: an opt-in, preferences, a survey, a lead."
          />
        )}
      </Loaded>
      <Modal opened={opened} onClose={close} closeOnClickOutside={false} title="New flow" size="lg">
        <NewFlowForm onDone={({ id }) => void navigate({ to: '/flows/$id', params: { id: String(id) } })} />
      </Modal>
    </Page>
  );
}
