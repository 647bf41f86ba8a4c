import { Code, Group, Stack, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { type DataFeed, type FeedLook, fetchFeed } from '../../api/feeds.ts';
import { BusyButton } from '../../shell/busy-button.tsx';
import { Problem } from '../../shell/problem.tsx';
import { useAction } from '../../shell/use-action.ts';
import { count } from '../../words/formats.ts';

/** The plain fields that an address names. */
const fieldsIn = (url: string) => [
  ...new Set([...url.matchAll(/\{\{\s*([A-Za-z_]\w*)\s*\}\}/g)].map(([, field]) => field ?? '')),
];

/** Asks a feed at once and shows what it answers. */
export function FeedTrial({ feed }: { feed: DataFeed }) {
  const [values, setValues] = useState<Record<string, string>>({});
  const ask = useAction(() => fetchFeed(feed.id, values), { inPlace: true });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        ask.act();
      }}
    >
      <Stack>
        <Text className="anywhere">{feed.url}</Text>
        {fieldsIn(feed.url).length > 0 && (
          <Text size="sm" c="dimmed">
            The fields of the person it is asked for:
          </Text>
        )}
        {fieldsIn(feed.url).map((field) => (
          <TextInput
            key={field}
            label={field}
            value={values[field] ?? ''}
            onChange={(event) => {
              const { value } = event.currentTarget;
              setValues((before) => ({ ...before, [field]: value }));
            }}
          />
        ))}
        <Group justify="flex-end">
          <BusyButton type="submit" busy={ask.isBusy}>
            Ask now
          </BusyButton>
        </Group>
        {ask.error && <Problem error={ask.error} />}
        {ask.answer && !ask.error && <Answer look={ask.answer} />}
      </Stack>
    </form>
  );
}

function Answer({ look }: { look: FeedLook }) {
  const { ok, fault, milliseconds, bytes, data } = look;
  return (
    <Stack gap="xs" role="status">
      <Text>
        {ok
          ? `It answered ${count(bytes)} bytes in ${count(milliseconds)} ms.`
          : `It ${fault ?? 'gave no answer'}.`}
      </Text>
      {data && (
        <Code block tabIndex={0} role="region" aria-label="Answer" mah={300}>
          {JSON.stringify(data, null, 2)}
        </Code>
      )}
    </Stack>
  );
}
