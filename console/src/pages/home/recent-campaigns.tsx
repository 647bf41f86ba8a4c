import { Card, Group, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { type Campaign, campaignState } from '../../api/campaigns.ts';
import { liveQuery } from '../../api/numbers.ts';
import { TextLink } from '../../shell/router-link.tsx';
import { CampaignStateBadge } from '../../shell/status-badge.tsx';
import { ago, count, share } from '../../words/formats.ts';
import { mediumWords } from '../../words/message-statuses.ts';

/** The newest campaigns with their numbers as they move. */
export function RecentCampaigns({ campaigns }: { campaigns: Campaign[] }) {
  return (
    <Card component="section" aria-labelledby="recent">
      <Group justify="space-between" mb="xs">
        <Title order={2} id="recent">
          Recent campaigns
        </Title>
        {campaigns.length > 0 && <TextLink to="/campaigns">All campaigns</TextLink>}
      </Group>
      {campaigns.length === 0 ? (
        <Text c="dimmed">None yet.</Text>
      ) : (
        <Stack gap={0} component="ul" p={0} m={0} style={{ listStyle: 'none' }}>
          {campaigns.map((campaign) => (
            <Recent key={campaign.id} campaign={campaign} />
          ))}
        </Stack>
      )}
    </Card>
  );
}

function Recent({ campaign }: { campaign: Campaign }) {
  const state = campaignState(campaign);
  const moving = state === 'Running' || state === 'Starting';
  const { data } = useQuery({
    ...liveQuery(campaign.id, moving),
    enabled: campaign.startAt !== undefined,
  });
  return (
    <Group
      component="li"
      justify="space-between"
      py="sm"
      gap="sm"
      style={{ borderTop: '1px solid var(--carillon-line)' }}
    >
      <div style={{ flex: '1 1 220px', minWidth: 0 }}>
        <Group gap="sm">
          <TextLink to="/campaigns/$id" params={{ id: String(campaign.id) }} className="stretched">
            {campaign.name}
          </TextLink>
          <CampaignStateBadge campaign={campaign} />
        </Group>
        <Text size="sm" c="dimmed">
          {mediumWords(campaign.messageMedium)} ·{' '}
          {campaign.startAt ? `started ${ago(campaign.startAt)}` : `made ${ago(campaign.createdAt)}`}
        </Text>
      </div>
      {data && (
        <Group gap="lg" component="dl" m={0}>
          <Figure label="Audience" value={count(data.totals.audience)} />
          <Figure label="Sends" value={count(data.totals.sends)} />
          <Figure label="Delivered of sends" value={share(data.totals.delivered, data.totals.sends)} />
          {data.totals.pending > 0 && <Figure label="Still wait" value={count(data.totals.pending)} />}
          <Figure label="Skipped" value={count(data.totals.skips)} />
          <Figure label="Clicks" value={count(data.totals.clicks.unique)} />
        </Group>
      )}
    </Group>
  );
}

function Figure({ label, value }: { label: string; value: string }) {
  return (
    <div style={{ textAlign: 'right' }}>
      <Text size="xs" c="dimmed" component="dt">
        {label}
      </Text>
      <Text fw={600} component="dd" m={0} style={{ fontVariantNumeric: 'tabular-nums' }}>
        {value}
      </Text>
    </div>
  );
}
