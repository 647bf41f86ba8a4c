import { Badge, Tooltip } from '@mantine/core';
import { campaignColour, messageStatusWords } from '../words/message-statuses.ts';

/** A message's status with its meaning on hover and focus. */
export function MessageStatusBadge({ status }: { status: string }) {
  const { label, colour, meaning } = messageStatusWords(status);
  return (
    <Tooltip label={meaning} disabled={meaning === ''}>
      <Badge color={colour}>{label}</Badge>
    </Tooltip>
  );
}

/** A campaign's state. */
export function CampaignStateBadge({ state }: { state: string }) {
  return <Badge color={campaignColour(state)}>{state}</Badge>;
}
