import { Card, Checkbox, Group, Select, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import {
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
import { ChooseTable, FileReports } from '../../shell/file-reports.tsx';
import { Problem } from '../../shell/problem.tsx';
import { useAction } from '../../shell/use-action.ts';
import { counted } from '../../words/formats.ts';

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
  const files = useQuery(filesQuery(name, take.isBusy));
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
        <ChooseTable label="File of items" onChoose={(file) => look.act(file)} />
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
        <FileReports
          files={files}
          done="taken"
          takenWords={(file) => `${counted(file.taken, 'item', 'items')} taken`}
          faultsFile={({ id }) => faultsFile(name, id)}
        />
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
