import {
  Card,
  MultiSelect,
  Radio,
  Select,
  SimpleGrid,
  Stack,
  Textarea,
  TextInput,
  Title,
} from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { messageTypesQuery } from '../../api/channels.ts';
import type { ConsentMethod } from '../../api/imports.ts';
import { localInput } from '../../words/formats.ts';
import { typeWords } from '../../words/type-words.ts';

/** What is stated about the consent of a file's people, as it is typed. */
export interface ConsentDraft {
  /** Null until somebody said so. */
  agreed: boolean | null;
  source: string;
  method: ConsentMethod;
  wording: string;
  /** YYYY-MM-DD, empty when every row says it or nobody knows. */
  day: string;
  messageTypeIds: number[];
}

export const blankConsent: ConsentDraft = {
  agreed: null,
  source: '',
  method: 'webForm',
  wording: '',
  day: '',
  messageTypeIds: [],
};

const methods: { value: ConsentMethod; label: string }[] = [
  { value: 'webForm', label: 'On a web form' },
  { value: 'paper', label: 'On paper' },
  { value: 'inPerson', label: 'In person' },
  { value: 'keyword', label: 'By texting a keyword' },
  { value: 'import', label: 'Taken over from another system' },
];

/** What is still missing of a statement, by the field where it is said. */
export interface ConsentFaults {
  agreed?: string;
  messageTypes?: string;
}

/** What is missing of a statement of consent. */
export function consentFaults({ agreed, messageTypeIds }: ConsentDraft): ConsentFaults {
  if (agreed === null) return { agreed: 'Say whether they agreed' };
  return agreed && messageTypeIds.length === 0 ? { messageTypes: 'Choose what they agreed to' } : {};
}

/** Where the people agreed: without a stated source nobody is opted in. */
export function ConsentFields({
  consent,
  faults,
  onChange,
}: {
  consent: ConsentDraft;
  faults: ConsentFaults;
  onChange: (consent: ConsentDraft) => void;
}) {
  return (
    <Card component="section" aria-labelledby="consent">
      <Title order={2} id="consent" mb="md">
        Where their consent came from
      </Title>
      <Stack>
        <Radio.Group
          label="Did these people agree to be written to?"
          required
          error={faults.agreed}
          data-fault={faults.agreed ? true : undefined}
          value={consent.agreed === null ? '' : consent.agreed ? 'yes' : 'no'}
          onChange={(value) => onChange({ ...consent, agreed: value === 'yes' })}
        >
          <Stack gap="xs" my="xs">
            <Radio
              value="yes"
              label="Yes, and here is the proof"
              description="Where the file has a consent column, its yes or no counts for each row"
            />
            <Radio
              value="no"
              label="Not yet"
              description="They are imported, and get nothing until they agree"
            />
          </Stack>
        </Radio.Group>
        {consent.agreed && <Proof consent={consent} faults={faults} onChange={onChange} />}
      </Stack>
    </Card>
  );
}

function Proof({
  consent,
  faults,
  onChange,
}: {
  consent: ConsentDraft;
  faults: ConsentFaults;
  onChange: (consent: ConsentDraft) => void;
}) {
  const { data: types = [] } = useQuery(messageTypesQuery);
  return (
    <>
      <MultiSelect
        label="What they agreed to"
        searchable
        withAsterisk
        error={faults.messageTypes}
        data={types.map((type) => ({ value: String(type.id), label: typeWords(type) }))}
        value={consent.messageTypeIds.map(String)}
        onChange={(values) => onChange({ ...consent, messageTypeIds: values.map(Number) })}
      />
      <TextInput
        label="Source of consent"
        description="For the proof: which form, which shop, which campaign"
        placeholder="Sign-up form at acme.example/club"
        required
        value={consent.source}
        onChange={(event) => onChange({ ...consent, source: event.currentTarget.value })}
      />
      <SimpleGrid cols={{ base: 1, xs: 2 }}>
        <Select
          label="By what means"
          data={methods}
          allowDeselect={false}
          value={consent.method}
          onChange={(value) =>
            onChange({
              ...consent,
              method: methods.find((method) => method.value === value)?.value ?? consent.method,
            })
          }
        />
        <TextInput
          label="When"
          type="date"
          max={localInput(Date.now()).slice(0, 10)}
          value={consent.day}
          onChange={(event) => onChange({ ...consent, day: event.currentTarget.value })}
        />
      </SimpleGrid>
      <Textarea
        label="Words they agreed to"
        description="As they read them"
        autosize
        minRows={2}
        value={consent.wording}
        onChange={(event) => onChange({ ...consent, wording: event.currentTarget.value })}
      />
    </>
  );
}
