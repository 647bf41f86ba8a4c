import { Select, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { messageTypesQuery } from '../../api/channels.ts';
import type { ImportPreview } from '../../api/imports.ts';
import { fieldsQuery } from '../../api/users.ts';
import { DataTable } from '../../shell/data-table.tsx';
import { consentFields, identityFields } from '../../words/import-fields.ts';

const ignore = 'ignore';
const usual = ['firstName', 'lastName', 'city', 'state', 'postalCode', 'country', 'timeZone'];
const notWritable = ['signupDate', 'profileUpdatedAt'];
const special = new Set(
  [...identityFields, ...consentFields].map(({ value }) => value).concat(notWritable, ignore),
);

/** Whether a header reads as if its column said who agreed. */
const speaksOfConsent = (header: string) =>
  /opt.?(in|out)|consent|subscri|agree|permission|accepts/i.test(header);

/** What each column becomes; the server's reading stands until somebody changes it. */
export function MappingTable({
  preview,
  onChange,
}: {
  preview: ImportPreview;
  onChange: (header: string, field: string) => void;
}) {
  const { data: known = {} } = useQuery(fieldsQuery);
  const profile = new Set([
    ...usual,
    ...Object.keys(known),
    ...preview.columns.flatMap(({ header, field }) => [field, header.trim()]),
  ]);
  const choices = [
    { value: ignore, label: 'Leave it out' },
    { group: 'Who they are', items: identityFields },
    { group: 'Consent', items: consentFields },
    {
      group: 'Profile',
      items: [...profile]
        .filter((field) => field !== '' && !special.has(field))
        .map((field) => ({ value: field, label: field })),
    },
  ];
  const columns = preview.columns.map((column, place) => ({ ...column, place }));
  return (
    <section aria-labelledby="columns">
      <Title order={2} id="columns" mb="sm">
        What its columns mean
      </Title>
      <DataTable
        caption="Columns of the file"
        rows={columns}
        rowKey={({ place }) => place}
        empty="The file has no columns."
        columns={[
          { header: 'Column', cell: ({ header }) => <Text fw={600}>{header || '(no name)'}</Text> },
          {
            header: 'Holds',
            cell: ({ samples }) => (
              <Text size="sm" c="dimmed" maw={260} style={{ overflowWrap: 'anywhere' }}>
                {samples.length > 0 ? samples.join(' · ') : 'nothing'}
              </Text>
            ),
          },
          {
            header: 'Becomes',
            cell: ({ header, field, medium, messageTypeIds }) => (
              <div>
                <Select
                  aria-label={`What ${header || 'the column without a name'} becomes`}
                  data={choices}
                  searchable
                  allowDeselect={false}
                  disabled={header.trim() === ''}
                  w={230}
                  value={field}
                  onChange={(value: string | null) =>
                    onChange(header.trim(), value === ignore || value === null ? '' : value)
                  }
                />
                {field === 'optIn' && <ConsentOf medium={medium} messageTypeIds={messageTypeIds} />}
                {speaksOfConsent(header) && !special.has(field) && (
                  <Text size="sm" mt={4} maw={420} role="status">
                    It reads like consent, but becomes a field of the profile: its yes or no will not count.
                  </Text>
                )}
              </div>
            ),
          },
        ]}
      />
    </section>
  );
}

const channels: Record<string, string> = { sms: 'SMS', whatsApp: 'WhatsApp', email: 'email' };

/** For what the yes of a consent column counts. */
function ConsentOf({ medium, messageTypeIds }: { medium: string | null; messageTypeIds: readonly number[] }) {
  const { data: types = [] } = useQuery(messageTypesQuery);
  const counted = types.filter(({ id }) => messageTypeIds.includes(id));
  const about =
    counted.length > 0
      ? `Its yes counts for ${counted.map((type) => `${type.channelName} · ${type.name}`).join(', ')}.`
      : medium
        ? `Speaks of ${channels[medium]}; its yes counts for nothing yet.`
        : 'Does not say by which channel.';
  return (
    <Text size="sm" mt={4} maw={420}>
      {about}
    </Text>
  );
}
