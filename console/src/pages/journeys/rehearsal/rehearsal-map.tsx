import { Button, Card, Group, SegmentedControl, Stack, Text, Title } from '@mantine/core';
import { useMemo, useState } from 'react';
import type { JourneyRehearsal, WhoIsAsked } from '../../../api/journey-rehearsals.ts';
import type { Checked } from '../../../api/journeys.ts';
import { count, counted, dollars, share } from '../../../words/formats.ts';
import { leavingWords } from '../../../words/leaving.ts';
import { skipReasonWords } from '../../../words/skip-reasons.ts';
import { type JourneyDocument, type KindSchemas, kindOf, waysOf } from '../document.ts';
import { lookOf } from '../kinds/kinds.ts';
import { readingScene } from '../reading-scene.ts';
import { ReadingView } from '../reading-view.tsx';
import { entryId, type Scene } from '../scene.ts';
import { wayWords } from '../way-words.ts';
import type { TileStandings } from './timeline.ts';

type Figures = JourneyRehearsal['figures'];
type TileFigures = Figures['tiles'][string];

interface MapProps {
  rehearsal: JourneyRehearsal;
  document: JourneyDocument;
  kinds: KindSchemas;
  words: Checked | undefined;
  byTile: ReadonlyMap<string, TileStandings>;
  /** The moment that one looks at. */
  step: number;
  onAsk: (who: WhoIsAsked) => void;
}

/** The journey with how many are at each tile at a moment, or with what becomes of people in all. */
export function RehearsalMap(props: MapProps) {
  const { rehearsal, document, kinds, words, byTile, step, onAsk } = props;
  const [isInAll, setInAll] = useState(false);
  const [selected, setSelected] = useState<string | null>(null);
  const base = useMemo(
    () => readingScene({ document, kinds, words: [words], selected, onSelect: setSelected }),
    [document, kinds, words, selected],
  );
  const most = useMemo(() => Math.max(1, ...[...byTile.values()].flatMap(({ inside }) => inside)), [byTile]);
  const scene: Scene = isInAll ? inAll(base, rehearsal) : atStep(base, byTile, step, most);
  const chosen = selected === null || selected === entryId ? undefined : rehearsal.figures.tiles[selected];
  return (
    <section aria-labelledby="on-the-map">
      <Group justify="space-between" mb="sm">
        <Title order={2} id="on-the-map">
          {isInAll ? 'In all, tile by tile' : 'Who is where at that moment'}
        </Title>
        <SegmentedControl
          aria-label="What tiles tell"
          size="xs"
          value={isInAll ? 'all' : 'moment'}
          onChange={(value) => setInAll(value === 'all')}
          data={[
            { value: 'moment', label: 'At that moment' },
            { value: 'all', label: 'In all' },
          ]}
        />
      </Group>
      <div className="journey-room">
        <div className="rehearsal-map">
          <ReadingView scene={scene} label="The journey that is rehearsed" />
        </div>
        {selected !== null && selected !== entryId && (
          <TileOutcome
            {...{ document, kinds, onAsk }}
            id={selected}
            of={chosen}
            onClose={() => setSelected(null)}
          />
        )}
      </div>
    </section>
  );
}

/** With how many are where at a moment. */
const atStep = (
  base: Scene,
  byTile: ReadonlyMap<string, TileStandings>,
  step: number,
  most: number,
): Scene => ({
  ...base,
  lines: 1,
  factsOf: (id) => {
    const standings = byTile.get(id);
    const inside = standings?.inside[step] ?? 0;
    const counts = { inside, arrived: standings?.arrived[step] ?? 0 };
    return { ...base.factsOf(id), counts, level: inside / most };
  },
});

/** With what becomes of people from the beginning to the end. */
const inAll = (base: Scene, { figures, actual }: JourneyRehearsal): Scene => ({
  ...base,
  lines: 2,
  factsOf: (id) => {
    const { arrived = 0, inside = 0, left = {}, sends = null } = figures.tiles[id] ?? {};
    const skips = sends && sum(sends.skips);
    const dropped = sum(left);
    const told = [
      ...(dropped > 0 ? [`${count(dropped)} drop off (${share(dropped, arrived)})`] : []),
      ...(skips ? [`${count(skips)} skipped`] : []),
      ...(actual ? [`really ${count(actual.tiles[id]?.arrived ?? 0)} arrived`] : []),
    ];
    return { ...base.factsOf(id), counts: { inside, arrived }, note: told.join(' · ') || null };
  },
  countOf: ({ from, name }) => (from === null ? null : (figures.tiles[from]?.ways[name] ?? 0)),
});

const sum = (numbers: Readonly<Record<string, number>>): number =>
  Object.values(numbers).reduce((total, each) => total + each, 0);

/** What becomes of those who come to a tile, each figure with who is behind it. */
function TileOutcome({
  id,
  of,
  document,
  kinds,
  onAsk,
  onClose,
}: {
  id: string;
  of: TileFigures | undefined;
  document: JourneyDocument;
  kinds: KindSchemas;
  onAsk: (who: WhoIsAsked) => void;
  onClose: () => void;
}) {
  const tile = document.tiles[id];
  const known = tile ? waysOf(id, tile, kinds) : [];
  const wordsOf = (name: string) => {
    const way = known.find((each) => each.name === name);
    return (way && wayWords(tile, way, known.length === 1)) ?? (name === 'next' ? 'on' : name);
  };
  const { arrived = 0, ways = {}, left = {}, sends = null } = of ?? {};
  return (
    <Card component="section" className="tile-outcome" aria-label={`What becomes of those at ${id}`}>
      <Group justify="space-between" wrap="nowrap" mb="xs" align="flex-start">
        <Title order={3} className="anywhere">
          {id}{' '}
          <Text span size="sm" c="dimmed" fw={400}>
            {lookOf(kindOf(tile)).label}
          </Text>
        </Title>
        <Button variant="subtle" size="compact-sm" onClick={onClose}>
          Close
        </Button>
      </Group>
      <Stack gap={2} component="ul" className="outcome-lines">
        <Line number={arrived} words="arrive" onAsk={() => onAsk({ tile: id })} />
        {Object.entries(ways).map(([name, people]) => (
          <Line
            key={name}
            number={people}
            of={arrived}
            words={`go by “${wordsOf(name)}”`}
            onAsk={() => onAsk({ tile: id, way: name })}
          />
        ))}
        {Object.entries(left).map(([reason, people]) => (
          <Line
            key={reason}
            number={people}
            of={arrived}
            words={leavingWords(reason)}
            onAsk={() => onAsk({ tile: id, reason })}
          />
        ))}
        {sends && (
          <>
            <Line
              number={sends.messages}
              words={`${sends.messages === 1 ? 'message' : 'messages'}, ${counted(sends.segments, 'segment')}, ${dollars(sends.price)}`}
            />
            {Object.entries(sends.skips).map(([reason, people]) => (
              <Line
                key={reason}
                number={people}
                words={`skipped: ${skipReasonWords(reason)}`}
                onAsk={() => onAsk({ tile: id, reason })}
              />
            ))}
            {sends.waiting > 0 && <Line number={sends.waiting} words="would leave after the time ends" />}
          </>
        )}
      </Stack>
    </Card>
  );
}

/** A figure in words, with who is behind it. */
function Line({
  number,
  of,
  words,
  onAsk,
}: {
  number: number;
  of?: number;
  words: string;
  onAsk?: () => void;
}) {
  return (
    <li>
      <Text size="sm" span>
        <b>{count(number)}</b> {words}
        {of !== undefined && of > 0 && <span className="dimmed"> ({share(number, of)})</span>}
      </Text>
      {onAsk && number > 0 && (
        <Button variant="subtle" size="compact-xs" aria-label={`Who? ${words}`} onClick={onAsk}>
          Who?
        </Button>
      )}
    </li>
  );
}
