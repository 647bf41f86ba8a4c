import { Card, Group, Select, Stack, Textarea, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useParams } from '@tanstack/react-router';
import { useRef, useState } from 'react';
import { messageTypesQuery } from '../../api/channels.ts';
import { makeReadyMade, type Question, type ReadyMade, readyMadeQuery } from '../../api/journeys.ts';
import { BusyButton } from '../../shell/busy-button.tsx';
import { LeaveQuestion } from '../../shell/leave-question.tsx';
import { NumberField } from '../../shell/number-field.tsx';
import { Page } from '../../shell/page.tsx';
import { Loaded, Problem } from '../../shell/problem.tsx';
import { useAction } from '../../shell/use-action.ts';
import { ListPicker } from './fields/pickers.tsx';

type Answers = Record<string, string | number>;

/** The questions of one ready-made journey. */
export function ReadyMadeFormPage() {
  const { recipe = '' } = useParams({ strict: false });
  const readyMade = useQuery(readyMadeQuery);
  return (
    <Loaded query={readyMade}>
      {(all) => {
        const found = all.find(({ id }) => id === recipe);
        return found ? (
          <ReadyMadeForm key={recipe} readyMade={found} />
        ) : (
          <Page title="No such journey" about="There is no ready-made journey at this address.">
            {null}
          </Page>
        );
      }}
    </Loaded>
  );
}

function ReadyMadeForm({ readyMade: { id, name: usualName, summary, questions } }: { readyMade: ReadyMade }) {
  const navigate = useNavigate();
  const [name, setName] = useState(usualName);
  const [usual] = useState(() => usualAnswers(questions));
  const [answers, setAnswers] = useState<Answers>(usual);
  const isMade = useRef(false);
  const isWritten =
    name !== usualName || questions.some(({ name: asked }) => answers[asked] !== usual[asked]);
  const make = useAction(() => makeReadyMade(id, name.trim(), answers), {
    ...{ once: true, inPlace: true },
    done: ({ templates }) =>
      templates.some(({ medium }) => medium === 'whatsApp')
        ? 'A draft and its messages are made. Submit those for WhatsApp before you publish it'
        : 'A draft and its messages are made',
    refresh: [['journeys', 'all'], ['templates']],
    after: ({ journeyId }) => {
      isMade.current = true;
      void navigate({ to: '/journeys/$id', params: { id: String(journeyId) } });
    },
  });
  const open = questions.filter((question) => answers[question.name] === undefined);
  return (
    <Page title={usualName} about={summary}>
      <LeaveQuestion what="form" isAsked={() => isWritten && !isMade.current} />
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (open.length === 0 && name.trim() !== '') make.act();
        }}
      >
        <Card withBorder padding="lg" maw={720}>
          <Stack>
            <TextInput
              label="Name of the journey"
              required
              maxLength={200}
              value={name}
              onChange={(event) => setName(event.currentTarget.value)}
            />
            {questions.map((question) => (
              <QuestionField
                key={question.name}
                question={question}
                answer={answers[question.name]}
                onChange={(answer) =>
                  setAnswers(({ [question.name]: _, ...others }) =>
                    answer === undefined ? others : { ...others, [question.name]: answer },
                  )
                }
              />
            ))}
            {make.error && <Problem error={make.error} />}
            <Group justify="flex-end">
              <BusyButton type="submit" busy={make.isBusy} disabled={open.length > 0 || name.trim() === ''}>
                Make the journey
              </BusyButton>
            </Group>
          </Stack>
        </Card>
      </form>
    </Page>
  );
}

const usualAnswers = (questions: readonly Question[]): Answers =>
  Object.fromEntries(questions.flatMap(({ name, usual }) => (usual === null ? [] : [[name, usual]])));

interface FieldProps {
  question: Question;
  answer: string | number | undefined;
  onChange: (answer: string | number | undefined) => void;
}

function QuestionField({ question, answer, onChange }: FieldProps) {
  const { kind, label, hint } = question;
  const said = { label, required: true, ...(hint !== undefined && { description: hint }) };
  switch (kind) {
    case 'list':
      return <ListPicker label={label} id={answer} onChange={onChange} />;
    case 'messageType':
      return <MessageTypeField question={question} answer={answer} onChange={onChange} />;
    case 'hours':
    case 'days':
    case 'number':
      return (
        <NumberField {...said} min={1} value={typeof answer === 'number' ? answer : 1} onChange={onChange} />
      );
    case 'message':
      return (
        <Textarea
          {...said}
          autosize
          minRows={2}
          dir="auto"
          value={String(answer ?? '')}
          onChange={(event) => onChange(event.currentTarget.value || undefined)}
        />
      );
    default:
      return (
        <TextInput
          {...said}
          type={kind === 'time' ? 'time' : kind === 'moment' ? 'datetime-local' : 'text'}
          value={String(answer ?? '')}
          onChange={(event) => onChange(event.currentTarget.value || undefined)}
        />
      );
  }
}

function MessageTypeField({ question: { label, medium, purpose }, answer, onChange }: FieldProps) {
  const { data: types } = useQuery(messageTypesQuery);
  const fitting = types?.filter((type) => type.medium === medium && type.purpose === purpose);
  const none = `No message type for ${medium === 'sms' ? 'SMS' : 'WhatsApp'} is ${purpose}: make one under Channels first`;
  return (
    <Select
      label={label}
      required
      allowDeselect={false}
      placeholder="Choose"
      error={fitting?.length === 0 ? none : undefined}
      data={(fitting ?? []).map((type) => ({ value: String(type.id), label: type.name }))}
      value={answer === undefined ? null : String(answer)}
      onChange={(value) => value !== null && onChange(Number(value))}
    />
  );
}
