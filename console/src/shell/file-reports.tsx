import { Anchor, Button, FileButton, Group, Stack, Text } from '@mantine/core';
import type { UseQueryResult } from '@tanstack/react-query';
import { count, counted, instant } from '../words/formats.ts';
import { type Column, DataTable } from './data-table.tsx';
import { Loaded } from './problem.tsx';

/** A file whose rows are taken as it comes, and how far it is. */
export interface FileReport {
  id: number;
  fileName: string;
  state: 'running' | 'finished' | 'failed';
  rowsRead: number;
  refused: number;
  /** Rows that were refused or are to be looked at, the first of them. */
  faults: readonly { row: number; fault: string }[];
  error: string | null;
  startedAt: string;
}

/** Chooses a table in text; `label` is what it is a file of. */
export function ChooseTable({ label, onChoose }: { label: string; onChoose: (file: File) => void }) {
  return (
    <Group>
      <FileButton
        accept=".csv,.tsv,.txt,text/csv,text/plain"
        onChange={(file) => file && onChoose(file)}
        inputProps={{ 'aria-label': label }}
      >
        {(props) => (
          <Button variant="default" {...props}>
            Choose a file
          </Button>
        )}
      </FileButton>
    </Group>
  );
}

const shownFiles = 5;

/** The newest files, each with how far it is and what is wrong with its rows. */
export function FileReports<File extends FileReport>({
  files,
  done,
  takenWords,
  faultsFile,
}: {
  files: UseQueryResult<File[]>;
  /** What becomes of rows: “taken”, “added”. */
  done: string;
  /** “2 items taken”. */
  takenWords: (file: File) => string;
  /** Where a file's refused rows are to be had, where they are. */
  faultsFile?: (file: File) => string;
}) {
  return (
    <Loaded query={files}>
      {(data) =>
        data.length > 0 && (
          <Stack aria-live="polite">
            {data.slice(0, shownFiles).map((file) => (
              <Report
                key={file.id}
                file={file}
                done={done}
                taken={takenWords(file)}
                faultsFile={faultsFile?.(file)}
              />
            ))}
            {data.length > shownFiles && (
              <Text size="sm" c="dimmed">
                and {counted(data.length - shownFiles, 'earlier file', 'earlier files')}
              </Text>
            )}
          </Stack>
        )
      }
    </Loaded>
  );
}

const faultColumns: Column<FileReport['faults'][number]>[] = [
  { header: 'Row', cell: ({ row }) => `Row ${count(row)}`, unbroken: true },
  { header: 'Fault', cell: ({ fault }) => <span className="anywhere">{fault}</span> },
];
const shownFaults = 20;

function Report({
  file: { fileName, state, rowsRead, refused, faults, error, startedAt },
  done,
  taken,
  faultsFile,
}: {
  file: FileReport;
  done: string;
  taken: string;
  faultsFile: string | undefined;
}) {
  const stateWords = { running: `being ${done}`, finished: done, failed: 'broken off' };
  return (
    <Stack gap="xs">
      <Text className="anywhere">
        <b>
          <bdi>{fileName}</bdi>
        </b>
        , {instant(startedAt)}: {stateWords[state]}
      </Text>
      <Text size="sm">
        {counted(rowsRead, 'row', 'rows')} read, {taken}, {count(refused)} refused
      </Text>
      {error !== null && <Text className="anywhere">{error}</Text>}
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
          {faultsFile !== undefined && (
            <Anchor href={faultsFile} download underline="always">
              All refused rows as a file
            </Anchor>
          )}
        </details>
      )}
    </Stack>
  );
}
