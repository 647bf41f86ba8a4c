import { Group, SegmentedControl, Stack, Text } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { type Campaign, campaignsQuery, type WhichCampaigns } from '../../api/campaigns.ts';
import { type Column, DataTable } from '../../shell/data-table.tsx';
import { Page } from '../../shell/page.tsx';
import { Pager } from '../../shell/pager.tsx';
import { Loaded } from '../../shell/problem.tsx';
import { LinkButton, TextLink } from '../../shell/router-link.tsx';
import { CampaignStateBadge } from '../../shell/status-badge.tsx';
import { instant } from '../../words/formats.ts';
import { mediumWords } from '../../words/message-statuses.ts';

const pageSize = 20;

const columns: Column<Campaign>[] = [
  {
    header: 'Campaign',
    cell: (campaign) => (
      <TextLink to="/campaigns/$id" params={{ id: String(campaign.id) }} className="stretched">
        {campaign.name}
      </TextLink>
    ),
  },
  { header: 'State', cell: (campaign) => <CampaignStateBadge campaign={campaign} /> },
  {
    header: 'Channel',
    cell: (campaign) => `${mediumWords(campaign.messageMedium)} · ${campaign.type}`,
  },
  { header: 'Made', cell: (campaign) => instant(campaign.createdAt), unbroken: true },
  {
    header: 'Started',
    cell: (campaign) =>
      campaign.campaignState === 'Scheduled'
        ? `starts ${instant(campaign.options.sendAt ?? campaign.startAt)}${campaign.options.inUserZone ? ' (own clocks)' : ''}`
        : instant(campaign.startAt),
    unbroken: true,
  },
];

/** All campaigns, newest first. */
export function CampaignsPage() {
  const [page, setPage] = useState(1);
  const [which, setWhich] = useState<WhichCampaigns>('current');
  const campaigns = useQuery(campaignsQuery(page, pageSize, which));
  return (
    <Page
      title="Campaigns"
      about="A template sent to an audience, and how it went."
      actions={
        <LinkButton to="/campaigns/new" leftSection={<IconPlus size={18} aria-hidden />}>
          New campaign
        </LinkButton>
      }
    >
      <SegmentedControl
        aria-label="Which campaigns"
        value={which}
        onChange={(value) => {
          setWhich(value);
          setPage(1);
        }}
        data={[
          { value: 'current', label: 'Current' },
          { value: 'ofJourneys', label: 'Of journeys' },
          { value: 'archived', label: 'Archived' },
        ]}
        style={{ alignSelf: 'flex-start' }}
      />
      <Loaded query={campaigns}>
        {(data) => (
          <Stack>
            <DataTable
              caption="Campaigns"
              columns={columns}
              rows={data.campaigns}
              rowKey={(campaign) => campaign.id}
              empty={
                which === 'archived' ? (
                  'None is archived.'
                ) : which === 'ofJourneys' ? (
                  'No journey sends anything yet: each of its tiles that does has a campaign here.'
                ) : (
                  <Stack align="center" gap="sm">
                    <Text>No campaign yet.</Text>
                    <Group>
                      <LinkButton to="/campaigns/new" variant="light">
                        Make the first one
                      </LinkButton>
                    </Group>
                  </Stack>
                )
              }
            />
            <Pager page={page} pageSize={pageSize} total={data.totalCampaignsCount} onPage={setPage} />
          </Stack>
        )}
      </Loaded>
    </Page>
  );
}
