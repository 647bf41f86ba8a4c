import { Anchor, Badge, Button, Group, Text } from '@mantine/core';
import { IconFile } from '@tabler/icons-react';
import { type Entry, type InboundFile, takeBack, threadKey } from '../../api/inbox.ts';
import { TextLink } from '../../shell/router-link.tsx';
import { MessageStatusBadge } from '../../shell/status-badge.tsx';
import { useAction } from '../../shell/use-action.ts';
import { meaningWords } from '../../words/consent-words.ts';
import { clock, instant } from '../../words/formats.ts';
import { logWords } from '../../words/inbox-words.ts';
import { mediumWords } from '../../words/message-statuses.ts';
import { skipReasonWords } from '../../words/skip-reasons.ts';
import { InboundFiles } from './inbound-files.tsx';

interface Shown {
  entry: Entry;
  threadId: string;
  nameOf: (email: string | null) => string;
}

/** Something that was said or done, as it stands in the thread. */
export function EntryView({ entry, threadId, nameOf }: Shown) {
  switch (entry.kind) {
    case 'inbound':
      return <Inbound entry={entry} threadId={threadId} />;
    case 'outbound':
      return <Outbound entry={entry} nameOf={nameOf} />;
    case 'scheduled':
      return <Scheduled entry={entry} threadId={threadId} nameOf={nameOf} />;
    case 'note':
      return <Note entry={entry} nameOf={nameOf} />;
    case 'log':
      return (
        <Text size="xs" c="dimmed" ta="center">
          {logWords(entry, nameOf)} · <At at={entry.at} />
        </Text>
      );
  }
}

/** When it was, by the clock; the day stands above (`thread-page.tsx`). */
function At({ at }: { at: string }) {
  return (
    <time dateTime={at} title={instant(at)}>
      {clock(at)}
    </time>
  );
}

function Inbound({ entry, threadId }: Omit<Shown, 'nameOf'>) {
  const { meaning, isVoice, isTakenBack } = entry.details;
  const files = Array.isArray(entry.details.files) ? (entry.details.files as InboundFile[]) : [];
  const read = typeof meaning === 'string' && meaning !== 'none' ? meaningWords(meaning) : '';
  return (
    <>
      <div className="said" dir="auto">
        {isTakenBack === true ? <Text fs="italic">Took this message back</Text> : entry.text}
        {files.length > 0 && <InboundFiles files={files} isVoice={isVoice === true} threadId={threadId} />}
      </div>
      <Group className="said-of" gap={6} mt={-8}>
        {mediumWords(entry.medium ?? '')} · <At at={entry.at} />
        {read !== '' && <Badge size="xs">{read}</Badge>}
      </Group>
    </>
  );
}

/** A file that went with a message. */
interface Sent {
  url: string;
  name: string | null;
}

/** Shown where its address says that it is a picture; else to be opened. */
function SentFile({ url, name }: Sent) {
  const shown = name ?? url.split(/[?#]/)[0]?.split('/').at(-1) ?? url;
  if (!/^https?:/.test(url)) return null;
  return /\.(?:jpe?g|png|gif)$/i.test(shown) ? (
    <a href={url} target="_blank" rel="noreferrer">
      <img className="said-picture" src={url} alt={shown} />
    </a>
  ) : (
    <Group gap={8} wrap="nowrap">
      <IconFile size={20} aria-hidden style={{ flex: 'none' }} />
      <Anchor href={url} target="_blank" rel="noreferrer" underline="always" className="anywhere">
        {shown}
      </Anchor>
    </Group>
  );
}

function Outbound({ entry, nameOf }: Omit<Shown, 'threadId'>) {
  const { status, skipReason, errorDetail, campaignId } = entry.details;
  const sent = Array.isArray(entry.details.files) ? (entry.details.files as Sent[]) : [];
  const why =
    typeof skipReason === 'string'
      ? skipReasonWords(skipReason)
      : typeof errorDetail === 'string'
        ? errorDetail
        : '';
  return (
    <>
      <div className="said" data-ours dir="auto">
        {sent.map(({ url, name }) => (
          <SentFile key={url} url={url} name={name} />
        ))}
        {sent.length > 0 && entry.text === '' ? null : (entry.text ?? 'A message')}
      </div>
      <Group className="said-of" data-ours gap={6} mt={-8} justify="flex-end">
        {entry.agent !== null && `${nameOf(entry.agent)} · `}
        {typeof campaignId === 'number' && (
          <TextLink to="/campaigns/$id" params={{ id: String(campaignId) }} size="xs">
            Campaign {campaignId}
          </TextLink>
        )}
        {mediumWords(entry.medium ?? '')} · <At at={entry.at} />
        <MessageStatusBadge status={String(status)} />
      </Group>
      {why !== '' && (status === 'skipped' || status === 'bounced') && (
        <Text size="xs" c="var(--mantine-color-error)" ta="right">
          {why}
        </Text>
      )}
    </>
  );
}

function Scheduled({ entry, threadId, nameOf }: Shown) {
  const { state, dueAt, reason } = entry.details;
  const back = useAction(() => takeBack(threadId, entry.id), {
    done: 'Taken back: it will not be sent',
    refresh: [threadKey(threadId)],
  });
  const waits = state === 'scheduled';
  const words = waits
    ? `Will be sent ${instant(String(dueAt))}, unless they write before`
    : state === 'refused'
      ? `Was not sent: ${String(reason)}`
      : reason === 'personWrote'
        ? 'Was not sent, since they wrote before'
        : 'Was taken back';
  return (
    <>
      <div className="said" data-ours dir="auto" style={{ opacity: waits ? 1 : 0.8 }}>
        {entry.text ?? (typeof entry.details.mediaId === 'number' ? 'A file' : 'A template')}
      </div>
      <Group className="said-of" data-ours gap={6} mt={-8} justify="flex-end">
        {nameOf(entry.agent)} · {words}
        {waits && (
          <Button size="compact-xs" variant="default" disabled={back.isBusy} onClick={() => back.act()}>
            Take back
          </Button>
        )}
      </Group>
    </>
  );
}

function Note({ entry, nameOf }: Omit<Shown, 'threadId'>) {
  const mentions = Array.isArray(entry.details.mentions) ? (entry.details.mentions as string[]) : [];
  return (
    <>
      <div className="said" data-note dir="auto">
        {entry.text}
      </div>
      <div className="said-of" data-ours style={{ marginTop: -8 }}>
        Note of {nameOf(entry.agent)}
        {mentions.length > 0 && `, for ${mentions.map(nameOf).join(', ')}`} · <At at={entry.at} />
      </div>
    </>
  );
}
