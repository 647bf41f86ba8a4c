import { Text } from '@mantine/core';
import type { Column } from '../../shell/data-table.tsx';
import { count, share } from '../../words/formats.ts';

/** The column with a tile's name, and what is dimmed beside it. */
export const tileColumn = <Row extends { id: string; label: string }>(): Column<Row> => ({
  header: 'Tile',
  cell: ({ id, label }) => (
    <>
      <b className="anywhere">{id}</b>{' '}
      <Text span size="sm" c="dimmed">
        {label}
      </Text>
    </>
  ),
});

/** The column with how many left at a tile, and their share of those who arrived. */
export const droppedColumn = <Row extends { arrived: number; dropped: number }>(
  header: string,
): Column<Row> => ({
  header,
  cell: ({ dropped, arrived }) => (dropped === 0 ? '–' : `${count(dropped)} (${share(dropped, arrived)})`),
  numeric: true,
});
