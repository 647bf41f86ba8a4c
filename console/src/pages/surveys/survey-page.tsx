import { Button, Card, Code, Group, List, Modal, Stack, Text, Title } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate, useParams } from '@tanstack/react-router';
import {
  deleteSurvey,
  type QuestionResult,
  type Survey,
  type SurveyAnswer,
  surveyAnswersQuery,
  surveyQuery,
  surveyResultsQuery,
} from '../../api/surveys.ts';
import { ConfirmButton } from '../../shell/confirm-button.tsx';
import { type Column, DataTable } from '../../shell/data-table.tsx';
import { FigureCards } from '../../shell/figure-cards.tsx';
import { Page } from '../../shell/page.tsx';
import { Loaded } from '../../shell/problem.tsx';
import { TextLink } from '../../shell/router-link.tsx';
import { useAction } from '../../shell/use-action.ts';
import { amount, count, counted, instant, share } from '../../words/formats.ts';
import { AnswerChart } from './answer-chart.tsx';
import { SurveyForm } from './survey-form.tsx';

/** One survey: what came of each question, and who answered what. */
export function SurveyPage() {
  const { id } = useParams({ from: '/shell/surveys/$id' });
  const survey = useQuery(surveyQuery(Number(id)));
  return (
    <Loaded query={survey} page="Survey">
      {(data) => (
        <Page title={data.name} actions={<Actions survey={data} />}>
          <Results survey={data} />
          <Answers survey={data} />
        </Page>
      )}
    </Loaded>
  );
}

function Actions({ survey }: { survey: Survey }) {
  const navigate = useNavigate();
  const queries = useQueryClient();
  const [opened, { open, close }] = useDisclosure();
  const remove = useAction(() => deleteSurvey(survey.id), {
    ...{ once: true, done: 'The survey is deleted' },
    after: async () => {
      await navigate({ to: '/surveys' });
      queries.removeQueries({ queryKey: ['surveys', survey.id] });
      await queries.invalidateQueries({ queryKey: ['surveys'] });
    },
  });
  return (
    <>
      <ConfirmButton
        label="Delete"
        variant="default"
        question={`Delete “${survey.name}”?`}
        confirm="Delete the survey"
        danger
        busy={remove.isBusy}
        onConfirm={() => remove.act()}
      >
        Its answers go, and nobody can answer it any more. The events of answers stay with their people.
      </ConfirmButton>
      <Button onClick={open}>Change</Button>
      <Modal
        opened={opened}
        onClose={close}
        closeOnClickOutside={false}
        title={`Change ${survey.name}`}
        size="xl"
      >
        <SurveyForm survey={survey} onDone={close} />
      </Modal>
    </>
  );
}

function Results({ survey }: { survey: Survey }) {
  const results = useQuery(surveyResultsQuery(survey.id));
  return (
    <Loaded query={results}>
      {({ questions }) => (
        <Stack gap="lg">
          {questions.map((result) => (
            <Question
              key={result.key}
              result={result}
              payloads={survey.questions.find(({ key }) => key === result.key)?.payloads ?? []}
            />
          ))}
        </Stack>
      )}
    </Loaded>
  );
}

function Question({ result, payloads }: { result: QuestionResult; payloads: string[] }) {
  const { key, text, asked, answered, average, nps, answers } = result;
  return (
    <Card component="section" aria-labelledby={`question-${key}`}>
      <Stack>
        <Title order={2} size="h3" id={`question-${key}`}>
          <bdi>{text}</bdi>
        </Title>
        <FigureCards
          cols={{ base: 2, sm: 4 }}
          figures={[
            { label: 'Answered', value: count(answered), note: 'people' },
            {
              label: 'Response rate',
              value: asked === null ? '–' : share(answered, asked),
              note: asked === null ? 'no campaign or journey asked' : `of ${count(asked)} asked`,
            },
            ...(average === null
              ? []
              : [{ label: 'Average', value: amount(average), note: 'of all answers' }]),
            ...(nps === null
              ? []
              : [
                  {
                    label: 'Net promoter score',
                    value: nps.score > 0 ? `+${nps.score}` : String(nps.score),
                    note: `${counted(nps.promoters, 'promoter')}, ${counted(nps.detractors, 'detractor')}`,
                  },
                ]),
          ]}
        />
        {answered > 0 && answers.length > 0 && <AnswerChart result={result} />}
        {payloads.length > 0 && (
          <details>
            <summary>What a button holds that answers it</summary>
            <Text size="sm" mt="xs">
              Give these to the buttons or rows of a WhatsApp message, in this order.
            </Text>
            <List size="sm" mt="xs">
              {payloads.map((payload) => (
                <List.Item key={payload}>
                  <Code className="anywhere">{payload}</Code>
                </List.Item>
              ))}
            </List>
          </details>
        )}
      </Stack>
    </Card>
  );
}

function Answers({ survey }: { survey: Survey }) {
  const answers = useQuery(surveyAnswersQuery(survey.id));
  const questionOf = (key: string) => survey.questions.find((each) => each.key === key);
  const columns: Column<SurveyAnswer>[] = [
    {
      header: 'Person',
      cell: ({ user }) => (
        <TextLink to="/users/$ref" params={{ ref: user.ref }} className="stretched">
          <bdi>{user.email ?? user.userId ?? user.phoneNumber ?? 'somebody'}</bdi>
        </TextLink>
      ),
    },
    { header: 'Question', cell: ({ question }) => <bdi>{questionOf(question)?.text ?? question}</bdi> },
    {
      header: 'Answer',
      cell: ({ question, answer }) => (
        <bdi>{questionOf(question)?.choices.find(({ key }) => key === answer)?.label ?? answer}</bdi>
      ),
    },
    {
      header: 'Before',
      cell: ({ former }) => (former.length === 0 ? '–' : former.map(({ answer }) => answer).join(', ')),
    },
    { header: 'When', cell: ({ at }) => instant(at), unbroken: true },
  ];
  return (
    <Stack>
      <Group>
        <Title order={2} size="h3">
          Answers
        </Title>
      </Group>
      <Loaded query={answers}>
        {(data) => (
          <DataTable
            caption="Answers, the newest first"
            columns={columns}
            rows={data.answers}
            rowKey={({ user, question }) => `${user.ref} ${question}`}
            empty="Nobody has answered yet."
          />
        )}
      </Loaded>
    </Stack>
  );
}
