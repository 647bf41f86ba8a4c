import { Group, NumberInput, Stack, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import { changeFeed, createFeed, type DataFeed } from '../../api/feeds.ts';
import { BusyButton } from '../../shell/busy-button.tsx';
import { Problem } from '../../shell/problem.tsx';
import { SecretsAgain } from '../../shell/secrets-again.tsx';
import { useAction } from '../../shell/use-action.ts';
import { headersHint, headersOf } from '../../words/header-lines.ts';

const hostOf = (url: string) => URL.parse(url.split('{{')[0] ?? '')?.origin;

/** Makes a feed, or changes one. Led to another host, it asks for its headers again. */
export function FeedForm({ feed = null, onDone }: { feed?: DataFeed | null; onDone: () => void }) {
  const [name, setName] = useState('');
  const [url, setUrl] = useState(feed?.url ?? '');
  const [alias, setAlias] = useState(feed?.alias ?? '');
  const [headers, setHeaders] = useState('');
  const [cacheSeconds, setCacheSeconds] = useState<number | string>(feed?.cacheSeconds ?? 3_600);
  const [timeoutMs, setTimeoutMs] = useState<number | string>(feed?.timeoutMs ?? 10_000);
  const [fallback, setFallback] = useState(feed?.fallback ? JSON.stringify(feed.fallback, null, 2) : '');
  const [fallbackFault, setFallbackFault] = useState<string | null>(null);
  const names = feed?.headers.map((header) => header.name).join(', ') ?? '';
  const isMoved = feed !== null && hostOf(feed.url) !== hostOf(url);
  const isWhole = typeof cacheSeconds === 'number' && typeof timeoutMs === 'number';
  const body = () => ({
    url: url.trim(),
    askedFor: url.includes('{{') ? ('person' as const) : ('everybody' as const),
    alias: alias.trim() === '' ? null : alias.trim(),
    ...(typeof cacheSeconds === 'number' && { cacheSeconds }),
    ...(typeof timeoutMs === 'number' && { timeoutMs }),
    fallback: readFallback(fallback),
    ...((headers.trim() !== '' || (isMoved && names !== '')) && { headers: headersOf(headers) }),
  });
  const save = useAction(
    () => (feed ? changeFeed(feed.id, body()) : createFeed({ name: name.trim(), ...body() })),
    {
      ...{ inPlace: true, done: feed ? 'The data feed is changed' : 'The data feed is made' },
      ...{ refresh: [['dataFeeds']], after: onDone },
    },
  );
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        const isWell = readFallback(fallback) !== undefined;
        setFallbackFault(isWell ? null : 'This is no JSON object; write it as {"field": "value"}');
        if (isWell && isWhole) save.act();
      }}
    >
      <Stack>
        {!feed && (
          <TextInput
            label="Name"
            required
            data-autofocus
            maxLength={100}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
          />
        )}
        <TextInput
          label="Address"
          description="Asked once for all; with {{field}} in it, for each person: https://shop.example/picks?user={{userId}}"
          required
          type="text"
          inputMode="url"
          autoComplete="off"
          value={url}
          onChange={(event) => setUrl(event.currentTarget.value)}
        />
        {isMoved && names !== '' && (
          <SecretsAgain>Enter its headers again, or leave them behind.</SecretsAgain>
        )}
        <TextInput
          label="Alias"
          description="With “shop” its fields are written [[shop.field]]; empty, [[field]]"
          value={alias}
          onChange={(event) => setAlias(event.currentTarget.value)}
        />
        <Textarea
          label="Headers"
          description={headersHint(names, isMoved)}
          placeholder="Authorization: Bearer …"
          autosize
          minRows={2}
          value={headers}
          onChange={(event) => setHeaders(event.currentTarget.value)}
        />
        <NumberInput
          label="Seconds for which an answer is good"
          description="From 0 (asked each time) to 86,400, a day"
          required
          min={0}
          max={86_400}
          allowDecimal={false}
          value={cacheSeconds}
          onChange={setCacheSeconds}
        />
        <NumberInput
          label="Longest wait, in milliseconds"
          description="From 100 to 10,000"
          required
          min={100}
          max={10_000}
          allowDecimal={false}
          value={timeoutMs}
          onChange={setTimeoutMs}
        />
        <Textarea
          label="Fallback"
          description="A JSON object that stands for an answer that does not come; empty, the person is skipped"
          placeholder={'{"pick": "our coffee"}'}
          spellCheck={false}
          error={fallbackFault}
          autosize
          minRows={2}
          value={fallback}
          onChange={(event) => setFallback(event.currentTarget.value)}
        />
        {save.error && <Problem error={save.error} />}
        <Group justify="flex-end">
          <BusyButton type="submit" busy={save.isBusy} disabled={!isWhole}>
            {feed ? 'Save data feed' : 'Make data feed'}
          </BusyButton>
        </Group>
      </Stack>
    </form>
  );
}

/** A JSON object; null for none, undefined for a text that is no such thing. */
function readFallback(text: string): Record<string, unknown> | null | undefined {
  if (text.trim() === '') return null;
  try {
    const read: unknown = JSON.parse(text);
    const isObject = typeof read === 'object' && read !== null && !Array.isArray(read);
    return isObject ? (read as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}
