import { Badge, Stack, Text, Title } from '@mantine/core';
import type { ConsentReading, PreviewRow } from '../../api/imports.ts';
import { type Column, DataTable } from '../../shell/data-table.tsx';
import { actionWords } from '../../words/consent-words.ts';
import { countryName } from '../../words/countries.ts';
import { fieldText } from '../../words/formats.ts';
import { importFieldWords } from '../../words/import-fields.ts';

const shown = 8;

const remarksOf = (row: PreviewRow) => [...(row.refusal ? [row.refusal] : []), ...row.warnings];

const columns: Column<PreviewRow>[] = [
  {
    header: 'Row',
    cell: (row) => (
      <>
        {row.rowNumber}{' '}
        {row.refusal ? <Badge color="red">Refused</Badge> : <Badge color="green">Taken</Badge>}
      </>
    ),
  },
  {
    header: 'Known by',
    cell: (row) =>
      Object.keys(row.identities).length === 0 ? (
        '–'
      ) : (
        // Wide enough that most emails stand on one line.
        <Stack gap={2} miw={{ base: 0, md: 190 }}>
          {Object.entries(row.identities).map(([kind, value]) => (
            <Text key={kind} size="sm">
              {value}
            </Text>
          ))}
        </Stack>
      ),
  },
  {
    header: 'Profile',
    cell: (row) =>
      row.refusal
        ? '–'
        : Object.entries(row.dataFields)
            .map(([name, value]) => `${name}: ${dayText(fieldText(value))}`)
            .join(', ') || '–',
  },
  {
    header: 'Country',
    cell: (row) => (row.country ? countryName(row.country) : '–'),
    unbroken: true,
  },
  { header: 'Consent', cell: (row) => <Readings row={row} /> },
  {
    header: 'Remarks',
    cell: (row) =>
      remarksOf(row).length === 0 ? (
        '–'
      ) : (
        <Stack gap={2}>
          {remarksOf(row).map((remark) => (
            <Text key={remark.field + remark.reason} size="sm">
              {importFieldWords(remark.field)}
              {remark.value && <span className="code"> {remark.value}</span>}: {remark.reason}
            </Text>
          ))}
        </Stack>
      ),
  },
];

/** A date of the profile without the midnight that a day alone has. */
const dayText = (text: string) => text.replace(/ 00:00:00 \+00:00$/, '');

const readingWords: Record<ConsentReading, { label: string; colour: string }> = {
  yes: { label: 'Yes', colour: 'green' },
  no: { label: 'No', colour: 'orange' },
  optOut: { label: 'Opted out', colour: 'red' },
  pending: { label: 'Not finished', colour: 'grape' },
  blank: { label: 'Blank', colour: 'gray' },
  unknown: { label: 'Not understood', colour: 'yellow' },
  asked: { label: 'In question', colour: 'yellow' },
};

/** What each consent column says in a row; without any, what is stated for all. */
function Readings({ row }: { row: PreviewRow }) {
  if (row.readings.length === 0) return <>{row.consent ? actionWords(row.consent) : '–'}</>;
  return (
    <Stack gap={4}>
      {row.readings.map(({ header, value, reading, isRecorded }) => (
        <Text key={header} size="sm">
          <Badge
            color={isRecorded ? readingWords[reading].colour : 'orange'}
            variant={reading === 'blank' ? 'outline' : 'light'}
          >
            {readingWords[reading].label}
            {!isRecorded && ', not recorded'}
          </Badge>{' '}
          {header}
          {value && <span className="code"> {value}</span>}
        </Text>
      ))}
    </Stack>
  );
}

/** The first rows as they would be taken. */
export function PreviewTable({ rows }: { rows: PreviewRow[] }) {
  return (
    <section aria-labelledby="first-rows">
      <Title order={2} id="first-rows" mb="sm">
        Its first rows, as they would be taken
      </Title>
      <DataTable
        caption="First rows"
        columns={columns}
        rows={rows.slice(0, shown)}
        rowKey={(row) => row.rowNumber}
        empty="The file has no rows below its first line."
      />
    </section>
  );
}
