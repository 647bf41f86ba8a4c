import { Anchor, Button, Card, Checkbox, FileButton, Group, Select, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import {
  type CatalogFile,
  type FieldType,
  faultsFile,
  fieldTypes,
  filesQuery,
  previewFile,
  type SeenColumn,
  takeFile,
} from '../../api/catalogs.ts';
import { BusyButton } from '../../shell/busy-button.tsx';
import { type Column, DataTable } from '../../shell/data-table.tsx';
import { Loaded, Problem } from '../../shell/problem.tsx';
import { useAction } from '../../shell/use-action.ts';
import { count, counted, instant } from '../../words/formats.ts';

/** A file that was chosen and looked at. */
interface Chosen {
  file: File;
  columns: readonly SeenColumn[];
}

const leftOut = 'leave out';

/** Takes items from a CSV, of which is seen before what its columns would become. */
export function ImportCard({ name }: { name: string }) {
  const [chosen, setChosen] = useState<Chosen | null>(null);
  const [idColumn, setIdColumn] = useState<string | null>(null);
  const [types, setTypes] = useState<Record<string, FieldType | typeof leftOut>>({});
  const [replace, setReplace] = useState(false);
  const look = useAction(async (file: File) => ({ file, ...(await previewFile(name, file)) }), {
    inPlace: true,
    after: (seen) => {
      setChosen(seen);
      setIdColumn(seen.idColumn);
      setTypes(
        Object.fromEntries(
          seen.columns.flatMap(({ header, type, inDoubt }) => (inDoubt ? [] : [[header, type]])),
        ),
      );
    },
  });
  const take = useAction(
    ({ file, id }: { file: File; id: string }) =>
      takeFile(name, file, { idColumn: id, columns: taken(), replace }),
    {
      ...{ inPlace: true, refresh: [['catalogs']], after: () => setChosen(null) },
      done: (done) =>
        `${counted(done.taken, 'item is', 'items are')} taken${done.refused > 0 ? `, ${counted(done.refused, 'row', 'rows')} refused` : ''}`,
    },
  );
  const others = chosen?.columns.filter(({ header }) => header !== idColumn) ?? [];
  const undecided = others.filter(({ header }) => types[header] === undefined);
  const taken = () =>
    Object.fromEntries(
      others.flatMap(({ header, field }) => {
        const type = types[header];
        return type === undefined || type === leftOut ? [] : [[header, { field, type }]];
      }),
    );
  return (
    <Card component="section" aria-labelledby="import-items">
      <Stack>
        <Title order={2} id="import-items">
          Items from a file
        </Title>
        <Text>A CSV whose first row names the columns, one of which holds the items’ ids.</Text>
        <Group>
          <FileButton
            accept=".csv,.tsv,.txt,text/csv"
            onChange={(file) => file && look.act(file)}
            inputProps={{ 'aria-label': 'File of items' }}
          >
            {(props) => (
              <Button variant="default" {...props}>
                Choose a file
              </Button>
            )}
          </FileButton>
        </Group>
        {look.error && <Problem error={look.error} />}
        {chosen && (
          <form
            onSubmit={(event) => {
              event.preventDefault();
              if (idColumn !== null && undecided.length === 0) take.act({ file: chosen.file, id: idColumn });
            }}
          >
            <Stack>
              <Text fw={600} className="anywhere">
                {chosen.file.name}
              </Text>
              <Select
                label="Column of the ids"
                required
                placeholder="Choose one"
                maw={320}
                data={chosen.columns.map(({ header }) => header)}
                value={idColumn}
                onChange={setIdColumn}
              />
              <DataTable
                caption="Columns of the file"
                rows={others}
                rowKey={({ header }) => header}
                empty="The file has no other column."
                columns={columnsWith(types, (header, type) => setTypes({ ...types, [header]: type }))}
              />
              <Checkbox
                label="Take from items that are there the fields that the file has not"
                checked={replace}
                onChange={(event) => setReplace(event.currentTarget.checked)}
              />
              {(idColumn === null || undecided.length > 0) && (
                <Text role="status">
                  {idColumn === null
                    ? 'Say which column holds the ids.'
                    : `Say what ${undecided.map(({ header }) => `“${header}”`).join(', ')} may be: a type stays.`}
                </Text>
              )}
              {take.error && <Problem error={take.error} />}
              <Group>
                <BusyButton
                  type="submit"
                  busy={take.isBusy}
                  disabled={idColumn === null || undecided.length > 0}
                >
                  Take its items
                </BusyButton>
              </Group>
            </Stack>
          </form>
        )}
        <Files name={name} isComing={take.isBusy} />
      </Stack>
    </Card>
  );
}

function columnsWith(
  types: Readonly<Record<string, FieldType | typeof leftOut>>,
  choose: (header: string, type: FieldType | typeof leftOut) => void,
): Column<SeenColumn>[] {
  return [
    { header: 'Column', cell: ({ header }) => <span className="anywhere">{header}</span> },
    {
      header: 'Holds',
      cell: ({ samples }) => (
        <Text size="sm" c="dimmed" className="anywhere">
          {samples.length > 0 ? samples.join(', ') : '–'}
        </Text>
      ),
    },
    { header: 'Field', cell: ({ field }) => <span className="anywhere">{field}</span> },
    {
      header: 'Type',
      cell: ({ header, type, isKnown }) => (
        <Select
          aria-label={`Type of ${header}`}
          placeholder="Which is it?"
          data={[...(isKnown ? [type] : fieldTypes), leftOut]}
          allowDeselect={false}
          w={160}
          value={types[header] ?? null}
          onChange={(value) => {
            const chosen = [...fieldTypes, leftOut as typeof leftOut].find((each) => each === value);
            if (chosen) choose(header, chosen);
          }}
        />
      ),
    },
  ];
}

const stateWords = { running: 'being taken', finished: 'taken', failed: 'broken off' };
const shownFaults = 20;

function Files({ name, isComing }: { name: string; isComing: boolean }) {
  const files = useQuery(filesQuery(name, isComing));
  return (
    <Loaded query={files}>
      {(data) =>
        data.length > 0 && (
          <Stack aria-live="polite">
            {data.slice(0, 5).map((file) => (
              <FileReport key={file.id} name={name} file={file} />
            ))}
          </Stack>
        )
      }
    </Loaded>
  );
}

function FileReport({ name, file }: { name: string; file: CatalogFile }) {
  const { id, fileName, state, rowsRead, taken, refused, faults, error, startedAt } = file;
  return (
    <Stack gap="xs">
      <Text className="anywhere">
        <b>{fileName}</b>, {instant(startedAt)}: {stateWords[state]}
      </Text>
      <Text size="sm">
        {counted(rowsRead, 'row', 'rows')} read, {counted(taken, 'item', 'items')} taken, {count(refused)}{' '}
        refused
      </Text>
      {error !== null && <Text className="anywhere">{error}</Text>}
      {faults.length > 0 && (
        <details>
          <summary>Rows to look at</summary>
          <DataTable
            caption={`Faults of ${fileName}`}
            columns={[
              { header: 'Row', cell: ({ row }) => `Row ${count(row)}`, unbroken: true },
              { header: 'Fault', cell: ({ fault }) => <span className="anywhere">{fault}</span> },
            ]}
            rows={faults.slice(0, shownFaults)}
            rowKey={({ row }) => row}
            empty="None"
          />
          <Anchor href={faultsFile(name, id)} download underline="always">
            All refused rows as a file
          </Anchor>
        </details>
      )}
    </Stack>
  );
}
