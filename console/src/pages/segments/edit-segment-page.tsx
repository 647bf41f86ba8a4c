import { useQuery } from '@tanstack/react-query';
import { useNavigate, useParams } from '@tanstack/react-router';
import { useCallback, useRef, useState } from 'react';
import {
  changeCountOf,
  changeSegment,
  createSegment,
  type Segment,
  type SegmentDraft,
  segmentQuery,
} from '../../api/segments.ts';
import { LeaveQuestion } from '../../shell/leave-question.tsx';
import { Page } from '../../shell/page.tsx';
import { Loaded } from '../../shell/problem.tsx';
import { LinkButton } from '../../shell/router-link.tsx';
import { useAction } from '../../shell/use-action.ts';
import { ChangeQuestion } from './change-question.tsx';
import { asGroup, blankDefinition } from './definition.ts';
import { SegmentForm, type WrittenSegment } from './segment-form.tsx';

const blank: WrittenSegment = { name: '', description: '', definition: blankDefinition, live: false };

/** Makes a segment. */
export function NewSegmentPage() {
  return (
    <Page
      title="New segment"
      about="Say who is meant, condition by condition. Who is of it is asked anew each time it is used."
    >
      <DraftForm begin={blank} label="Make segment" save={createSegment} />
    </Page>
  );
}

/** Changes a segment. */
export function EditSegmentPage() {
  const { id } = useParams({ from: '/shell/segments/$id/edit' });
  // What is being written here is not to be asked for again.
  const segment = useQuery({
    ...segmentQuery(Number(id)),
    refetchOnMount: 'always',
    refetchOnWindowFocus: false,
    refetchInterval: false,
  });
  return (
    <Loaded query={segment} page="Segment" anew>
      {(data) => <EditForm segment={data} />}
    </Loaded>
  );
}

function EditForm({ segment: { id, name, description = '', definition, live } }: { segment: Segment }) {
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
        begin={{ name, description, definition: asGroup(definition), live }}
        label="Save changes"
        save={(draft, announce) => changeSegment(id, draft, announce)}
        changes={id}
      />
    </Page>
  );
}

function DraftForm({
  begin,
  label,
  save,
  changes = null,
}: {
  begin: WrittenSegment;
  label: string;
  save: (draft: SegmentDraft, announce: boolean) => Promise<number>;
  /** The segment that is changed; null for a new one. */
  changes?: number | null;
}) {
  const [first] = useState(begin);
  const [draft, setDraft] = useState(begin);
  const [isAsked, setAsked] = useState(false);
  const isSaved = useRef(false);
  const navigate = useNavigate();
  const saving = useAction(
    (announce: boolean) =>
      save({ ...draft, name: draft.name.trim(), description: draft.description.trim() }, announce),
    {
      ...{ once: true, inPlace: true, done: 'Saved' },
      refresh: [['segments']],
      after: (id) => {
        isSaved.current = true;
        void navigate({ to: '/segments/$id', params: { id: String(id) } });
      },
    },
  );
  const isOther = JSON.stringify(draft.definition) !== JSON.stringify(first.definition);
  const checking = useAction(
    async () => (changes !== null && isOther ? changeCountOf(changes, draft.definition) : null),
    {
      inPlace: true,
      after: (counts) =>
        (counts?.segments ?? []).some(({ id }) => id !== changes || draft.live)
          ? setAsked(true)
          : saving.act(false),
    },
  );
  const change = useCallback(
    (next: (before: WrittenSegment) => Partial<WrittenSegment>) =>
      setDraft((before) => ({ ...before, ...next(before) })),
    [],
  );
  return (
    <>
      <LeaveQuestion
        what="segment"
        isAsked={() => !isSaved.current && JSON.stringify(draft) !== JSON.stringify(first)}
      />
      <SegmentForm
        draft={draft}
        label={label}
        save={{
          act: checking.act,
          isBusy: checking.isBusy || saving.isBusy,
          error: saving.error ?? checking.error,
          answer: undefined,
        }}
        self={changes}
        onChange={change}
      />
      {isAsked && changes !== null && (
        <ChangeQuestion
          id={changes}
          draft={draft}
          onClose={() => setAsked(false)}
          onSave={(announce) => {
            setAsked(false);
            saving.act(announce);
          }}
        />
      )}
    </>
  );
}
