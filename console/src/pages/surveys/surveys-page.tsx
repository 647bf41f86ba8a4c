import { Button, Modal } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { type Survey, surveysQuery } from '../../api/surveys.ts';
import { type Column, DataTable } from '../../shell/data-table.tsx';
import { Page } from '../../shell/page.tsx';
import { Loaded } from '../../shell/problem.tsx';
import { TextLink } from '../../shell/router-link.tsx';
import { ago, count } from '../../words/formats.ts';
import { SurveyForm } from './survey-form.tsx';

const columns: Column<Survey>[] = [
  {
    header: 'Survey',
    cell: ({ id, name }) => (
      <TextLink to="/surveys/$id" params={{ id: String(id) }} className="stretched">
        <bdi>{name}</bdi>
      </TextLink>
    ),
  },
  { header: 'Questions', cell: ({ questions }) => count(questions.length), numeric: true },
  { header: 'Made by', cell: ({ createdBy }) => <bdi>{createdBy}</bdi> },
  { header: 'Changed', cell: ({ updatedAt }) => ago(updatedAt), unbroken: true },
];

/** Surveys: questions that messages ask. */
export function SurveysPage() {
  const surveys = useQuery(surveysQuery);
  const navigate = useNavigate();
  const [opened, { open, close }] = useDisclosure();
  return (
    <Page
      title="Surveys"
      about="Questions that messages ask. People answer by a button, a list, a form, or by words and numbers in reply; each answer is an event, by which segments and journeys go."
      actions={
        <Button leftSection={<IconPlus size={18} aria-hidden />} onClick={open}>
          New survey
        </Button>
      }
    >
      <Loaded query={surveys}>
        {(data) => (
          <DataTable
            caption="Surveys"
            columns={columns}
            rows={data.surveys}
            rowKey={({ id }) => id}
            empty="No survey yet. Make one, and say which templates ask its questions."
          />
        )}
      </Loaded>
      <Modal opened={opened} onClose={close} closeOnClickOutside={false} title="New survey" size="xl">
        <SurveyForm
          survey={null}
          onDone={({ id }) => void navigate({ to: '/surveys/$id', params: { id: String(id) } })}
        />
      </Modal>
    </Page>
  );
}
