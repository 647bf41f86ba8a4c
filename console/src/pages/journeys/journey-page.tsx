import './journeys.css';
import { Group, Tabs } from '@mantine/core';
import { IconPlayerTrackNext } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { useMemo, useRef, useState } from 'react';
import {
  type Journey,
  type JourneyVersion,
  journeyQuery,
  journeySchemaQuery,
  versionsQuery,
} from '../../api/journeys.ts';
import { LeaveQuestion } from '../../shell/leave-question.tsx';
import { Page } from '../../shell/page.tsx';
import { Loaded } from '../../shell/problem.tsx';
import { LinkButton } from '../../shell/router-link.tsx';
import { asDocument, type JourneyDocument, type KindSchemas, kindSchemasOf } from './document.ts';
import { DrawingRoom } from './drawing-room.tsx';
import { JourneyStateBadge } from './journey-badge.tsx';
import { JourneyMenu } from './journey-menu.tsx';
import { PeopleRoom } from './people-room.tsx';
import { PublishButton } from './publish-dialog.tsx';
import { ResultsRoom } from './results-room.tsx';
import { journeyRooms } from './rooms.ts';
import { SaveLine } from './save-line.tsx';
import { type Drawing, useDrawing } from './use-drawing.ts';
import { VersionsRoom } from './versions-room.tsx';

/** A journey: drawn, watched, and mended. */
export function JourneyPage() {
  const { id } = useParams({ from: '/shell/journeys/$id' });
  // What is being drawn here is not to be asked for again.
  const journey = useQuery({
    ...journeyQuery(Number(id)),
    refetchOnMount: 'always',
    refetchOnWindowFocus: false,
    // What others do to it meanwhile is told; what is drawn here stays.
    refetchInterval: 10_000,
  });
  const schema = useQuery(journeySchemaQuery);
  const versions = useQuery(versionsQuery(Number(id)));
  return (
    <Loaded query={journey} page="Journey" anew>
      {(data) => (
        <Loaded query={schema}>
          {(read) => (
            <Loaded query={versions}>
              {(all) => <OneJourney key={data.id} journey={data} schema={read} versions={all} />}
            </Loaded>
          )}
        </Loaded>
      )}
    </Loaded>
  );
}

/** What a room is given. */
export interface RoomProps {
  journey: Journey;
  /** The newest version; null before the first. */
  published: JourneyDocument | null;
  versions: readonly JourneyVersion[];
  kinds: KindSchemas;
  drawing: Drawing;
}

function OneJourney({
  journey,
  schema,
  versions,
}: {
  journey: Journey;
  schema: Readonly<Record<string, unknown>>;
  versions: readonly JourneyVersion[];
}) {
  const { room = 'draw' } = useSearch({ from: '/shell/journeys/$id' });
  const navigate = useNavigate({ from: '/journeys/$id' });
  const kinds = useMemo(() => kindSchemasOf(schema), [schema]);
  const newest = versions[0]?.document;
  const published = useMemo(() => (newest === undefined ? null : asDocument(newest)), [newest]);
  const [begin] = useState(() => asDocument(journey.draft ?? newest));
  const drawing = useDrawing(journey, begin);
  const isLost = drawing.saving.is === 'failed' || drawing.saving.is === 'conflict';
  const isGone = useRef(false);
  const props: RoomProps = { journey, published, versions, kinds, drawing };
  return (
    <Page
      title={journey.name}
      about={
        <Group gap="xs">
          <span role="status">
            <JourneyStateBadge state={journey.state} />
          </span>
          <SaveLine journey={journey} drawing={drawing} />
        </Group>
      }
      actions={
        <>
          <LinkButton
            to="/journeys/$id/rehearsal"
            params={{ id: String(journey.id) }}
            variant="default"
            leftSection={<IconPlayerTrackNext size={18} aria-hidden />}
          >
            Rehearse
          </LinkButton>
          <JourneyMenu
            {...props}
            onGone={() => {
              isGone.current = true;
            }}
          />
          <PublishButton {...props} />
        </>
      }
    >
      <LeaveQuestion
        what="journey"
        isAsked={() => isLost && !isGone.current}
        isClosingAsked={() => drawing.saving.is !== 'saved' && !isGone.current}
      />
      <Tabs
        value={room}
        onChange={(next) => {
          const chosen = journeyRooms.find((each) => each === next);
          void navigate({
            search: chosen === 'draw' ? {} : { room: chosen },
            replace: true,
            resetScroll: false,
          });
        }}
        keepMounted={false}
        className="journey-rooms full-width"
      >
        <Tabs.List mb="md">
          <Tabs.Tab value="draw">Journey</Tabs.Tab>
          <Tabs.Tab value="results">Results</Tabs.Tab>
          <Tabs.Tab value="people">People</Tabs.Tab>
          <Tabs.Tab value="versions">Versions</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="draw">
          <DrawingRoom {...props} />
        </Tabs.Panel>
        <Tabs.Panel value="results">
          <ResultsRoom {...props} />
        </Tabs.Panel>
        <Tabs.Panel value="people">
          <PeopleRoom {...props} />
        </Tabs.Panel>
        <Tabs.Panel value="versions">
          <VersionsRoom {...props} />
        </Tabs.Panel>
      </Tabs>
    </Page>
  );
}
