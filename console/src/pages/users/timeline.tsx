import { Badge, Card, Group, Timeline as Line, Select, Text, ThemeIcon, Title } from '@mantine/core';
import {
  IconActivity,
  IconArrowBackUp,
  IconChecklist,
  IconLink,
  IconMessage2,
  IconMessageOff,
  IconSpeakerphone,
} from '@tabler/icons-react';
import { type ReactNode, useState } from 'react';
import type { HistoryEntry } from '../../api/users.ts';
import { TextLink } from '../../shell/router-link.tsx';
import { MessageStatusBadge } from '../../shell/status-badge.tsx';
import { byWords } from '../../words/by-words.ts';
import { actionWords, meaningWords, methodWords } from '../../words/consent-words.ts';
import { instant } from '../../words/formats.ts';
import { mediumWords, waitingWords } from '../../words/message-statuses.ts';
import { skipReasonWords } from '../../words/skip-reasons.ts';

const kinds = [
  { value: 'message', label: 'Messages to them' },
  { value: 'inboundMessage', label: 'What they wrote' },
  { value: 'referral', label: 'Ads that led them to write' },
  { value: 'consent', label: 'Consent' },
  { value: 'event', label: 'What they did' },
];

/** All that happened to or by a person, newest first. */
export function Timeline({ entries }: { entries: HistoryEntry[] }) {
  const [kind, setKind] = useState<string | null>(null);
  const shown = entries.filter((entry) => kind === null || entry.kind === kind);
  return (
    <Card component="section" aria-labelledby="history">
      <Group justify="space-between" mb="lg">
        <Title order={2} id="history">
          History
        </Title>
        <Select
          aria-label="Kind of entry"
          placeholder="Everything"
          data={kinds}
          clearable
          clearButtonProps={{ 'aria-label': 'Everything' }}
          value={kind}
          onChange={setKind}
        />
      </Group>
      {shown.length === 0 ? (
        <Text c="dimmed">Nothing happened yet.</Text>
      ) : (
        <Line bulletSize={30} lineWidth={2} role="list">
          {shown.map((entry) => (
            <Line.Item
              key={`${entry.kind} ${entry.at} ${entry.what} ${detail(entry, 'messageId')} ${detail(entry, 'name')}`}
              bullet={<Bullet entry={entry} />}
              role="listitem"
            >
              <EntryText entry={entry} />
              <Text size="xs" c="dimmed" component="time" dateTime={entry.at}>
                {instant(entry.at)}
              </Text>
            </Line.Item>
          ))}
        </Line>
      )}
    </Card>
  );
}

function Bullet({ entry }: { entry: HistoryEntry }) {
  const Icon = iconOf(entry);
  return (
    <ThemeIcon size={30} radius="xl" variant="default" aria-hidden>
      <Icon size={17} />
    </ThemeIcon>
  );
}

function iconOf(entry: HistoryEntry) {
  if (entry.kind === 'message') return entry.what === 'skipped' ? IconMessageOff : IconMessage2;
  if (entry.kind === 'inboundMessage') return IconArrowBackUp;
  if (entry.kind === 'referral') return IconSpeakerphone;
  if (entry.kind === 'consent') return IconChecklist;
  return isClick(entry) ? IconLink : IconActivity;
}

function EntryText({ entry }: { entry: HistoryEntry }) {
  if (entry.kind === 'message') return <MessageText entry={entry} />;
  if (entry.kind === 'inboundMessage')
    return (
      <>
        <Headline>
          Wrote by {mediumWords(entry.medium ?? '')}
          {meaningWords(entry.what) && <Badge color="grape">{meaningWords(entry.what)}</Badge>}
        </Headline>
        {entry.details.isTakenBack === true ? (
          <Text size="sm" fs="italic">
            They took it back.
          </Text>
        ) : (
          <Quote text={entry.text} />
        )}
      </>
    );
  if (entry.kind === 'referral')
    return (
      <>
        <Headline>
          {entry.what === 'post' ? 'A post' : 'An ad'} led them to write by {mediumWords(entry.medium ?? '')}
        </Headline>
        <Quote text={entry.text} />
      </>
    );
  if (entry.kind === 'consent')
    return (
      <>
        <Headline>
          {detail(entry, 'channel') || detail(entry, 'name')}
          {detail(entry, 'kind') === 'messageType' && ` · ${detail(entry, 'name')}`}:{' '}
          {actionWords(entry.what)}
        </Headline>
        <Text size="sm">
          {methodWords(detail(entry, 'method'))}; source: {byWords(detail(entry, 'source')) || 'not stated'}
        </Text>
        <Quote text={entry.text} />
      </>
    );
  return <Headline>{isClick(entry) ? `Followed a link: ${entry.text}` : entry.what}</Headline>;
}

function MessageText({ entry }: { entry: HistoryEntry }) {
  const campaignId = entry.details.campaignId;
  const error = detail(entry, 'errorCode');
  const waiting = waitingWords(entry.details.waitingFor, detail(entry, 'dueAt') || null);
  return (
    <>
      <Headline>
        {mediumWords(entry.medium ?? '')}
        <MessageStatusBadge status={entry.what} />
        {typeof campaignId === 'number' && (
          <TextLink to="/campaigns/$id" params={{ id: String(campaignId) }}>
            {detail(entry, 'campaignName') || `campaign ${campaignId}`}
          </TextLink>
        )}
      </Headline>
      {entry.skipReason && <Text size="sm">Not sent: {skipReasonWords(entry.skipReason)}.</Text>}
      {error && (
        <Text size="sm">
          Carrier code {error}
          {detail(entry, 'errorDetail') && `: ${detail(entry, 'errorDetail')}`}
        </Text>
      )}
      {waiting && <Text size="sm">It {waiting}.</Text>}
      <Quote text={entry.text} />
    </>
  );
}

function Headline({ children }: { children: ReactNode }) {
  return (
    <Group gap="xs" fw={600} component="div">
      {children}
    </Group>
  );
}

function Quote({ text }: { text: string | null }) {
  if (!text) return null;
  return (
    <Text size="sm" my={4} className="bubble" maw={520} component="blockquote" mx={0} dir="auto">
      {text}
    </Text>
  );
}

function detail(entry: HistoryEntry, name: string): string {
  const value = entry.details[name];
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}

/** A tap on a link of a message: its text is the address. */
const isClick = (entry: HistoryEntry) =>
  entry.kind === 'event' && entry.text !== null && /^(sms|whatsApp|email)Click$/.test(entry.what);
