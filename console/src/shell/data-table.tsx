import { Box, Card, Text } from '@mantine/core';
import type { ReactNode } from 'react';

/** One column of a table: its header and how a row's cell is shown. */
export interface Column<Row> {
  header: string;
  cell: (row: Row) => ReactNode;
  numeric?: boolean;
  /** Kept on one line, where the screen is wide enough for a table. */
  unbroken?: boolean;
}

/**
 * A table in a card; on a phone each row becomes a small card, led by its first column, without the cells that
 * say nothing (–). `caption` names it for screen readers; `empty` stands in for no rows.
 */
export function DataTable<Row>({
  caption,
  columns,
  rows,
  rowKey,
  empty,
}: {
  caption: string;
  columns: Column<Row>[];
  rows: Row[];
  rowKey: (row: Row) => string | number;
  empty: ReactNode;
}) {
  if (rows.length === 0)
    return (
      <Card>
        <Text c="dimmed" ta="center" py="lg" component="div">
          {empty}
        </Text>
      </Card>
    );
  return (
    <Card p={0}>
      <Box style={{ overflowX: 'auto' }}>
        {/* The roles are the elements' own; browsers drop them where CSS makes cards of the rows. */}
        {/* biome-ignore-start lint/a11y/noRedundantRoles: see above */}
        <table className="data-table" role="table">
          <caption>{caption}</caption>
          <thead role="rowgroup">
            <tr role="row">
              {columns.map((column) => (
                <th
                  key={column.header}
                  scope="col"
                  role="columnheader"
                  className={column.numeric ? 'numeric' : undefined}
                >
                  {column.header}
                </th>
              ))}
            </tr>
          </thead>
          <tbody role="rowgroup">
            {rows.map((row) => (
              <tr key={rowKey(row)} role="row">
                {columns.map((column, place) => {
                  const shown = column.cell(row);
                  return (
                    <td
                      key={column.header}
                      role="cell"
                      data-label={column.header}
                      data-empty={shown === '–' || undefined}
                      className={classOf(column, place)}
                    >
                      {shown}
                    </td>
                  );
                })}
              </tr>
            ))}
          </tbody>
        </table>
        {/* biome-ignore-end lint/a11y/noRedundantRoles: see above */}
      </Box>
    </Card>
  );
}

const classOf = ({ numeric, unbroken }: Pick<Column<unknown>, 'numeric' | 'unbroken'>, place: number) =>
  [place === 0 ? 'leading' : numeric ? 'numeric' : '', unbroken ? 'unbroken' : ''].join(' ').trim() ||
  undefined;
