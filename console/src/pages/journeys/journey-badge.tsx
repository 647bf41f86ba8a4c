import { Badge, Tooltip } from '@mantine/core';
import { journeyStateWords } from '../../words/leaving.ts';

/** A journey's state with its meaning on hover, tap and focus. */
export function JourneyStateBadge({ state }: { state: string }) {
  const { label, colour, meaning } = journeyStateWords(state);
  return (
    <Tooltip label={meaning} events={{ hover: true, focus: true, touch: true }}>
      <Badge color={colour} tabIndex={0}>
        {label}
      </Badge>
    </Tooltip>
  );
}
