import { Alert, Group, Skeleton, Stack, Text } from '@mantine/core';
import { IconAlertTriangle, IconInfoCircle } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useParams } from '@tanstack/react-router';
import { lazy, Suspense } from 'react';
import { type Campaign, campaignQuery, campaignState, isEditable, isOver } from '../../api/campaigns.ts';
import { retryingQuery } from '../../api/messages.ts';
import { type Live, liveQuery } from '../../api/numbers.ts';
import { ApiDescription } from '../../shell/api-description.tsx';
import { Page } from '../../shell/page.tsx';
import { Loaded } from '../../shell/problem.tsx';
import { TextLink } from '../../shell/router-link.tsx';
import { CampaignStateBadge } from '../../shell/status-badge.tsx';
import { byWords } from '../../words/by-words.ts';
import { instant } from '../../words/formats.ts';
import { mediumWords } from '../../words/message-statuses.ts';
import { AudienceBar } from './audience-bar.tsx';
import { CampaignActions } from './campaign-actions.tsx';
import { CampaignMenu } from './campaign-menu.tsx';
import { CampaignReplies } from './campaign-replies.tsx';
import { CampaignSettings } from './campaign-settings.tsx';
import { ClickedLinks } from './clicked-links.tsx';
import { ContentNotice } from './content-notice.tsx';
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
  const isBlast = campaign.type === 'Blast';
  const neverStarted = campaign.startAt === undefined || state === 'Scheduled';
  const canLaunch = isBlast && isEditable(campaign);
  const retrying = useQuery({ ...retryingQuery(campaign.id), enabled: state === 'Finished' && isBlast });
  return (
    <Page
      title={campaign.name}
      about={
        <Group gap="xs">
          <span role="status">
            <CampaignStateBadge campaign={campaign} />
          </span>
          <span>
            {mediumWords(campaign.messageMedium)} · {campaign.type} · {startWords(campaign)}
            {stopWords(campaign)}
          </span>
        </Group>
      }
      actions={
        campaign.workflowId === undefined && (
          <CampaignActions campaign={campaign} waits={retrying.data ?? false} />
        )
      }
    >
      {campaign.templateChanged && ['Scheduled', 'Running', 'Paused'].includes(state) && (
        <ContentNotice campaign={campaign} />
      )}
      {campaign.nothingSent && (
        <Alert color="red" icon={<IconAlertTriangle aria-hidden />} title="Nothing of it was sent">
          It is over, and everybody was skipped; why is told below. When that is mended, send it again.
        </Alert>
      )}
      {campaign.workflowId !== undefined && (
        <Alert icon={<IconInfoCircle aria-hidden />} title="A tile of a journey sends it">
          Who gets it and when is drawn in{' '}
          <TextLink to="/journeys/$id" params={{ id: String(campaign.workflowId) }}>
            its journey
          </TextLink>
          , where it is changed, paused and stopped too.
        </Alert>
      )}
      {!isBlast && campaign.workflowId === undefined && (
        <Alert icon={<IconInfoCircle aria-hidden />} title="A triggered campaign">
          Your own systems send it, to one person or to lists, while it is active; the calls are in{' '}
          <ApiDescription />.
        </Alert>
      )}
      {state === 'Scheduled' && <LaunchPanel key="scheduled" campaign={campaign} stage="scheduled" />}
      {canLaunch && neverStarted && <LaunchPanel key="first" campaign={campaign} stage="first" />}
      {!neverStarted && <Numbers campaign={campaign} />}
      <CampaignSettings campaign={campaign} />
      {!neverStarted && <MessagesPanel campaignId={campaign.id} />}
      {canLaunch && !neverStarted && <LaunchPanel key="again" campaign={campaign} stage="again" />}
      <CampaignMenu campaign={campaign} />
    </Page>
  );
}

function startWords(campaign: Campaign): string {
  const { startAt, options } = campaign;
  const isScheduled = campaignState(campaign) === 'Scheduled';
  if (isScheduled && options.inUserZone) return 'starts by each person’s own clock';
  if (isScheduled) return `starts ${instant(options.sendAt ?? startAt)}`;
  return startAt === undefined ? 'not started' : `started ${instant(startAt)}`;
}

/** Who stopped it for good, and when. */
function stopWords({ stoppedAt, stoppedBy }: Campaign): string {
  return stoppedAt === undefined ? '' : ` · stopped ${instant(stoppedAt)} by ${byWords(stoppedBy ?? '')}`;
}

function Numbers({ campaign }: { campaign: Campaign }) {
  const moving = !isOver(campaign);
  const live = useQuery(liveQuery(campaign.id, moving));
  return <Loaded query={live}>{(data) => <LivePanel campaign={campaign} live={data} />}</Loaded>;
}

function LivePanel({ campaign, live }: { campaign: Campaign; live: Live }) {
  const { totals } = live;
  const { id: campaignId } = campaign;
  const isBlast = campaign.type === 'Blast';
  const navigate = useNavigate({ from: '/campaigns/$id' });
  return (
    <Stack gap="lg">
      {totals.audience > 0 && <AudienceBar live={live} />}
      <KeyNumbers numbers={totals} />
      <Suspense fallback={<Skeleton h={340} radius="lg" />}>
        <SendsChart live={live} />
      </Suspense>
      {totals.skips > 0 && (
        <SkipReasons
          reasons={totals.skipsByReason}
          total={totals.skips}
          onShow={(skipReason) => {
            void navigate({ search: { status: 'skipped', skipReason }, replace: true, resetScroll: false });
            document.getElementById('messages')?.scrollIntoView();
          }}
        />
      )}
      {totals.clicks.total + totals.clicks.bots + totals.clicks.previews > 0 && (
        <ClickedLinks campaignId={campaignId} />
      )}
      {totals.replies.total > 0 && <CampaignReplies campaignId={campaignId} replies={totals.replies} />}
      {totals.audience === 0 && isBlast && (
        <Text c="dimmed">The audience is being gathered; its first messages show here in a moment.</Text>
      )}
    </Stack>
  );
}
