import { Group, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { messageQuery } from '../api/messages.ts';
import { instant } from '../words/formats.ts';
import { messageStatusWords } from '../words/message-statuses.ts';
import { skipReasonWords } from '../words/skip-reasons.ts';
import { HandsetLink } from './handset-link.tsx';
import { Loaded } from './problem.tsx';
import { MessageStatusBadge } from './status-badge.tsx';

/** What becomes of a test that was sent. */
export function ProofState({ messageId }: { messageId: string }) {
  const message = useQuery(messageQuery(messageId));
  return (
    <div role="status">
      <Loaded query={message}>
        {({ status, skipReason, errorCode, errorDetail, dueAt, toAddress }) => (
          <Group gap="xs">
            <MessageStatusBadge status={status} />
            <Text size="sm" className="anywhere">
              The test to {toAddress ?? 'them'} {messageStatusWords(status).meaning}
              {status === 'queued' && dueAt !== null && dueAt > Date.now() && ` (due ${instant(dueAt)})`}
              {skipReason && `: ${skipReasonWords(skipReason)}`}
              {errorCode && `: carrier code ${errorCode}${errorDetail ? `, ${errorDetail}` : ''}`}.
            </Text>
            {toAddress?.startsWith('+') && <HandsetLink number={toAddress} />}
          </Group>
        )}
      </Loaded>
    </div>
  );
}
