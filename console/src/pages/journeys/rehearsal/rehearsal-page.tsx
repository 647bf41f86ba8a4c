import '../journeys.css';
import { Button, Modal, Select, Stack } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconArrowLeft, IconPlayerTrackNext } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { useMemo } from 'react';
import {
  journeyRehearsalQuery,
  type RehearsalSummary,
  rehearsalsQuery,
} from '../../../api/journey-rehearsals.ts';
import {
  type Journey,
  type JourneyVersion,
  journeyQuery,
  journeySchemaQuery,
  versionsQuery,
} from '../../../api/journeys.ts';
import { Page } from '../../../shell/page.tsx';
import { Loaded } from '../../../shell/problem.tsx';
import { LinkButton } from '../../../shell/router-link.tsx';
import { type KindSchemas, kindSchemasOf } from '../document.ts';
import { RehearsalForm } from './rehearsal-form.tsx';
import { RehearsalView } from './rehearsal-view.tsx';
import { rehearsalName } from './rehearsal-words.ts';

/** A journey gone through with real people in a time that is made up. */
export function RehearsalPage() {
  const id = Number(useParams({ from: '/shell/journeys/$id/rehearsal' }).id);
  const journey = useQuery(journeyQuery(id));
  const schema = useQuery(journeySchemaQuery);
  const versions = useQuery(versionsQuery(id));
  const rehearsals = useQuery(rehearsalsQuery(id));
  const kinds = useMemo(() => (schema.data ? kindSchemasOf(schema.data) : null), [schema.data]);
  return (
    <Loaded query={journey} page="Journey">
      {(data) => (
        <Loaded query={versions}>
          {(all) => (
            <Loaded query={rehearsals}>
              {(known) =>
                kinds && <Rehearsals journey={data} versions={all} rehearsals={known} kinds={kinds} />
              }
            </Loaded>
          )}
        </Loaded>
      )}
    </Loaded>
  );
}

function Rehearsals({
  journey,
  versions,
  rehearsals,
  kinds,
}: {
  journey: Journey;
  versions: readonly JourneyVersion[];
  rehearsals: readonly RehearsalSummary[];
  kinds: KindSchemas;
}) {
  const { rehearsal: wanted } = useSearch({ from: '/shell/journeys/$id/rehearsal' });
  const navigate = useNavigate({ from: '/journeys/$id/rehearsal' });
  const [isAsking, { open, close }] = useDisclosure();
  const shown = rehearsals.find(({ rehearsalId }) => rehearsalId === wanted) ?? rehearsals[0];
  const show = (rehearsalId: number) => {
    close();
    void navigate({ search: { rehearsal: rehearsalId }, replace: true, resetScroll: false });
  };
  const form = <RehearsalForm journey={journey} versions={versions} onBegun={show} />;
  return (
    <Page
      title={`Rehearsal of ${journey.name}`}
      about="The journey gone through with real people in a time that is made up, by its own rules and those of sending. Nothing is sent, and nothing is written of anybody."
      actions={
        <>
          <LinkButton
            to="/journeys/$id"
            params={{ id: String(journey.id) }}
            variant="default"
            leftSection={<IconArrowLeft size={18} aria-hidden />}
          >
            The journey
          </LinkButton>
          {shown && (
            <Button leftSection={<IconPlayerTrackNext size={18} aria-hidden />} onClick={open}>
              New rehearsal
            </Button>
          )}
        </>
      }
    >
      <Stack gap="lg" className="full-width">
        {shown === undefined ? (
          form
        ) : (
          <>
            {rehearsals.length > 1 && (
              <Select
                label="Which rehearsal"
                maw={460}
                allowDeselect={false}
                data={rehearsals.map((each) => ({
                  value: String(each.rehearsalId),
                  label: rehearsalName(each),
                }))}
                value={String(shown.rehearsalId)}
                onChange={(value) => value !== null && show(Number(value))}
              />
            )}
            <Shown
              key={shown.rehearsalId}
              journeyId={journey.id}
              rehearsalId={shown.rehearsalId}
              kinds={kinds}
            />
          </>
        )}
      </Stack>
      <Modal opened={isAsking} onClose={close} title="New rehearsal" size="xl">
        {form}
      </Modal>
    </Page>
  );
}

function Shown({
  journeyId,
  rehearsalId,
  kinds,
}: {
  journeyId: number;
  rehearsalId: number;
  kinds: KindSchemas;
}) {
  const rehearsal = useQuery(journeyRehearsalQuery(journeyId, rehearsalId));
  return (
    <Loaded query={rehearsal}>
      {(data) => <RehearsalView journeyId={journeyId} rehearsal={data} kinds={kinds} />}
    </Loaded>
  );
}
