import { Button, Menu, Select, Stack, Text } from '@mantine/core';
import { IconChevronDown } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { media } from '../../api/media.ts';
import { cloneTemplate, isAwaited, type TemplateSummary, templatesQuery } from '../../api/templates.ts';
import { BusyButton } from '../../shell/busy-button.tsx';
import type { Column } from '../../shell/data-table.tsx';
import { Page } from '../../shell/page.tsx';
import { Loaded } from '../../shell/problem.tsx';
import { TextLink } from '../../shell/router-link.tsx';
import { type Order, SearchedTable } from '../../shell/searched-table.tsx';
import { useAction } from '../../shell/use-action.ts';
import { instant } from '../../words/formats.ts';
import { mediumWords } from '../../words/message-statuses.ts';
import { ApprovalBadge } from './approval-badge.tsx';

const columns: Column<TemplateSummary>[] = [
  {
    header: 'Template',
    cell: (template) => (
      <TextLink
        to="/templates/$medium/$id"
        params={{ medium: template.medium, id: String(template.templateId) }}
        className="stretched"
      >
        {template.name}
      </TextLink>
    ),
  },
  {
    header: 'Channel',
    cell: ({ medium, kind }) =>
      kind === 'session' ? `${mediumWords(medium)}, free-form` : mediumWords(medium),
  },
  {
    header: 'At Meta',
    cell: ({ kind, status = null }) =>
      kind === 'template' ? <ApprovalBadge status={status} /> : 'not needed',
  },
  { header: 'Changed', cell: (template) => instant(template.updatedAt), unbroken: true },
  { header: 'By', cell: (template) => template.creatorUserId || '–' },
  { header: 'Actions', cell: (template) => <CopyTemplate template={template} /> },
];

function CopyTemplate({ template }: { template: TemplateSummary }) {
  const copy = useAction(() => cloneTemplate(template.templateId), {
    done: (name) => `“${name}” is made`,
    refresh: [['templates']],
  });
  return (
    <BusyButton
      size="xs"
      variant="default"
      aria-label={`Copy template ${template.name}`}
      busy={copy.isBusy}
      onClick={() => copy.act()}
    >
      Copy
    </BusyButton>
  );
}

/** All templates, to find, copy and open. */
export function TemplatesPage() {
  const templates = useQuery({
    ...templatesQuery,
    // Meta's verdict comes some time after the submission.
    refetchInterval: ({ state }) => (state.data?.some(isAwaited) ? 800 : 15_000),
  });
  return (
    <Page
      title="Templates"
      about="What messages say, with fields of the person in double braces: Hi {{firstName}}."
      actions={<NewTemplateMenu />}
    >
      <Loaded query={templates}>{(data) => <TemplateTable templates={data} />}</Loaded>
    </Page>
  );
}

const orders: Record<string, Order<TemplateSummary>> = {
  changed: {
    label: 'Last changed first',
    compare: (a, b) => b.updatedAt - a.updatedAt || b.templateId - a.templateId,
  },
  name: {
    label: 'Name, A to Z',
    compare: (a, b) => a.name.localeCompare(b.name, undefined, { numeric: true }),
  },
};
const channelWords = media.map((medium) => ({ value: medium, label: mediumWords(medium) }));

function TemplateTable({ templates }: { templates: TemplateSummary[] }) {
  const [channel, setChannel] = useState<string | null>(null);
  return (
    <SearchedTable
      of="Templates"
      one="a template"
      rows={templates.filter(({ medium }) => channel === null || medium === channel)}
      columns={columns}
      rowKey={(template) => template.templateId}
      textOf={(template) => template.name}
      orders={orders}
      filter={
        <Select
          label="Channel"
          placeholder="All channels"
          data={channelWords}
          clearable
          value={channel}
          onChange={setChannel}
        />
      }
      empty={
        templates.length > 0 ? (
          'No template matches.'
        ) : (
          <Stack align="center" gap="sm">
            <Text>No template yet.</Text>
            <NewTemplateMenu />
          </Stack>
        )
      }
    />
  );
}

function NewTemplateMenu() {
  const navigate = useNavigate();
  return (
    <Menu position="bottom-end" withinPortal>
      <Menu.Target>
        <Button rightSection={<IconChevronDown size={18} aria-hidden />}>New template</Button>
      </Menu.Target>
      <Menu.Dropdown>
        {media.map((medium) => (
          <Menu.Item
            key={medium}
            onClick={() => void navigate({ to: '/templates/$medium/new', params: { medium } })}
          >
            {mediumWords(medium)}
          </Menu.Item>
        ))}
        <Menu.Item
          onClick={() =>
            void navigate({
              to: '/templates/$medium/new',
              params: { medium: 'whatsApp' },
              search: { kind: 'session' },
            })
          }
        >
          WhatsApp, free-form
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
