import { Alert, Anchor, List, Modal, Tabs, TextInput } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import {
  cloneFlow,
  deleteFlow,
  deprecateFlow,
  type Flow,
  flowQuery,
  publishFlow,
  refreshFlow,
} from '../../api/flows.ts';
import { ActionForm } from '../../shell/action-form.tsx';
import { BusyButton } from '../../shell/busy-button.tsx';
import { ConfirmButton } from '../../shell/confirm-button.tsx';
import { Page } from '../../shell/page.tsx';
import { Loaded } from '../../shell/problem.tsx';
import { FlowStatusBadge } from '../../shell/status-badge.tsx';
import { useAction } from '../../shell/use-action.ts';
import { count } from '../../words/formats.ts';
import { AnswersPanel } from './answers-panel.tsx';
import { ExchangePanel } from './exchange-panel.tsx';
import { FormPanel } from './form-panel.tsx';
import { MappingPanel } from './mapping-panel.tsx';
import { RecordPanel } from './record-panel.tsx';

/** One WhatsApp flow: its form, what becomes of answers, what it is answered, what Meta says. */
export function FlowPage() {
  const { id } = useParams({ from: '/shell/flows/$id' });
  const flow = useQuery(flowQuery(Number(id)));
  return (
    <Loaded query={flow} page="WhatsApp flow">
      {(data) => (
        <Page
          title={data.name}
          about={<FlowStatusBadge status={data.status} />}
          actions={<Actions flow={data} />}
        >
          <Findings flow={data} />
          <Tabs defaultValue="form" keepMounted={false}>
            <Tabs.List mb="lg">
              <Tabs.Tab value="form">Form</Tabs.Tab>
              <Tabs.Tab value="mapping">What becomes of answers</Tabs.Tab>
              {data.usesEndpoint && <Tabs.Tab value="exchange">What it is answered</Tabs.Tab>}
              <Tabs.Tab value="answers">Answers ({count(data.answers)})</Tabs.Tab>
              <Tabs.Tab value="record">Versions and notices</Tabs.Tab>
            </Tabs.List>
            <Tabs.Panel value="form">
              <FormPanel flow={data} />
            </Tabs.Panel>
            <Tabs.Panel value="mapping">
              <MappingPanel flow={data} />
            </Tabs.Panel>
            <Tabs.Panel value="exchange">
              <ExchangePanel flow={data} />
            </Tabs.Panel>
            <Tabs.Panel value="answers">
              <AnswersPanel flow={data} />
            </Tabs.Panel>
            <Tabs.Panel value="record">
              <RecordPanel flow={data} />
            </Tabs.Panel>
          </Tabs>
        </Page>
      )}
    </Loaded>
  );
}

/** What Meta finds wrong with the newest version. */
function Findings({ flow }: { flow: Flow }) {
  const findings = flow.versions[0]?.findings ?? [];
  const isMissing = flow.versions[0]?.uploadedAt === null;
  if (isMissing)
    return (
      <Alert color="orange" title="Meta does not have the newest version yet">
        It is kept here, and goes to Meta with the next save or as it is published.
      </Alert>
    );
  if (findings.length === 0) return null;
  return (
    <Alert color="red" title="Meta finds this version wrong: it cannot be published">
      <List size="sm">
        {findings.map(({ error, message, at }) => (
          <List.Item key={`${error} ${at} ${message}`}>
            {at !== '' && `${at}: `}
            {message || error}
          </List.Item>
        ))}
      </List>
    </Alert>
  );
}

function Actions({ flow }: { flow: Flow }) {
  const navigate = useNavigate();
  const queries = useQueryClient();
  const refresh = [['flows']];
  const publish = useAction(() => publishFlow(flow.id), { refresh, done: 'The flow is published' });
  const end = useAction(() => deprecateFlow(flow.id), { refresh, done: 'The flow is ended' });
  const preview = useAction(() => refreshFlow(flow.id), {
    refresh,
    done: ({ previewUrl }) => (previewUrl ? 'Meta’s preview is ready' : 'Meta has no preview of it'),
  });
  const remove = useAction(() => deleteFlow(flow.id), {
    ...{ once: true, done: 'The draft is deleted' },
    after: async () => {
      await navigate({ to: '/flows' });
      queries.removeQueries({ queryKey: ['flows', flow.id] });
      await queries.invalidateQueries({ queryKey: ['flows'] });
    },
  });
  const isDraft = flow.status === 'DRAFT';
  return (
    <>
      {flow.previewUrl ? (
        <Anchor href={flow.previewUrl} target="_blank" rel="noreferrer" underline="always">
          Meta’s preview
        </Anchor>
      ) : (
        <BusyButton variant="default" busy={preview.isBusy} onClick={() => preview.act()}>
          Ask Meta for a preview
        </BusyButton>
      )}
      <CloneButton flow={flow} />
      {isDraft ? (
        <>
          <ConfirmButton
            label="Delete"
            variant="default"
            question={`Delete “${flow.name}”?`}
            confirm="Delete the draft"
            danger
            busy={remove.isBusy}
            onConfirm={() => remove.act()}
          >
            The draft goes, with all of its versions, at Meta too. What testers answered stays in their
            history.
          </ConfirmButton>
          <ConfirmButton
            label="Publish"
            question={`Publish “${flow.name}”?`}
            confirm="Publish the flow"
            busy={publish.isBusy}
            onConfirm={() => publish.act()}
          >
            It can then be sent to everybody, and its form never changes again. To change it you clone it.
            What becomes of answers can be changed at any time.
          </ConfirmButton>
        </>
      ) : (
        flow.status !== 'DEPRECATED' && (
          <ConfirmButton
            label="End"
            variant="default"
            question={`End “${flow.name}”?`}
            confirm="End the flow"
            danger
            busy={end.isBusy}
            onConfirm={() => end.act()}
          >
            Nobody can open it any more, in messages that were sent before either. It cannot be taken back.
          </ConfirmButton>
        )
      )}
    </>
  );
}

function CloneButton({ flow }: { flow: Flow }) {
  const navigate = useNavigate();
  const [opened, { open, close }] = useDisclosure();
  const [name, setName] = useState(`${flow.name}, next`);
  const clone = useAction(() => cloneFlow(flow.id, name.trim()), {
    ...{ once: true, inPlace: true, refresh: [['flows']], done: 'The clone is made, a draft' },
    after: ({ id }) => {
      close();
      void navigate({ to: '/flows/$id', params: { id: String(id) } });
    },
  });
  return (
    <>
      <BusyButton variant="default" busy={false} onClick={open}>
        Clone
      </BusyButton>
      <Modal opened={opened} onClose={close} title={`Clone ${flow.name}`}>
        <ActionForm action={clone} submit="Clone" isWhole={name.trim() !== ''}>
          <TextInput
            label="Name"
            description="The clone has the same form and does the same with answers"
            required
            data-autofocus
            maxLength={200}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
          />
        </ActionForm>
      </Modal>
    </>
  );
}
