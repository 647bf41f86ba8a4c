import { Group, Select, Stack, TextInput } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { count } from '../words/formats.ts';
import { plain } from '../words/plain.ts';
import { type Column, DataTable } from './data-table.tsx';
import { Pager } from './pager.tsx';

const pageSize = 50;

/** An order that rows may stand in. */
export interface Order<Row> {
  label: string;
  compare: (a: Row, b: Row) => number;
}

/**
 * Rows that are all here already, found by their words without case and accents, in an order that is chosen (the first one to
 * begin with), 50 a page. `filter` is a control beside the search for what narrows `rows` further.
 */
export function SearchedTable<Row>({
  of,
  one,
  rows,
  columns,
  rowKey,
  textOf,
  orders,
  empty,
  filter,
}: {
  /** What the rows are, for the caption: `Lists`. */
  of: string;
  /** One of them, for the search's label: `a list`. */
  one: string;
  rows: Row[];
  columns: Column<Row>[];
  rowKey: (row: Row) => string | number;
  textOf: (row: Row) => string;
  orders: Record<string, Order<Row>>;
  empty: ReactNode;
  filter?: ReactNode;
}) {
  const [typed, setTyped] = useState('');
  const [order, setOrder] = useState(Object.keys(orders)[0] ?? '');
  const [page, setPage] = useState(1);
  const found = rows
    .filter((row) => plain(textOf(row)).includes(plain(typed.trim())))
    .sort(orders[order]?.compare);
  // What narrows the rows from outside may leave fewer pages than the one that stood open.
  const shown = Math.min(page, Math.max(1, Math.ceil(found.length / pageSize)));
  return (
    <Stack>
      <Group align="flex-end">
        <TextInput
          type="search"
          label={`Find ${one}`}
          flex="1 1 220px"
          value={typed}
          onChange={(event) => {
            setTyped(event.currentTarget.value);
            setPage(1);
          }}
        />
        {filter}
        <Select
          label="Order"
          data={Object.entries(orders).map(([value, { label }]) => ({ value, label }))}
          allowDeselect={false}
          value={order}
          onChange={(value) => value !== null && setOrder(value)}
        />
      </Group>
      <DataTable
        caption={`${of}: ${count(found.length)}`}
        columns={columns}
        rows={found.slice((shown - 1) * pageSize, shown * pageSize)}
        rowKey={rowKey}
        empty={empty}
      />
      <Pager page={shown} pageSize={pageSize} total={found.length} onPage={setPage} />
    </Stack>
  );
}
