import { Button, Card, Code, FileButton, Group, Stack, Text, TextInput, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { addFile, type CouponFile, type CouponPool, filesQuery } from '../../api/coupons.ts';
import { BusyButton } from '../../shell/busy-button.tsx';
import { type Column, DataTable } from '../../shell/data-table.tsx';
import { Loaded, Problem } from '../../shell/problem.tsx';
import { useAction } from '../../shell/use-action.ts';
import { count, counted, instant } from '../../words/formats.ts';

const previewedLines = 5;

/** Adds the codes of a file, whose first lines are shown before it goes. */
export function AddCodesCard({ pool }: { pool: CouponPool }) {
  const [chosen, setChosen] = useState<{ file: File; head: string } | null>(null);
  const [column, setColumn] = useState('');
  const add = useAction(({ file, at }: { file: File; at: string }) => addFile(pool.id, file, at), {
    ...{ inPlace: true, refresh: [['coupons']] },
    done: ({ added, refused }) =>
      `${counted(added, 'code is', 'codes are')} added${refused > 0 ? `, ${counted(refused, 'row', 'rows')} refused` : ''}`,
    after: () => setChosen(null),
  });
  const choose = async (file: File | null) => {
    if (!file) return;
    const text = await file.slice(0, 2_000).text();
    setChosen({
      file,
      head: text
        .split(/\r\n|\n|\r/)
        .slice(0, previewedLines)
        .join('\n'),
    });
  };
  return (
    <Card component="section" aria-labelledby="add-codes">
      <Stack>
        <Title order={2} id="add-codes">
          Add codes
        </Title>
        <Text>A code a line, or a CSV with a column called code; up to a million in one file.</Text>
        <Group>
          <FileButton
            accept=".csv,.tsv,.txt,text/csv,text/plain"
            onChange={(file) => void choose(file)}
            inputProps={{ 'aria-label': 'File of codes' }}
          >
            {(props) => (
              <Button variant="default" {...props}>
                Choose a file
              </Button>
            )}
          </FileButton>
        </Group>
        {chosen && (
          <form
            onSubmit={(event) => {
              event.preventDefault();
              add.act({ file: chosen.file, at: column.trim() });
            }}
          >
            <Stack>
              <Text fw={600} className="anywhere">
                {chosen.file.name} begins
              </Text>
              <Code block tabIndex={0} role="region" aria-label="Beginning of the file">
                {chosen.head}
              </Code>
              <TextInput
                label="Column of the codes"
                description="Only where the file has several and none is called code: its name, or its number"
                value={column}
                onChange={(event) => setColumn(event.currentTarget.value)}
              />
              {add.error && <Problem error={add.error} />}
              <Group>
                <BusyButton type="submit" busy={add.isBusy}>
                  Add its codes
                </BusyButton>
              </Group>
            </Stack>
          </form>
        )}
        <Files pool={pool} isComing={add.isBusy} />
      </Stack>
    </Card>
  );
}

const stateWords = { running: 'being added', finished: 'added', failed: 'broken off' };

function Files({ pool, isComing }: { pool: CouponPool; isComing: boolean }) {
  const files = useQuery(filesQuery(pool.id, isComing));
  return (
    <Loaded query={files}>
      {(data) =>
        data.length > 0 && (
          <Stack aria-live="polite">
            {data.slice(0, 5).map((file) => (
              <FileReport key={file.id} file={file} />
            ))}
          </Stack>
        )
      }
    </Loaded>
  );
}

const faultColumns: Column<CouponFile['faults'][number]>[] = [
  { header: 'Row', cell: ({ row }) => `Row ${count(row)}`, unbroken: true },
  { header: 'Fault', cell: ({ fault }) => <span className="anywhere">{fault}</span> },
];
const shownFaults = 20;

function FileReport({ file }: { file: CouponFile }) {
  const { fileName, state, rowsRead, added, refused, faults, error, startedAt } = file;
  return (
    <Stack gap="xs">
      <Text className="anywhere">
        <b>{fileName}</b>, {instant(startedAt)}: {stateWords[state]}
      </Text>
      <Text size="sm">
        {counted(rowsRead, 'row', 'rows')} read, {counted(added, 'code', 'codes')} added, {count(refused)}{' '}
        refused
      </Text>
      {error !== null && <Text>{error}</Text>}
      {faults.length > 0 && (
        <details>
          <summary>Rows to look at</summary>
          <DataTable
            caption={`Faults of ${fileName}`}
            columns={faultColumns}
            rows={faults.slice(0, shownFaults)}
            rowKey={({ row }) => row}
            empty="None"
          />
          {faults.length > shownFaults && (
            <Text size="sm">and {count(faults.length - shownFaults)} more</Text>
          )}
        </details>
      )}
    </Stack>
  );
}
