import { Anchor, Box, SimpleGrid, Stack, Text, Title } from '@mantine/core';
import type { JourneyRehearsal, WhoIsAsked } from '../../../api/journey-rehearsals.ts';
import { type Column, DataTable } from '../../../shell/data-table.tsx';
import { count, dollars } from '../../../words/formats.ts';
import { notEnteringWords } from '../../../words/leaving.ts';
import { SkipReasons } from '../../campaigns/skip-reasons.tsx';
import { inOrder, type JourneyDocument, type KindSchemas, kindOf } from '../document.ts';
import { lookOf } from '../kinds/kinds.ts';
import { droppedColumn, tileColumn } from '../tile-columns.tsx';
import { lengthWords } from './rehearsal-words.ts';

type Figures = JourneyRehearsal['figures'];

interface TileRow {
  id: string;
  label: string;
  arrived: number;
  inside: number;
  dropped: number;
  messages: number | null;
  skips: number;
  price: number;
  /** Null where the journey does not run. */
  real: number | null;
}

/** What it comes to by tile, sender and reason, as tables. */
export function Outcome({
  rehearsal,
  document,
  kinds,
  onAsk,
}: {
  rehearsal: JourneyRehearsal;
  document: JourneyDocument;
  kinds: KindSchemas;
  onAsk: (who: WhoIsAsked) => void;
}) {
  const { figures, actual } = rehearsal;
  const rows = inOrder(document, kinds).map((id): TileRow => {
    const { arrived = 0, inside = 0, left = {}, sends = null } = figures.tiles[id] ?? {};
    return {
      ...{ id, arrived, inside, label: lookOf(kindOf(document.tiles[id])).label },
      ...{ dropped: sum(left), messages: sends?.messages ?? null, price: sends?.price ?? 0 },
      ...{ skips: sends ? sum(sends.skips) : 0, real: actual && (actual.tiles[id]?.arrived ?? 0) },
    };
  });
  const skips = sum(figures.sends.skips);
  return (
    <Stack gap="lg">
      <section aria-labelledby="tile-by-tile">
        <Title order={2} id="tile-by-tile" mb="sm">
          Tile by tile
        </Title>
        <DataTable
          caption="What becomes of people, tile by tile"
          columns={[...tileColumns(onAsk), ...(actual ? [realColumn] : [])]}
          rows={rows}
          rowKey={({ id }) => id}
          empty="No tile."
        />
      </section>
      <SimpleGrid cols={{ base: 1, md: 2 }} spacing="lg">
        {skips > 0 && (
          <SkipReasons
            reasons={figures.sends.skips}
            total={skips}
            ahead
            onShow={(reason) => onAsk({ reason })}
          />
        )}
        <NotEntering figures={figures} onAsk={onAsk} />
      </SimpleGrid>
      {figures.senders.length > 0 && (
        <section aria-labelledby="by-sender">
          <Title order={2} id="by-sender" mb="sm">
            Senders and cost
          </Title>
          <DataTable
            caption="What leaves from which sender, and what it costs"
            columns={senderColumns}
            rows={[...figures.senders]}
            rowKey={({ senderId }) => senderId}
            empty="Nothing leaves."
          />
        </section>
      )}
    </Stack>
  );
}

const sum = (numbers: Readonly<Record<string, number>>): number =>
  Object.values(numbers).reduce((total, each) => total + each, 0);

const tileColumns = (onAsk: (who: WhoIsAsked) => void): Column<TileRow>[] => [
  tileColumn(),
  {
    header: 'Arrive',
    cell: ({ id, arrived }) =>
      arrived === 0 ? (
        '0'
      ) : (
        <Anchor
          component="button"
          type="button"
          size="sm"
          underline="always"
          aria-label={`${count(arrived)} arrive at ${id}: who?`}
          onClick={() => onAsk({ tile: id })}
        >
          {count(arrived)}
        </Anchor>
      ),
    numeric: true,
  },
  { header: 'Inside at the end', cell: ({ inside }) => count(inside), numeric: true },
  droppedColumn('Drop off'),
  {
    header: 'Messages',
    cell: ({ messages }) => (messages === null ? '–' : count(messages)),
    numeric: true,
  },
  { header: 'Skipped', cell: ({ skips }) => (skips === 0 ? '–' : count(skips)), numeric: true },
  {
    header: 'Cost',
    cell: ({ messages, price }) => (messages === null ? '–' : dollars(price)),
    numeric: true,
  },
];

const realColumn: Column<TileRow> = {
  header: 'Really arrived so far',
  cell: ({ real }) => count(real ?? 0),
  numeric: true,
};

const senderColumns: Column<Figures['senders'][number]>[] = [
  { header: 'Sender', cell: ({ name }) => name || 'A sender that is gone' },
  { header: 'Messages', cell: ({ messages }) => count(messages), numeric: true },
  { header: 'Segments', cell: ({ segments }) => count(segments), numeric: true },
  {
    header: 'Hours over its pace',
    cell: ({ hours }) => {
      const over = hours.filter(({ lateMs }) => lateMs > 0).length;
      return over === 0 ? '–' : count(over);
    },
    numeric: true,
  },
  {
    header: 'Late by up to',
    cell: ({ mostLateMs }) => (mostLateMs === 0 ? '–' : lengthWords(mostLateMs)),
    numeric: true,
  },
  { header: 'Cost', cell: ({ price }) => dollars(price), numeric: true },
];

/** Who was to enter and does not, by reason. */
function NotEntering({ figures, onAsk }: { figures: Figures; onAsk: (who: WhoIsAsked) => void }) {
  const reasons = Object.entries(figures.notEntered).sort(([, a], [, b]) => b - a);
  if (reasons.length === 0) return null;
  return (
    <Box component="section" aria-labelledby="not-entering">
      <Title order={3} id="not-entering" mb="md">
        {count(sum(figures.notEntered))} do not enter, and why
      </Title>
      <Stack gap="sm" component="ul" p={0} m={0} style={{ listStyle: 'none' }}>
        {reasons.map(([reason, people]) => (
          <li key={reason}>
            <Text size="sm">
              <b>{count(people)}</b>: {notEnteringWords(reason)} ·{' '}
              <Anchor
                component="button"
                type="button"
                size="sm"
                underline="always"
                aria-label={`Who? ${notEnteringWords(reason)}`}
                onClick={() => onAsk({ reason })}
              >
                Who?
              </Anchor>
            </Text>
          </li>
        ))}
      </Stack>
    </Box>
  );
}
