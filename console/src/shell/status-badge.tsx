import { Badge, Tooltip } from '@mantine/core';
import { type Campaign, stateShown } from '../api/campaigns.ts';
import { campaignStateWords } from '../words/campaign-states.ts';
import { flowStatusWords } from '../words/flow-statuses.ts';
import { messageStatusWords } from '../words/message-statuses.ts';

/** A message's status with its meaning on hover, tap and focus. */
export function MessageStatusBadge({ status }: { status: string }) {
  return <ExplainedBadge {...messageStatusWords(status)} />;
}

/** A WhatsApp flow's status at Meta with its meaning on hover, tap and focus. */
export function FlowStatusBadge({ status }: { status: string }) {
  return <ExplainedBadge {...flowStatusWords(status)} />;
}

/** A campaign's state with its meaning on hover, tap and focus. */
export function CampaignStateBadge({
  campaign,
}: {
  campaign: Pick<Campaign, 'campaignState' | 'paused' | 'nothingSent' | 'type'>;
}) {
  return <ExplainedBadge {...campaignStateWords(stateShown(campaign), campaign.type)} />;
}

function ExplainedBadge({ label, colour, meaning }: { label: string; colour: string; meaning: string }) {
  if (meaning === '') return <Badge color={colour}>{label}</Badge>;
  return (
    <Tooltip label={meaning} events={{ hover: true, focus: true, touch: true }}>
      <Badge color={colour} tabIndex={0}>
        {label}
      </Badge>
    </Tooltip>
  );
}
