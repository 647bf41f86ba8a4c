import { useQuery } from '@tanstack/react-query';
import { useNavigate, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import {
  changeSegment,
  createSegment,
  type Segment,
  type SegmentDraft,
  segmentQuery,
} from '../../api/segments.ts';
import { Page } from '../../shell/page.tsx';
import { Loaded } from '../../shell/problem.tsx';
import { LinkButton } from '../../shell/router-link.tsx';
import { useAction } from '../../shell/use-action.ts';
import { blankDefinition } from './definition.ts';
import { SegmentForm } from './segment-form.tsx';

/** Makes a segment. */
export function NewSegmentPage() {
  return (
    <Page
      title="New segment"
      about="Say who is meant, condition by condition. Who is of it is asked anew each time it is used."
    >
      <DraftForm
        begin={{ name: '', description: '', definition: blankDefinition }}
        label="Make segment"
        save={createSegment}
      />
    </Page>
  );
}

/** Changes a segment. */
export function EditSegmentPage() {
  const { id } = useParams({ from: '/shell/segments/$id/edit' });
  const segment = useQuery({ ...segmentQuery(Number(id)), refetchOnWindowFocus: false });
  return (
    <Loaded query={segment} page="Segment">
      {(data) => <EditForm segment={data} />}
    </Loaded>
  );
}

function EditForm({ segment: { id, name, description = '', definition } }: { segment: Segment }) {
  return (
    <Page
      title={`Change ${name}`}
      about="A campaign that is being sent to it goes by what it says now for those who are still to come."
      actions={
        <LinkButton to="/segments/$id" params={{ id: String(id) }} variant="default">
          Leave it as it is
        </LinkButton>
      }
    >
      <DraftForm
        begin={{ name, description, definition }}
        label="Save changes"
        save={(draft) => changeSegment(id, draft)}
      />
    </Page>
  );
}

function DraftForm({
  begin,
  label,
  save,
}: {
  begin: SegmentDraft;
  label: string;
  save: (draft: SegmentDraft) => Promise<number>;
}) {
  const [draft, setDraft] = useState(begin);
  const navigate = useNavigate();
  const action = useAction(
    () => save({ ...draft, name: draft.name.trim(), description: draft.description.trim() }),
    {
      ...{ once: true, inPlace: true, done: 'Saved' },
      refresh: [['segments']],
      after: (id) => void navigate({ to: '/segments/$id', params: { id: String(id) } }),
    },
  );
  return (
    <SegmentForm
      draft={draft}
      label={label}
      save={action}
      onChange={(part) => setDraft((before) => ({ ...before, ...part }))}
    />
  );
}
