import {
  Alert,
  Button,
  Card,
  Group,
  Select,
  SimpleGrid,
  Stack,
  Textarea,
  TextInput,
  Title,
} from '@mantine/core';
import { IconFileImport, IconInfoCircle } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { type ImportPreview, startImport } from '../../api/imports.ts';
import { createList, listsQuery } from '../../api/lists.ts';
import { projectQuery } from '../../api/project.ts';
import { Loaded } from '../../shell/problem.tsx';
import { useAction } from '../../shell/use-action.ts';
import { countries } from '../../words/countries.ts';
import { MappingTable } from './mapping-table.tsx';

const newList = 'new';

/** What the columns mean, where the consent came from, and where the people go. */
export function ImportForm(props: { file: File; preview: ImportPreview; onBack: () => void }) {
  const project = useQuery(projectQuery);
  return <Loaded query={project}>{(data) => <Form {...props} country={data.defaultCountry} />}</Loaded>;
}

function Form({
  file,
  preview,
  onBack,
  country,
}: {
  file: File;
  preview: ImportPreview;
  onBack: () => void;
  country: string;
}) {
  const { data: lists = [] } = useQuery(listsQuery);
  const [mapping, setMapping] = useState(preview.mapping);
  const [consentSource, setConsentSource] = useState('');
  const [consentWording, setConsentWording] = useState('');
  const [defaultCountry, setDefaultCountry] = useState(country);
  const [list, setList] = useState<string>(newList);
  const [listName, setListName] = useState(file.name.replace(/\.\w+$/, ''));
  const navigate = useNavigate();
  const start = useAction(
    async () => {
      const listId = list === newList ? await createList(listName.trim(), `From ${file.name}`) : Number(list);
      return startImport(file, {
        mapping,
        consentSource: consentSource.trim(),
        consentWording: consentWording.trim(),
        defaultCountry,
        listId: list === '' ? null : listId,
      });
    },
    {
      refresh: [['imports'], ['lists']],
      after: (id) => void navigate({ to: '/import/$id', params: { id: String(id) } }),
    },
  );
  const identifies = Object.values(mapping).some(
    (field) => field === 'phoneNumber' || field === 'email' || field === 'userId',
  );
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        start.mutate();
      }}
    >
      <Stack gap="lg">
        <MappingTable preview={preview} mapping={mapping} onChange={setMapping} />
        {!identifies && (
          <Alert color="yellow" icon={<IconInfoCircle aria-hidden />} title="Nobody can be told apart yet">
            Say which column is the phone number, the email or the user id.
          </Alert>
        )}
        <Card component="section" aria-labelledby="consent">
          <Title order={2} id="consent" mb="md">
            Where their consent came from
          </Title>
          <Stack>
            <TextInput
              label="Source of consent"
              description="For the proof: the web form, the till, the campaign, and when. Without one nobody is opted in."
              placeholder="Sign-up form at acme.example/club, since May 2025"
              required
              value={consentSource}
              onChange={(event) => setConsentSource(event.currentTarget.value)}
            />
            <Textarea
              label="Words they agreed to"
              description="As they read them"
              autosize
              minRows={2}
              value={consentWording}
              onChange={(event) => setConsentWording(event.currentTarget.value)}
            />
          </Stack>
        </Card>
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
            <Select
              label="Put them on a list"
              data={[
                { value: newList, label: 'A new list' },
                ...lists.map((each) => ({ value: String(each.id), label: each.name })),
              ]}
              clearable
              clearButtonProps={{ 'aria-label': 'No list' }}
              placeholder="No list"
              value={list || null}
              onChange={(value) => setList(value ?? '')}
            />
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
        <Group>
          <Button
            type="submit"
            size="md"
            disabled={!identifies}
            loading={start.isPending}
            leftSection={<IconFileImport size={20} aria-hidden />}
          >
            Import {file.name}
          </Button>
          <Button variant="default" size="md" onClick={onBack}>
            Choose another file
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
