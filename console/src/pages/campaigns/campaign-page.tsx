import { Alert, Group, Skeleton, Stack, Text } from '@mantine/core';
import { IconInfoCircle } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { lazy, Suspense } from 'react';
import { type Campaign, campaignQuery, campaignState, isOver } from '../../api/campaigns.ts';
import { type Live, liveQuery } from '../../api/numbers.ts';
import { Page } from '../../shell/page.tsx';
import { Loaded } from '../../shell/problem.tsx';
import { CampaignStateBadge } from '../../shell/status-badge.tsx';
import { instant } from '../../words/formats.ts';
import { mediumWords } from '../../words/message-statuses.ts';
import { AudienceBar } from './audience-bar.tsx';
import { CampaignActions } from './campaign-actions.tsx';
import { CampaignSettings } from './campaign-settings.tsx';
import { KeyNumbers } from './key-numbers.tsx';
import { LaunchPanel } from './launch-panel.tsx';
import { MessagesPanel } from './messages-panel.tsx';
import { SkipReasons } from './skip-reasons.tsx';

// The chart brings a library of its own; the figures need not wait for it.
const SendsChart = lazy(() => import('./sends-chart.tsx').then((chart) => ({ default: chart.SendsChart })));

/** One campaign: before its launch what it will come to, after it its live numbers and messages. */
export function CampaignPage() {
  const { id } = useParams({ from: '/shell/campaigns/$id' });
  const campaign = useQuery(campaignQuery(Number(id)));
  return (
    <Loaded query={campaign} page="Campaign">
      {(data) => <OneCampaign campaign={data} />}
    </Loaded>
  );
}

function OneCampaign({ campaign }: { campaign: Campaign }) {
  const state = campaignState(campaign);
  const neverStarted = campaign.startAt === undefined || state === 'Scheduled';
  const canLaunch = campaign.type === 'Blast' && ['Draft', 'Ready', 'Finished'].includes(state);
  return (
    <Page
      title={campaign.name}
      about={
        <Group gap="xs">
          <span role="status">
            <CampaignStateBadge state={state} />
          </span>
          <span>
            {mediumWords(campaign.messageMedium)} · {campaign.type} · {startWords(campaign)}
          </span>
        </Group>
      }
      actions={<CampaignActions campaign={campaign} />}
    >
      {state === 'Scheduled' && (
        <Alert icon={<IconInfoCircle aria-hidden />} title="It will start by itself">
          Its time is {instant(campaign.options.sendAt ?? campaign.startAt)}
          {campaign.options.inUserZone &&
            ': at that hour by each person’s own clock, so sooner to the east of you and later to the west'}
          . Its figures and messages show here from then on.
        </Alert>
      )}
      {campaign.type === 'Triggered' && (
        <Alert icon={<IconInfoCircle aria-hidden />} title="A triggered campaign">
          It is sent by calls of the API (POST /api/campaigns/trigger, or a target call), not from here.
        </Alert>
      )}
      {canLaunch && neverStarted && <LaunchPanel campaign={campaign} />}
      {!neverStarted && <Numbers campaign={campaign} />}
      <CampaignSettings campaign={campaign} />
      {!neverStarted && <MessagesPanel campaignId={campaign.id} />}
      {canLaunch && !neverStarted && <LaunchPanel campaign={campaign} again />}
    </Page>
  );
}

function startWords(campaign: Campaign): string {
  const { startAt, options } = campaign;
  if (campaignState(campaign) === 'Scheduled') return `starts ${instant(options.sendAt ?? startAt)}`;
  return startAt === undefined ? 'not started' : `started ${instant(startAt)}`;
}

function Numbers({ campaign }: { campaign: Campaign }) {
  const moving = !isOver(campaign);
  const live = useQuery(liveQuery(campaign.id, moving));
  return <Loaded query={live}>{(data) => <LivePanel live={data} />}</Loaded>;
}

function LivePanel({ live }: { live: Live }) {
  const { totals } = live;
  return (
    <Stack gap="lg">
      <AudienceBar live={live} />
      <KeyNumbers numbers={totals} />
      <Suspense fallback={<Skeleton h={340} radius="lg" />}>
        <SendsChart live={live} />
      </Suspense>
      {totals.skips > 0 && <SkipReasons reasons={totals.skipsByReason} total={totals.skips} />}
      {totals.audience === 0 && (
        <Text c="dimmed">The audience is being gathered; its first messages show here in a moment.</Text>
      )}
    </Stack>
  );
}
