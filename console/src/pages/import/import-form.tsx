import {
  Button,
  Card,
  Group,
  Loader,
  Select,
  SimpleGrid,
  Stack,
  Text,
  TextInput,
  Title,
} from '@mantine/core';
import { IconFileImport } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { type FormEvent, useEffect, useRef, useState } from 'react';
import {
  type ImportQuestion,
  type Mapping,
  type PreviewColumn,
  previewQuery,
  startImport,
} from '../../api/imports.ts';
import { listsQuery } from '../../api/lists.ts';
import { RequestError } from '../../api/request.ts';
import { BusyButton } from '../../shell/busy-button.tsx';
import { Problem } from '../../shell/problem.tsx';
import { useAction } from '../../shell/use-action.ts';
import { countries } from '../../words/countries.ts';
import { blankConsent, type ConsentDraft, ConsentFields, consentFaults } from './consent-fields.tsx';
import { answerOptions, consentInPreview, statedConsent, withoutConsent } from './import-choices.ts';
import { MappingTable } from './mapping-table.tsx';
import { PreviewTable } from './preview-table.tsx';
import { Answered, type Answers, noAnswers, Questions } from './questions.tsx';

const newList = 'new';
const identities = new Set(['phoneNumber', 'email', 'userId', 'whatsAppUserId']);

/** All that was chosen for a file; kept while its sender looks at another one and comes back. */
export interface ImportDraft {
  mapping: Mapping;
  defaultCountry: string;
  consent: ConsentDraft;
  answers: Answers;
  list: string | null;
  listName: string;
}

/** What stands before anything is chosen. */
export const freshDraft = (file: File, country: string): ImportDraft => ({
  ...{ mapping: {}, defaultCountry: country, consent: blankConsent, answers: noAnswers, list: newList },
  listName: file.name.replace(/\.\w+$/, ''),
});

/** What the columns mean, where the consent came from, and where the people go. */
export function ImportForm({
  file,
  draft,
  onDraft,
  onBack,
}: {
  file: File;
  draft: ImportDraft;
  onDraft: (draft: ImportDraft) => void;
  onBack: () => void;
}) {
  const { mapping, defaultCountry, consent, answers, list, listName } = draft;
  const [tried, setTried] = useState(false);
  const [pressed, setPressed] = useState(false);
  const change = (part: Partial<ImportDraft>) => {
    // Whoever goes on answering has not pressed for what they answer now.
    setPressed(false);
    onDraft({ ...draft, ...part });
  };
  const navigate = useNavigate();
  const heading = useRef<HTMLHeadingElement>(null);
  // The button that chose the file is gone.
  useEffect(() => heading.current?.focus(), []);
  const [seen, setSeen] = useState<PreviewColumn[]>([]);
  const given = answerOptions(answers, seen);
  const preview = useQuery(
    previewQuery(file, { mapping, defaultCountry, ...given, ...consentInPreview(consent, answers.everyRow) }),
  );
  const columns = preview.data?.columns ?? seen;
  useEffect(() => {
    if (preview.data) setSeen(preview.data.columns);
  }, [preview.data]);
  const questions = preview.error
    ? questionsOf(preview.error)
    : consent.agreed
      ? (preview.data?.questions ?? [])
      : orderQuestions(preview.data?.questions ?? []);
  const problem = questions.length === 0 ? preview.error : null;
  const identifies = columns.some(({ field }) => identities.has(field));
  const start = useAction(
    () => {
      const left = consent.agreed ? null : withoutConsent(columns);
      return startImport(file, {
        defaultCountry,
        ...given,
        mapping: { ...mapping, ...left?.mapping },
        ...(left ? { consentColumns: { ...given.consentColumns, ...left.consentColumns } } : {}),
        ...(list === newList ? { newListName: listName.trim() } : list ? { listId: Number(list) } : {}),
        ...statedConsent(consent, answers.everyRow),
      });
    },
    {
      ...{ once: true, inPlace: true },
      refresh: [['imports'], ['lists'], ['users']],
      after: (id) => void navigate({ to: '/import/$id', params: { id: String(id) } }),
    },
  );
  const faults = consentFaults(consent);
  const form = useRef<HTMLFormElement>(null);
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    setTried(true);
    setPressed(true);
  };
  // What is asked may be from before the last answer: the press counts once the server has seen that.
  useEffect(() => {
    if (!pressed || preview.isFetching) return;
    setPressed(false);
    if (identifies && questions.length === 0 && Object.keys(faults).length === 0) start.act();
    else if (form.current) focusFault(form.current);
  });
  const back = (
    <Button variant="default" size="md" onClick={onBack}>
      Choose another file
    </Button>
  );
  return (
    <form ref={form} onSubmit={submit}>
      <Stack gap="lg">
        <Title order={2} ref={heading} tabIndex={-1} className="anywhere">
          {file.name}
        </Title>
        {problem && <Problem error={problem} />}
        {problem && isUnreadable(problem) ? (
          <Group>{back}</Group>
        ) : (
          <>
            {preview.isPending && <Loader aria-label="Reading the file" />}
            {preview.data && (
              <>
                <MappingTable
                  preview={preview.data}
                  onChange={(header, field) => change({ mapping: { ...mapping, [header]: field } })}
                />
                <PreviewTable rows={preview.data.rows} />
              </>
            )}
            <ConsentFields
              consent={consent}
              faults={tried ? faults : {}}
              onChange={(next) => change({ consent: next })}
            />
            <Questions
              questions={questions}
              headers={[
                ...new Set(columns.map(({ header }) => header.trim()).filter((header) => header !== '')),
              ]}
              answers={answers}
              onChange={(next) => change({ answers: next })}
            />
            <Answered answers={answers} onReset={() => change({ answers: noAnswers })} />
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
                  onChange={(value) => change({ defaultCountry: value ?? defaultCountry })}
                />
                <ListChoice value={list} onChange={(value) => change({ list: value })} />
                {list === newList && (
                  <TextInput
                    label="Name of the new list"
                    required
                    value={listName}
                    onChange={(event) => change({ listName: event.currentTarget.value })}
                  />
                )}
              </SimpleGrid>
            </Card>
            {start.error && <Problem error={start.error} />}
            {tried && questions.length > 0 && (
              <Text c="var(--mantine-color-error)" role="alert">
                Answer the open questions above first.
              </Text>
            )}
            {preview.data && !identifies && (
              <Text {...(tried ? { c: 'var(--mantine-color-error)', role: 'alert' } : { c: 'dimmed' })}>
                Say first which column is the phone number, the email or the user id.
              </Text>
            )}
            <Group>
              <BusyButton
                type="submit"
                size="md"
                busy={start.isBusy || pressed}
                leftSection={<IconFileImport size={20} aria-hidden />}
              >
                Import {file.name}
              </BusyButton>
              {back}
            </Group>
          </>
        )}
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

/** What the server asks in place of an answer; of a workbook with several sheets nothing can be shown before. */
function questionsOf(error: Error): ImportQuestion[] {
  const asked = error instanceof RequestError ? error.params.questions : undefined;
  return Array.isArray(asked) ? asked : [];
}

/** Nothing that could be chosen makes a table of it. */
const isUnreadable = (error: Error) => error instanceof RequestError && error.params.field === 'file';

/** Without consent to be recorded only the order of dates matters. */
const orderQuestions = (questions: readonly ImportQuestion[]) =>
  questions.filter(({ about }) => about === 'dateOrder' || about === 'sheet');
