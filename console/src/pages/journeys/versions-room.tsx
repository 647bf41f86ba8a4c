import { Alert, Badge, Button, Card, Group, Select, Stack, Text, Title } from '@mantine/core';
import { IconInfoCircle } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { type Checked, wordsQuery } from '../../api/journeys.ts';
import { byWords } from '../../words/by-words.ts';
import { instant } from '../../words/formats.ts';
import {
  asDocument,
  changesBetween,
  framesBetween,
  type JourneyDocument,
  type TileChange,
  withGone,
} from './document.ts';
import type { RoomProps } from './journey-page.tsx';
import { readingScene } from './reading-scene.ts';
import { ReadingView } from './reading-view.tsx';
import { changeLooks } from './tile-face.tsx';

/** Every version that was published: looked at, compared with another, brought back into the draft. */
export function VersionsRoom({ journey, versions, kinds, drawing }: RoomProps) {
  const navigate = useNavigate({ from: '/journeys/$id' });
  const [shown, setShown] = useState('draft');
  const [beside, setBeside] = useState<string | null>(null);
  const documents = useMemo(
    () => new Map(versions.map(({ version, document }) => [String(version), asDocument(document)])),
    [versions],
  );
  const versionOf = (which: string | null) => (which === null || which === 'draft' ? null : Number(which));
  const wordsOfShown = useQuery(wordsQuery(journey.id, versionOf(shown)));
  const wordsOfBeside = useQuery({ ...wordsQuery(journey.id, versionOf(beside)), enabled: beside !== null });
  const documentOf = (which: string): JourneyDocument => documents.get(which) ?? drawing.document;
  if (versions.length === 0)
    return (
      <Card>
        <Text c="dimmed" ta="center" py="lg">
          Nothing is published yet. Each version that is will stand here, to be looked at, compared and
          brought back.
        </Text>
      </Card>
    );
  const choices = [
    { value: 'draft', label: journey.draft === null ? 'What is drawn (as published)' : 'The draft' },
    ...versions.map(({ version, publishedAt, publishedBy }) => ({
      value: String(version),
      label: `Version ${version} · ${instant(publishedAt)} · ${byWords(publishedBy)}`,
    })),
  ];
  const document = documentOf(shown);
  const words = new Map([
    [shown, wordsOfShown.data],
    [beside ?? '', wordsOfBeside.data],
  ]);
  const before = beside === null ? null : documentOf(beside);
  return (
    <Stack>
      <Group align="flex-end">
        <Select
          label="Look at"
          flex="1 1 300px"
          allowDeselect={false}
          data={choices}
          value={shown}
          onChange={(value) => value !== null && setShown(value)}
        />
        <Select
          label="Compared with"
          flex="1 1 300px"
          placeholder="nothing"
          clearable
          clearButtonProps={{ 'aria-label': 'Compare with nothing' }}
          data={choices.filter(({ value }) => value !== shown)}
          value={beside}
          onChange={setBeside}
        />
        {shown !== 'draft' && journey.state !== 'archived' && (
          <Button
            variant="default"
            onClick={() => {
              drawing.change(() => document);
              void navigate({ search: {}, replace: true, resetScroll: false });
            }}
          >
            Bring back into the draft
          </Button>
        )}
      </Group>
      <Compared
        {...{ document, before, kinds }}
        label={shown === 'draft' ? 'What is drawn' : `Version ${shown}`}
        words={[shown, ...(beside === null ? [] : [beside])].map((which) => words.get(which))}
      />
    </Stack>
  );
}

function Compared({
  document,
  before,
  kinds,
  label,
  words,
}: {
  document: JourneyDocument;
  before: JourneyDocument | null;
  kinds: RoomProps['kinds'];
  label: string;
  words: readonly (Checked | undefined)[];
}) {
  const changes = useMemo(
    () => (before ? changesBetween(before, document) : new Map<string, TileChange>()),
    [before, document],
  );
  const drawn = useMemo(() => (before ? withGone(before, document) : document), [before, document]);
  const scene = readingScene({ document: drawn, kinds, words, changes });
  const frames = before ? framesBetween(before, document) : [];
  return (
    <Stack gap="sm">
      {before && (
        <Group gap="sm" component="section" aria-label="What differs">
          <Title order={2} size="h3">
            What differs
          </Title>
          {changes.size + frames.length === 0 && <Text size="sm">Nothing.</Text>}
          {(['added', 'changed', 'gone'] as const).map((change) => {
            const ids = [...changes].filter(([, each]) => each === change).map(([id]) => id);
            const { label: word, colour, Icon } = changeLooks[change];
            return (
              ids.length > 0 && (
                <Group key={change} gap={6}>
                  <Badge color={colour} leftSection={<Icon size={12} stroke={2.5} aria-hidden />}>
                    {word}
                  </Badge>
                  <Text size="sm">{ids.join(', ')}</Text>
                </Group>
              )
            );
          })}
        </Group>
      )}
      {frames.length > 0 && (
        <Alert icon={<IconInfoCircle aria-hidden />} p="xs">
          Beside tiles,{' '}
          {frames
            .map(
              (frame) => ({ entry: 'the entry', exits: 'the exit rules', settings: 'the settings' })[frame],
            )
            .join(' and ')}{' '}
          {/* “The exit rules” are many already. */}
          {frames.length === 1 && frames[0] === 'entry' ? 'differs' : 'differ'}.
        </Alert>
      )}
      <ReadingView scene={scene} label={label} />
    </Stack>
  );
}
