import { Card, Group, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useRef } from 'react';
import { decideUnclear, type UnclearReply, unclearQuery, writerOf } from '../../api/consent.ts';
import { BusyButton } from '../../shell/busy-button.tsx';
import { focusPageTitle } from '../../shell/page.tsx';
import { Problem } from '../../shell/problem.tsx';
import { TextLink } from '../../shell/router-link.tsx';
import { useAction } from '../../shell/use-action.ts';
import { aboutWords } from '../../words/consent-words.ts';
import { ago, counted } from '../../words/formats.ts';

/** Replies that may mean an opt-out; who wrote them gets no promotion until somebody decides. */
export function UnclearReplies() {
  const { data, error } = useQuery(unclearQuery);
  const heading = useRef<HTMLHeadingElement>(null);
  // Its row is gone; on to the ones that are left.
  const onDecided = () => (heading.current?.isConnected ? heading.current.focus() : focusPageTitle());
  if (error) return <Problem error={error} />;
  if (!data || data.length === 0) return null;
  return (
    <Card component="section" aria-labelledby="unclear">
      <Title order={2} id="unclear" ref={heading} tabIndex={-1}>
        {counted(data.length, 'reply waits', 'replies wait')} for your decision
      </Title>
      <Text c="dimmed" size="sm">
        They may mean an opt-out, or come from somebody else than the person. Until you decide, these people
        get no promotional messages.
      </Text>
      <Stack gap={0} component="ul" p={0} m={0} mt="sm" style={{ listStyle: 'none' }}>
        {data.map((reply) => (
          <Reply key={reply.id} reply={reply} onDecided={onDecided} />
        ))}
      </Stack>
    </Card>
  );
}

function Reply({ reply, onDecided }: { reply: UnclearReply; onDecided: () => void }) {
  const writer = writerOf(reply);
  const decide = useAction((decision: 'optOut' | 'keep') => decideUnclear(reply.id, decision), {
    done: (_, decision) => (decision === 'optOut' ? `${writer} is opted out` : `${writer} stays subscribed`),
    refresh: [['unclear'], ['users']],
    after: onDecided,
  });
  return (
    <Group
      component="li"
      justify="space-between"
      py="sm"
      style={{ borderTop: '1px solid var(--carillon-line)' }}
    >
      <div style={{ flex: '1 1 260px', minWidth: 0 }}>
        <Text component="blockquote" className="bubble" w="fit-content" mx={0} mb={4} dir="auto">
          {reply.body}
        </Text>
        {aboutWords(reply.about) && (
          <Text size="sm" mb={4}>
            {aboutWords(reply.about)}
          </Text>
        )}
        <Text size="sm" c="dimmed">
          {reply.user ? (
            <TextLink to="/users/$ref" params={{ ref: reply.user.ref }} size="sm">
              {writer}
            </TextLink>
          ) : (
            writer
          )}
          , {ago(reply.receivedAt)}
        </Text>
      </div>
      <Group gap="sm">
        <BusyButton
          variant="default"
          aria-label={`Keep subscribed: ${writer}`}
          busy={decide.isBusy}
          onClick={() => decide.act('keep')}
        >
          Keep subscribed
        </BusyButton>
        <BusyButton
          aria-label={`Opt out: ${writer}`}
          busy={decide.isBusy}
          onClick={() => decide.act('optOut')}
        >
          Opt out
        </BusyButton>
      </Group>
    </Group>
  );
}
