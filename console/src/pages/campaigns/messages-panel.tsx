import { Button, Group, Select, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { type Message, type MessageFilter, messagesQuery } from '../../api/messages.ts';
import { type Column, DataTable } from '../../shell/data-table.tsx';
import { Loaded } from '../../shell/problem.tsx';
import { TextLink } from '../../shell/router-link.tsx';
import { MessageStatusBadge } from '../../shell/status-badge.tsx';
import { instant } from '../../words/formats.ts';
import { messageStatuses, waitingWords } from '../../words/message-statuses.ts';
import { skipReasons, skipReasonWords } from '../../words/skip-reasons.ts';

const columns: Column<Message>[] = [
  {
    header: 'To',
    cell: (message) => <Recipient message={message} />,
    unbroken: true,
  },
  { header: 'Status', cell: (message) => <MessageStatusBadge status={message.status} /> },
  {
    header: 'Why',
    cell: whyWords,
  },
  { header: 'Segments', cell: (message) => message.segments || '–', numeric: true },
  { header: 'Sent', cell: (message) => instant(message.dispatchedAt), unbroken: true },
];

/** Why a message was not sent, failed, or waits and until when; a dash where there is nothing to say. */
function whyWords({ skipReason, errorCode, errorDetail, waitingFor, dueAt, retryAt }: Message): string {
  if (skipReason) return `${skipReasonWords(skipReason)}${errorDetail ? `: ${errorDetail}` : ''}`;
  if (waitingFor) return waitingWords(waitingFor, dueAt);
  if (!errorCode) return '–';
  const fault = `carrier code ${errorCode}${errorDetail ? `: ${errorDetail}` : ''}`;
  return retryAt === null ? fault : `${fault}; tried again from ${instant(retryAt)}`;
}

function Recipient({ message }: { message: Message }) {
  const { userRef, toAddress, phoneNumber, email, userId } = message;
  const shown = toAddress ?? phoneNumber ?? (email || userId || 'a user without address');
  if (userRef === null) return shown;
  return (
    <TextLink to="/users/$ref" params={{ ref: userRef }} className="stretched">
      {shown}
    </TextLink>
  );
}

/** The campaign's messages, by status and reason. */
export function MessagesPanel({ campaignId }: { campaignId: number }) {
  // What is filtered by stands in the address: it is still there when one comes back from a person.
  const { status, skipReason } = useSearch({ from: '/shell/campaigns/$id' });
  const navigate = useNavigate({ from: '/campaigns/$id' });
  const [behind, setBehind] = useState<string[]>([]);
  const after = behind.at(-1);
  const filterBy = (search: Pick<MessageFilter, 'status' | 'skipReason'>) => {
    setBehind([]);
    void navigate({ search, replace: true, resetScroll: false });
  };
  const messages = useQuery(
    messagesQuery({
      campaignId,
      ...(status ? { status } : {}),
      ...(status === 'skipped' && skipReason ? { skipReason } : {}),
      ...(after ? { after } : {}),
    }),
  );
  return (
    <Stack component="section" aria-labelledby="messages">
      <Group justify="space-between" align="flex-end">
        <Title order={2} id="messages">
          Messages
        </Title>
        <Group>
          <Select
            aria-label="Status"
            placeholder="Every status"
            data={messageStatuses}
            clearable
            clearButtonProps={{ 'aria-label': 'Every status' }}
            value={status ?? null}
            onChange={(value) => filterBy(value === null ? {} : { status: value })}
          />
          {status === 'skipped' && (
            <Select
              aria-label="Skip reason"
              placeholder="Every reason"
              data={skipReasons}
              clearable
              clearButtonProps={{ 'aria-label': 'Every reason' }}
              searchable
              w={300}
              value={skipReason ?? null}
              onChange={(value) => filterBy(value === null ? { status } : { status, skipReason: value })}
            />
          )}
        </Group>
      </Group>
      <Loaded query={messages}>
        {(data) => (
          <>
            <DataTable
              caption="Messages of this campaign"
              columns={columns}
              rows={data.messages}
              rowKey={(message) => message.messageId}
              empty={<Text>{status === undefined ? 'No message yet.' : 'No message with this status.'}</Text>}
            />
            {(behind.length > 0 || data.nextAfter) && (
              <Group justify="flex-end">
                <Button
                  variant="default"
                  disabled={behind.length === 0}
                  onClick={() => setBehind(behind.slice(0, -1))}
                >
                  Previous
                </Button>
                <Button
                  variant="default"
                  disabled={!data.nextAfter}
                  onClick={() => data.nextAfter && setBehind([...behind, data.nextAfter])}
                >
                  Next
                </Button>
              </Group>
            )}
          </>
        )}
      </Loaded>
    </Stack>
  );
}
