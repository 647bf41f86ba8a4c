import {
  Button,
  Card,
  Group,
  MultiSelect,
  NumberInput,
  Select,
  Stack,
  TextInput,
  Title,
} from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import {
  changeSurvey,
  createSurvey,
  type NewQuestion,
  type NewSurvey,
  type Survey,
} from '../../api/surveys.ts';
import { templatesQuery } from '../../api/templates.ts';
import { ActionForm } from '../../shell/action-form.tsx';
import { useAction } from '../../shell/use-action.ts';
import { mediumWords } from '../../words/message-statuses.ts';
import { questionKinds } from '../../words/question-kinds.ts';

/** Most questions of a survey. */
const mostQuestions = 10;

/** A question as it is written. */
interface Draft {
  /** Tells it from the others while it is written. */
  place: number;
  key: string;
  text: string;
  kind: NewQuestion['kind'];
  /** Those that are new have no key until they are saved. */
  choices: { key: string; label: string }[];
  templateIds: string[];
  flowAnswer: string;
}

const blank = (place: number): Draft => ({
  ...{ place, key: '', text: '', kind: 'nps', choices: [], templateIds: [], flowAnswer: '' },
});

/** A name made of words: `How was it?` is `how_was_it`. */
const keyOf = (words: string, others: readonly string[]): string => {
  const made =
    words
      .normalize('NFKD')
      .toLowerCase()
      .replaceAll(/[^a-z0-9]+/g, '_')
      .replaceAll(/^_+|_+$/g, '')
      .slice(0, 36) || 'q';
  if (!others.includes(made)) return made;
  const free = others.findIndex((_, index) => !others.includes(`${made}_${index + 2}`));
  return `${made}_${Math.max(0, free) + 2}`;
};

/** Choices with a key each: those that have one keep it. */
function named(choices: Draft['choices']): Draft['choices'] {
  const keys = choices.map(({ key }) => key).filter((key) => key !== '');
  return choices.map(({ key, label }) => {
    const own = key || keyOf(label, keys);
    if (key === '') keys.push(own);
    return { key: own, label: label.trim() };
  });
}

/** Makes a survey, or changes one; what names a question stays, since answers and buttons hold it. */
export function SurveyForm({ survey, onDone }: { survey: Survey | null; onDone: (survey: Survey) => void }) {
  const [name, setName] = useState(survey?.name ?? '');
  const [hours, setHours] = useState<number | string>(survey?.answerHours ?? 72);
  const [questions, setQuestions] = useState<Draft[]>(
    survey?.questions.map((question, place) => ({
      ...{ place, key: question.key, text: question.text, kind: question.kind, choices: question.choices },
      templateIds: question.templateIds.map(String),
      flowAnswer: question.flowAnswer ?? '',
    })) ?? [blank(0)],
  );
  const fields = (): NewSurvey => {
    const keys: string[] = questions.map(({ key }) => key).filter((key) => key !== '');
    return {
      name: name.trim(),
      answerHours: Number(hours),
      questions: questions.map(({ key, text, kind, choices, templateIds, flowAnswer }) => {
        const own = key || keyOf(text, keys);
        if (key === '') keys.push(own);
        return {
          ...{ key: own, text: text.trim(), kind },
          choices: kind === 'choice' ? named(choices) : [],
          templateIds: templateIds.map(Number),
          flowAnswer: flowAnswer.trim() === '' ? null : flowAnswer.trim(),
        };
      }),
    };
  };
  const save = useAction(() => (survey ? changeSurvey(survey.id, fields()) : createSurvey(fields())), {
    ...{ once: true, inPlace: true, refresh: [['surveys']], after: onDone },
    done: survey ? 'The survey is changed' : 'The survey is made',
  });
  const change = (place: number, changed: Partial<Draft>) =>
    setQuestions(questions.map((each) => (each.place === place ? { ...each, ...changed } : each)));
  const isWhole = name.trim() !== '' && questions.every(({ text }) => text.trim() !== '');
  return (
    <ActionForm action={save} submit={survey ? 'Save' : 'Make survey'} isWhole={isWhole}>
      <TextInput
        label="Name"
        required
        data-autofocus
        maxLength={100}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <NumberInput
        label="Hours in which a reply is an answer"
        description="After the message that asked; a press on a button is one at any time"
        required
        min={1}
        max={720}
        allowDecimal={false}
        maw={340}
        value={hours}
        onChange={setHours}
      />
      {questions.map((question, index) => (
        <Question
          key={question.place}
          question={question}
          number={index + 1}
          isOnly={questions.length === 1}
          onChange={(changed) => change(question.place, changed)}
          onRemove={() => setQuestions(questions.filter(({ place }) => place !== question.place))}
        />
      ))}
      {questions.length < mostQuestions && (
        <Group>
          <Button
            variant="default"
            leftSection={<IconPlus size={16} aria-hidden />}
            onClick={() =>
              setQuestions([...questions, blank(Math.max(...questions.map(({ place }) => place)) + 1)])
            }
          >
            Another question
          </Button>
        </Group>
      )}
    </ActionForm>
  );
}

function Question({
  question,
  number,
  isOnly,
  onChange,
  onRemove,
}: {
  question: Draft;
  number: number;
  isOnly: boolean;
  onChange: (changed: Partial<Draft>) => void;
  onRemove: () => void;
}) {
  const { data: templates = [] } = useQuery(templatesQuery);
  const { text, kind, choices, templateIds, flowAnswer } = question;
  const setChoice = (index: number, label: string) => {
    const present = choices[index];
    const next = { key: present?.key ?? '', label };
    onChange({
      choices:
        label === ''
          ? choices.filter((_, place) => place !== index)
          : [...choices.slice(0, index), next, ...choices.slice(index + 1)],
    });
  };
  const hasWhatsApp = templates.some(
    ({ templateId, medium }) => medium === 'whatsApp' && templateIds.includes(String(templateId)),
  );
  return (
    <Card component="section" aria-label={`Question ${number}`} withBorder>
      <Stack gap="sm">
        <Group justify="space-between">
          <Title order={3} size="h4">
            Question {number}
          </Title>
          {!isOnly && (
            <Button size="xs" variant="default" aria-label={`Take out question ${number}`} onClick={onRemove}>
              Take out
            </Button>
          )}
        </Group>
        <TextInput
          label="What is asked"
          description="As results show it; the template says it to people in its own words"
          required
          maxLength={500}
          value={text}
          onChange={(event) => onChange({ text: event.currentTarget.value })}
        />
        <Select
          label="Answered with"
          allowDeselect={false}
          data={questionKinds}
          value={kind}
          onChange={(value) => {
            const found = questionKinds.find((each) => each.value === value);
            if (found) onChange({ kind: found.value });
          }}
        />
        {kind === 'choice' &&
          [...choices, { key: '', label: '' }].map((choice, index) => (
            <TextInput
              // biome-ignore lint/suspicious/noArrayIndexKey: a choice is known by its place while it is written
              key={index}
              label={`Choice ${index + 1}`}
              placeholder={index === choices.length ? 'Another choice' : undefined}
              maxLength={100}
              value={choice.label}
              onChange={(event) => setChoice(index, event.currentTarget.value)}
            />
          ))}
        <MultiSelect
          label="Templates that ask it"
          description="Replies to their messages are answers"
          placeholder={templateIds.length === 0 ? 'None: only buttons answer it' : undefined}
          searchable
          data={templates.map(({ templateId, name, medium }) => ({
            ...{ value: String(templateId), label: `${name}, ${mediumWords(medium)}` },
          }))}
          value={templateIds}
          onChange={(ids) => onChange({ templateIds: ids })}
        />
        {hasWhatsApp && (
          <TextInput
            label="Name of the answer in a WhatsApp flow"
            description="Where one of the templates sends a form"
            maxLength={200}
            value={flowAnswer}
            onChange={(event) => onChange({ flowAnswer: event.currentTarget.value })}
          />
        )}
      </Stack>
    </Card>
  );
}
