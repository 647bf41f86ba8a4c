import { Button, Menu, Stack, Text } from '@mantine/core';
import { IconChevronDown } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { isAwaited, media, type TemplateSummary, templatesQuery } from '../../api/templates.ts';
import { type Column, DataTable } from '../../shell/data-table.tsx';
import { Page } from '../../shell/page.tsx';
import { Loaded } from '../../shell/problem.tsx';
import { TextLink } from '../../shell/router-link.tsx';
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
  { header: 'Channel', cell: (template) => mediumWords(template.medium) },
  {
    header: 'At Meta',
    cell: ({ medium, status = null }) =>
      medium === 'whatsApp' ? <ApprovalBadge status={status} /> : 'not needed',
  },
  { header: 'Changed', cell: (template) => instant(template.updatedAt), unbroken: true },
  { header: 'By', cell: (template) => template.creatorUserId || '–' },
];

/** All templates, the last changed first. */
export function TemplatesPage() {
  const templates = useQuery({
    ...templatesQuery,
    // Meta's verdict comes some time after the submission.
    refetchInterval: ({ state }) => (state.data?.some(isAwaited) ? 3_000 : false),
  });
  return (
    <Page
      title="Templates"
      about="What messages say, with fields of the person in double braces: Hi {{firstName}}."
      actions={<NewTemplateMenu />}
    >
      <Loaded query={templates}>
        {(data) => (
          <DataTable
            caption="Templates"
            columns={columns}
            rows={data}
            rowKey={(template) => template.templateId}
            empty={
              <Stack align="center" gap="sm">
                <Text>No template yet.</Text>
                <NewTemplateMenu />
              </Stack>
            }
          />
        )}
      </Loaded>
    </Page>
  );
}

function NewTemplateMenu() {
  const navigate = useNavigate();
  return (
    <Menu position="bottom-end" withinPortal withInitialFocusPlaceholder={false}>
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
      </Menu.Dropdown>
    </Menu>
  );
}
