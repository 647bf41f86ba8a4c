import { Button, Card, Group, Select, SimpleGrid, Stack, Text, TextInput, Title } from '@mantine/core';
import { IconFileImport } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { type FormEvent, useEffect, useRef, useState } from 'react';
import { type ImportOptions, type Mapping, previewQuery, startImport } from '../../api/imports.ts';
import { listsQuery } from '../../api/lists.ts';
import { BusyButton } from '../../shell/busy-button.tsx';
import { Loaded, Problem } from '../../shell/problem.tsx';
import { useAction } from '../../shell/use-action.ts';
import { countries } from '../../words/countries.ts';
import { blankConsent, type ConsentDraft, ConsentFields, consentFaults } from './consent-fields.tsx';
import { MappingTable } from './mapping-table.tsx';
import { PreviewTable } from './preview-table.tsx';

const newList = 'new';
const consentMeanings = new Set(['optIn', 'optInDate', 'optInSource', 'optInText', 'optInIp']);
const identities = new Set(['phoneNumber', 'email', 'userId', 'whatsAppUserId']);

/** What the columns mean, where the consent came from, and where the people go. */
export function ImportForm({ file, country, onBack }: { file: File; country: string; onBack: () => void }) {
  const [mapping, setMapping] = useState<Mapping>({});
  const [defaultCountry, setDefaultCountry] = useState(country);
  const [consent, setConsent] = useState(blankConsent);
  const [list, setList] = useState<string | null>(newList);
  const [listName, setListName] = useState(file.name.replace(/\.\w+$/, ''));
  const [tried, setTried] = useState(false);
  const navigate = useNavigate();
  const heading = useRef<HTMLHeadingElement>(null);
  // The button that chose the file is gone.
  useEffect(() => heading.current?.focus(), []);
  const preview = useQuery(
    previewQuery(file, { mapping, defaultCountry, ...consentInPreview(consent.agreed === true) }),
  );
  const columns = preview.data?.columns ?? [];
  const identifies = columns.some(({ field }) => identities.has(field));
  const start = useAction(
    () =>
      startImport(file, {
        mapping: consent.agreed ? mapping : { ...mapping, ...withoutConsent(columns) },
        defaultCountry,
        ...(list === newList ? { newListName: listName.trim() } : list ? { listId: Number(list) } : {}),
        ...statedConsent(consent),
      }),
    {
      ...{ once: true, inPlace: true },
      refresh: [['imports'], ['lists'], ['users']],
      after: (id) => void navigate({ to: '/import/$id', params: { id: String(id) } }),
    },
  );
  const faults = consentFaults(consent);
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    setTried(true);
    if (identifies && Object.keys(faults).length === 0) start.act();
    else focusFault(event.currentTarget);
  };
  return (
    <form onSubmit={submit}>
      <Stack gap="lg">
        <Title order={2} ref={heading} tabIndex={-1} className="anywhere">
          {file.name}
        </Title>
        <Loaded query={preview}>
          {(data) => (
            <>
              <MappingTable
                preview={data}
                onChange={(header, field) => setMapping((before) => ({ ...before, [header]: field }))}
              />
              <PreviewTable rows={data.rows} />
            </>
          )}
        </Loaded>
        <ConsentFields consent={consent} faults={tried ? faults : {}} onChange={setConsent} />
        <Card component="section" aria-labelledby="rest">
          <Title order={2} id="rest" mb="md">
            And the rest
          </Title>
          <SimpleGrid cols={{ base: 1, xs: 2 }}>
            <Select
              label="Country of numbers without one"
              data={countries}
              searchable
              allowDeselect={false}
              value={defaultCountry}
              onChange={(value) => setDefaultCountry(value ?? country)}
            />
            <ListChoice value={list} onChange={setList} />
            {list === newList && (
              <TextInput
                label="Name of the new list"
                required
                value={listName}
                onChange={(event) => setListName(event.currentTarget.value)}
              />
            )}
          </SimpleGrid>
        </Card>
        {start.error && <Problem error={start.error} />}
        {preview.data && !identifies && (
          <Text {...(tried ? { c: 'var(--mantine-color-error)', role: 'alert' } : { c: 'dimmed' })}>
            Say first which column is the phone number, the email or the user id.
          </Text>
        )}
        <Group>
          <BusyButton
            type="submit"
            size="md"
            busy={start.isBusy}
            leftSection={<IconFileImport size={20} aria-hidden />}
          >
            Import {file.name}
          </BusyButton>
          <Button variant="default" size="md" onClick={onBack}>
            Choose another file
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function ListChoice({ value, onChange }: { value: string | null; onChange: (value: string | null) => void }) {
  const { data: lists = [] } = useQuery(listsQuery);
  return (
    <Select
      label="Put them on a list"
      data={[
        { value: newList, label: 'A new list' },
        ...lists.map((each) => ({ value: String(each.id), label: each.name })),
      ]}
      clearable
      clearButtonProps={{ 'aria-label': 'No list' }}
      placeholder="No list"
      value={value}
      onChange={onChange}
    />
  );
}

/** Brings whoever pressed the button to the first field that lacks something, once it is marked. */
function focusFault(form: HTMLFormElement): void {
  requestAnimationFrame(() => {
    const fault = form.querySelector<HTMLElement>('[aria-invalid=true], [data-fault] input');
    fault?.focus();
  });
}

/** The preview says whom the file opts in; by which proof is stated below it and matters only later. */
function consentInPreview(agreed: boolean): Pick<ImportOptions, 'consent'> {
  return agreed ? { consent: { source: 'stated below', method: 'import', messageTypeIds: [] } } : {};
}

/** Columns that speak of consent are left out when nobody states where it came from. */
function withoutConsent(columns: readonly { header: string; field: string }[]): Mapping {
  return Object.fromEntries(
    columns.filter(({ field }) => consentMeanings.has(field)).map(({ header }) => [header, '']),
  );
}

function statedConsent(draft: ConsentDraft): Pick<ImportOptions, 'consent'> {
  if (!draft.agreed) return {};
  const { source, method, wording, day, messageTypeIds } = draft;
  return {
    consent: {
      source: source.trim(),
      method,
      messageTypeIds,
      ...(wording.trim() ? { wording: wording.trim() } : {}),
      ...(day ? { happenedAt: new Date(`${day}T12:00`).toISOString() } : {}),
    },
  };
}
