import { Badge, Stack, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { type Import, importsQuery } from '../../api/imports.ts';
import { projectQuery } from '../../api/project.ts';
import { type Column, DataTable } from '../../shell/data-table.tsx';
import { Page } from '../../shell/page.tsx';
import { Loaded } from '../../shell/problem.tsx';
import { TextLink } from '../../shell/router-link.tsx';
import { count, instant } from '../../words/formats.ts';
import { DropZone } from './drop-zone.tsx';
import { freshDraft, type ImportDraft, ImportForm } from './import-form.tsx';

const states: Record<string, { label: string; colour: string }> = {
  waiting: { label: 'Waiting', colour: 'gray' },
  running: { label: 'Running', colour: 'blue' },
  done: { label: 'Done', colour: 'green' },
  failed: { label: 'Failed', colour: 'red' },
  undoing: { label: 'Being undone', colour: 'blue' },
  undone: { label: 'Undone', colour: 'gray' },
};

const columns: Column<Import>[] = [
  {
    header: 'File',
    cell: (each) => (
      <TextLink to="/import/$id" params={{ id: String(each.id) }} className="stretched">
        {each.fileName || 'upload that broke off'}
      </TextLink>
    ),
  },
  {
    header: 'State',
    cell: (each) => (
      <Badge color={states[each.state]?.colour}>{states[each.state]?.label ?? each.state}</Badge>
    ),
  },
  { header: 'Taken', cell: (each) => count(each.rowsTaken), numeric: true },
  { header: 'Refused', cell: (each) => count(each.rowsRefused), numeric: true },
  { header: 'When', cell: (each) => instant(each.createdAt), unbroken: true },
];

/** A file chosen again is the same while its name, size and time are. */
const keyOf = (file: File) => `${file.name} ${file.size} ${file.lastModified}`;

/** Brings people in from a file: the file, what its columns mean, where the consent came from. */
export function ImportPage() {
  const [file, setFile] = useState<File | null>(null);
  const [drafts, setDrafts] = useState<Record<string, ImportDraft>>({});
  const project = useQuery(projectQuery);
  return (
    <Page
      title="Import people"
      about="A CSV or an Excel workbook, with a row that names its columns. Phone numbers may be written as people write them; every row is checked, and you are told which were refused and why."
    >
      {file ? (
        <Loaded query={project}>
          {(data) => (
            <ImportForm
              key={keyOf(file)}
              file={file}
              draft={drafts[keyOf(file)] ?? freshDraft(file, data.defaultCountry)}
              onDraft={(draft) => setDrafts((before) => ({ ...before, [keyOf(file)]: draft }))}
              onBack={() => setFile(null)}
            />
          )}
        </Loaded>
      ) : (
        <Stack gap="lg">
          <DropZone onFile={setFile} />
          <Earlier />
        </Stack>
      )}
    </Page>
  );
}

function Earlier() {
  const imports = useQuery(importsQuery);
  return (
    <Stack component="section" aria-labelledby="earlier">
      <Title order={2} id="earlier">
        Earlier imports
      </Title>
      <Loaded query={imports}>
        {(data) => (
          <DataTable
            caption="Earlier imports"
            columns={columns}
            rows={data}
            rowKey={(each) => each.id}
            empty="None yet."
          />
        )}
      </Loaded>
    </Stack>
  );
}
