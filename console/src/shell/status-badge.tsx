import { Badge, Tooltip } from '@mantine/core';
import { campaignColour, messageStatusWords } from '../words/message-statuses.ts';

/** A message's status with its meaning on hover, tap and focus. */
export function MessageStatusBadge({ status }: { status: string }) {
  const { label, colour, meaning } = messageStatusWords(status);
  if (meaning === '') return <Badge color={colour}>{label}</Badge>;
  return (
    <Tooltip label={meaning} events={{ hover: true, focus: true, touch: true }}>
      <Badge color={colour} tabIndex={0}>
        {label}
      </Badge>
    </Tooltip>
  );
}

/** A campaign's state. */
export function CampaignStateBadge({ state }: { state: string }) {
  return <Badge color={campaignColour(state)}>{state}</Badge>;
}
