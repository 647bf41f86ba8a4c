import { Alert, Card, Checkbox, MultiSelect, Radio, Select, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { messageTypesQuery } from '../../api/channels.ts';
import type { ConsentColumn, ImportQuestion } from '../../api/imports.ts';

/** What was answered to the questions of a file. */
export interface Answers {
  columns: Record<string, ConsentColumn>;
  marks: Record<string, Record<string, 'yes' | 'no' | 'blank'>>;
  everyRow: boolean;
  dateOrder: 'DMY' | 'MDY' | null;
  sheet: string | null;
}

export const noAnswers: Answers = { columns: {}, marks: {}, everyRow: false, dateOrder: null, sheet: null };

const channels: Record<string, string> = { sms: 'SMS', whatsApp: 'WhatsApp', email: 'email' };
const quoted = (names: readonly string[]) => names.map((name) => `“${name}”`).join(' and ');

/** What nobody but the sender of a file can know, as questions with choices. */
export function Questions({
  questions,
  headers,
  answers,
  onChange,
}: {
  questions: readonly ImportQuestion[];
  /** The columns of the file. */
  headers: readonly string[];
  answers: Answers;
  onChange: (answers: Answers) => void;
}) {
  if (questions.length === 0) return null;
  return (
    <Card component="section" aria-labelledby="questions" data-fault>
      <Title order={2} id="questions" mb="xs">
        Only you can tell
      </Title>
      <Text c="dimmed" mb="md">
        The file leaves these open. Nothing is guessed where consent is in question.
      </Text>
      <Stack gap="lg">
        {questions.map((question) => (
          <Question
            key={`${question.about} ${question.columns.join()}`}
            question={question}
            headers={headers}
            answers={answers}
            onChange={onChange}
          />
        ))}
      </Stack>
    </Card>
  );
}

function Question({
  question,
  headers,
  answers,
  onChange,
}: {
  question: ImportQuestion;
  headers: readonly string[];
  answers: Answers;
  onChange: (answers: Answers) => void;
}) {
  const { about, columns, values, medium, messageTypeIds } = question;
  const channel = channels[medium ?? ''] ?? 'this channel';
  if (about === 'sheet')
    return (
      <Select
        label="Which sheet holds the people?"
        data={columns}
        value={answers.sheet}
        onChange={(sheet) => onChange({ ...answers, sheet })}
      />
    );
  if (about === 'dateOrder')
    return (
      <Radio.Group
        label={`In ${quoted(columns)}, how is ${values[0] ?? ''} meant?`}
        value={answers.dateOrder ?? ''}
        onChange={(value) => onChange({ ...answers, dateOrder: value === 'DMY' ? 'DMY' : 'MDY' })}
      >
        <Stack gap="xs" mt="xs">
          <Radio value="DMY" label="Day first, then month" />
          <Radio value="MDY" label="Month first, then day" />
        </Stack>
      </Radio.Group>
    );
  if (about === 'doubtfulMark')
    return (
      <Stack gap="sm">
        {values.map((mark) => (
          <Radio.Group
            key={mark}
            label={`In ${quoted(columns)}, what does “${mark}” mean?`}
            value={answers.marks[columns[0]!]?.[mark] ?? ''}
            onChange={(value) => {
              const meant = value === 'yes' || value === 'no' ? value : 'blank';
              const marks = { ...answers.marks[columns[0]!], [mark]: meant } as const;
              onChange({ ...answers, marks: { ...answers.marks, [columns[0]!]: marks } });
            }}
          >
            <Stack gap="xs" mt="xs">
              <Radio value="yes" label="Yes, they agreed" />
              <Radio value="no" label="No, they did not" />
              <Radio value="blank" label="Nothing" />
            </Stack>
          </Radio.Group>
        ))}
      </Stack>
    );
  if (about === 'severalColumns')
    return (
      <Radio.Group
        label={`${quoted(columns)} ${columns.length > 2 ? 'all' : 'both'} speak of consent by ${channel}. Which one counts?`}
        value={columns.find((header) => (answers.columns[header]?.messageTypeIds.length ?? 0) > 0) ?? ''}
        onChange={(chosen) => {
          const settled = columns.map((header): [string, ConsentColumn] => [
            header,
            { messageTypeIds: header === chosen ? messageTypeIds : [] },
          ]);
          onChange({ ...answers, columns: { ...answers.columns, ...Object.fromEntries(settled) } });
        }}
      >
        <Stack gap="xs" mt="xs">
          {columns.map((header) => (
            <Radio key={header} value={header} label={header} />
          ))}
        </Stack>
      </Radio.Group>
    );
  if (about === 'noColumn')
    return (
      <Stack gap="xs">
        <Text fw={600}>
          {columns.length > 0
            ? `${quoted(columns)} ${columns.length > 1 ? 'speak' : 'speaks'} of another channel than ${channel}.`
            : `No column is known to say who agreed to ${channel}.`}
        </Text>
        <Select
          // A fault brings the focus here; the list would then hide the other answers.
          openOnFocus={false}
          label={`Which column says who agreed to ${channel}?`}
          description="Its yes and no will count, row by row"
          placeholder="Choose a column"
          data={headers.filter((header) => !columns.includes(header))}
          searchable
          value={null}
          onChange={(header) =>
            header && onChange({ ...answers, columns: { ...answers.columns, [header]: { messageTypeIds } } })
          }
        />
        <Checkbox
          label="Everybody in this file agreed to this"
          description="Without a column that tells, tick this only if it is true of every row"
          checked={answers.everyRow}
          onChange={(event) => onChange({ ...answers, everyRow: event.currentTarget.checked })}
        />
      </Stack>
    );
  return (
    <Stack gap="sm">
      {columns.map((header) => (
        <ColumnPurpose
          key={header}
          header={header}
          refuses={about === 'refusedIds'}
          answers={answers}
          onChange={onChange}
        />
      ))}
    </Stack>
  );
}

/** What a column of yes and no, or of refusals, counts for, as somebody says it. */
function ColumnPurpose({
  header,
  refuses,
  answers,
  onChange,
}: {
  header: string;
  refuses: boolean;
  answers: Answers;
  onChange: (answers: Answers) => void;
}) {
  const { data: types = [] } = useQuery(messageTypesQuery);
  const answer = answers.columns[header];
  const set = (messageTypeIds: number[]) =>
    onChange({ ...answers, columns: { ...answers.columns, [header]: { messageTypeIds } } });
  return (
    <Stack gap="xs">
      <MultiSelect
        openOnFocus={false}
        label={
          refuses ? `What did people turn down by “${header}”?` : `What did people agree to by “${header}”?`
        }
        description={
          refuses
            ? 'It holds numbers that only the tool it came from knows'
            : 'Its name does not say plainly what its yes and no are about'
        }
        searchable
        data={types.map((type) => ({ value: String(type.id), label: `${type.channelName} · ${type.name}` }))}
        value={(answer?.messageTypeIds ?? []).map(String)}
        onChange={(ids) => set(ids.map(Number))}
      />
      <Checkbox
        label={refuses ? 'All marketing' : 'Leave this column out'}
        checked={answer?.messageTypeIds.length === 0}
        onChange={(event) =>
          event.currentTarget.checked
            ? set([])
            : onChange({ ...answers, columns: without(answers.columns, header) })
        }
      />
    </Stack>
  );
}

/** What was answered stays to be seen and changed, once nothing is asked any more. */
export function Answered({ answers, onReset }: { answers: Answers; onReset: () => void }) {
  const given = Object.keys(answers.columns).length + Object.keys(answers.marks).length;
  if (given === 0 && !answers.everyRow && !answers.dateOrder && !answers.sheet) return null;
  return (
    <Alert
      color="green"
      title="Your answers are taken into account"
      withCloseButton
      closeButtonLabel="Answer anew"
      onClose={onReset}
    >
      The rows below show what they mean.
    </Alert>
  );
}

function without<Value>(record: Record<string, Value>, name: string): Record<string, Value> {
  return Object.fromEntries(Object.entries(record).filter(([each]) => each !== name));
}
