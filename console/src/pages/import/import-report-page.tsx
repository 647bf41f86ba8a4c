import { Badge, Button, Card, Group, Progress, SimpleGrid, Stack, Text, Title } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import {
  type Import,
  importQuery,
  isGoing,
  type RowReport,
  reportFile,
  reportQuery,
  undoImport,
  undoQuery,
} from '../../api/imports.ts';
import { BusyButton } from '../../shell/busy-button.tsx';
import { type Column, DataTable } from '../../shell/data-table.tsx';
import { Page } from '../../shell/page.tsx';
import { Loaded, Problem } from '../../shell/problem.tsx';
import { LinkButton } from '../../shell/router-link.tsx';
import { useAction } from '../../shell/use-action.ts';
import { count, instant } from '../../words/formats.ts';
import { importFieldWords } from '../../words/import-fields.ts';

const columns: Column<RowReport>[] = [
  { header: 'Row', cell: (row) => `Row ${count(row.rowNumber)}`, unbroken: true },
  {
    header: 'Outcome',
    cell: (row) =>
      row.outcome === 'refused' ? <Badge color="red">Refused</Badge> : <Badge color="yellow">Warning</Badge>,
  },
  {
    header: 'Field',
    cell: (row) => (row.field ? importFieldWords(row.field) : 'the whole row'),
    unbroken: true,
  },
  { header: 'Value', cell: (row) => (row.value ? <span className="code">{row.value}</span> : '–') },
  { header: 'Why', cell: (row) => row.reason },
];

/** How an import goes, and row by row what was refused. */
export function ImportReportPage() {
  const { id } = useParams({ from: '/shell/import/$id' });
  const query = useQuery(importQuery(Number(id)));
  const queries = useQueryClient();
  const isOver = query.data !== undefined && !isGoing(query.data.state);
  useEffect(() => {
    // The people, their fields and the list are there only now, after the import was started.
    if (isOver) for (const queryKey of [['users'], ['lists']]) void queries.invalidateQueries({ queryKey });
  }, [isOver, queries]);
  return (
    <Loaded query={query} page="Import">
      {(data) => (
        <Page
          title={data.fileName}
          about={`Imported ${instant(data.createdAt)}`}
          actions={
            <>
              <LinkButton to="/import" variant="default">
                Another import
              </LinkButton>
              {data.state === 'done' && <LinkButton to="/templates">Write a template</LinkButton>}
            </>
          }
        >
          <ProgressCard data={data} />
          {!isGoing(data.state) && data.state !== 'undone' && <Undo id={data.id} />}
          {!isGoing(data.state) && <Report id={data.id} />}
        </Page>
      )}
    </Loaded>
  );
}

const titles: Record<string, string> = {
  done: 'Done',
  failed: 'Failed',
  undoing: 'Being undone…',
  undone: 'Undone',
};

function ProgressCard({ data }: { data: Import }) {
  const part = data.rowsTotal > 0 ? (100 * data.rowsDone) / data.rowsTotal : 0;
  const done = data.state === 'done';
  return (
    <Card component="section" aria-label="Progress">
      <Stack>
        <Group justify="space-between">
          <Title order={2}>{titles[data.state] ?? 'Importing…'}</Title>
          <Text fw={600}>
            {count(data.rowsDone)} of {count(data.rowsTotal)} rows
          </Text>
        </Group>
        <Progress.Root size="lg">
          <Progress.Section
            value={done ? 100 : part}
            aria-label="Rows worked off"
            color={data.state === 'failed' ? 'red' : done ? 'green.7' : 'dusk'}
            animated={isGoing(data.state)}
          />
        </Progress.Root>
        {data.error && <Problem error={new Error(data.error)} />}
        <div role={done ? 'status' : undefined}>
          <SimpleGrid cols={2} component="dl" m={0} maw={360}>
            <Figure label="Taken" value={data.rowsTaken} />
            <Figure label="Refused" value={data.rowsRefused} />
          </SimpleGrid>
        </div>
      </Stack>
    </Card>
  );
}

/** Takes an import back, after its effects have been counted. */
function Undo({ id }: { id: number }) {
  const [asked, setAsked] = useState(false);
  const counts = useQuery({ ...undoQuery(id), enabled: asked });
  const undo = useAction(() => undoImport(id), { once: true, refresh: [['imports'], ['lists'], ['users']] });
  return (
    <Card component="section" aria-labelledby="undo">
      <Title order={2} id="undo" mb="xs">
        Imported by mistake?
      </Title>
      {!asked && (
        <Group>
          <Button variant="default" onClick={() => setAsked(true)}>
            See what undoing it would do
          </Button>
        </Group>
      )}
      {asked && (
        <Loaded query={counts}>
          {(data) => (
            <Stack gap="sm">
              <Text>
                {people(data.usersRemoved)} that this import made, and that nobody has touched since, would be
                removed.
                {data.usersKept > 0 &&
                  ` Of ${people(data.usersKept)} who stay, ${count(data.membershipsEnded)} would leave its list and ${count(data.consentsEnded)} consents that it gave would end.`}
              </Text>
              {data.optOutsKept > 0 && <Text>{count(data.optOutsKept)} opt-outs that it recorded stay.</Text>}
              <Group>
                <BusyButton color="red" busy={undo.isBusy} onClick={() => undo.act()}>
                  Undo this import
                </BusyButton>
                <Button variant="default" onClick={() => setAsked(false)}>
                  Leave it as it is
                </Button>
              </Group>
            </Stack>
          )}
        </Loaded>
      )}
    </Card>
  );
}

const people = (number: number) => (number === 1 ? '1 person' : `${count(number)} people`);

function Figure({ label, value }: { label: string; value: number }) {
  return (
    <div>
      <Text size="sm" c="dimmed" component="dt">
        {label}
      </Text>
      <Text fz={28} fw={650} component="dd" m={0} style={{ fontVariantNumeric: 'tabular-nums' }}>
        {count(value)}
      </Text>
    </div>
  );
}

function Report({ id }: { id: number }) {
  const [behind, setBehind] = useState<number[]>([]);
  const report = useQuery(reportQuery(id, behind.at(-1) ?? 0));
  return (
    <Stack component="section" aria-labelledby="report">
      <Group justify="space-between">
        <div>
          <Title order={2} id="report">
            Row by row
          </Title>
          <Text c="dimmed" size="sm">
            The rows that were refused, and those that were taken with a warning.
          </Text>
        </div>
        <Button
          component="a"
          href={reportFile(id)}
          download
          variant="default"
          leftSection={<IconDownload size={18} aria-hidden />}
        >
          Download report.csv
        </Button>
      </Group>
      <Loaded query={report}>
        {(data) => (
          <>
            <DataTable
              caption="Rows with a remark"
              columns={columns}
              rows={data.rows}
              rowKey={(row) => `${row.rowNumber} ${row.field} ${row.reason}`}
              empty="Every row was taken as it stood."
            />
            {(behind.length > 0 || data.after !== null) && (
              <Group justify="flex-end">
                <Button
                  variant="default"
                  disabled={behind.length === 0}
                  onClick={() => setBehind(behind.slice(0, -1))}
                >
                  Previous
                </Button>
                <Button
                  variant="default"
                  disabled={data.after === null}
                  onClick={() => data.after !== null && setBehind([...behind, data.after])}
                >
                  Next
                </Button>
              </Group>
            )}
          </>
        )}
      </Loaded>
    </Stack>
  );
}
