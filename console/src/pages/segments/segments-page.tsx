import { FileButton, Text } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { deleteSegment, importSegment, type Segment, segmentsQuery } from '../../api/segments.ts';
import { BusyButton } from '../../shell/busy-button.tsx';
import { ConfirmButton } from '../../shell/confirm-button.tsx';
import type { Column } from '../../shell/data-table.tsx';
import { focusPageTitle, Page } from '../../shell/page.tsx';
import { Loaded } from '../../shell/problem.tsx';
import { LinkButton, TextLink } from '../../shell/router-link.tsx';
import { type Order, SearchedTable } from '../../shell/searched-table.tsx';
import { useAction } from '../../shell/use-action.ts';
import { counted, day } from '../../words/formats.ts';

const columns: Column<Segment>[] = [
  {
    header: 'Segment',
    cell: (segment) => (
      <>
        <TextLink to="/segments/$id" params={{ id: String(segment.id) }} className="stretched">
          {segment.name}
        </TextLink>
        <Text size="sm" c="dimmed" lineClamp={3} dir="auto" className="anywhere">
          {segment.sentence}
        </Text>
      </>
    ),
  },
  {
    header: 'Live',
    cell: ({ live, size = 0, filling }) =>
      live ? `${counted(size, 'person', 'people')}${filling ? ' so far' : ''}` : '–',
    unbroken: true,
  },
  { header: 'Changed', cell: (segment) => day(segment.updatedAt), unbroken: true },
  { header: 'Id', cell: (segment) => segment.id, numeric: true },
  { header: 'Actions', cell: (segment) => <DeleteSegment segment={segment} /> },
];

function DeleteSegment({ segment }: { segment: Segment }) {
  const remove = useAction(() => deleteSegment(segment.id), {
    done: 'The segment is deleted',
    refresh: [['segments']],
    after: focusPageTitle,
  });
  return (
    <ConfirmButton
      label="Delete"
      aria-label={`Delete segment ${segment.name}`}
      size="xs"
      variant="default"
      question={`Delete “${segment.name}”?`}
      confirm="Delete the segment"
      danger
      busy={remove.isBusy}
      onConfirm={() => remove.act()}
    >
      Its people stay; only the question goes. While a campaign or another segment needs it, it is kept, and
      they are named.
    </ConfirmButton>
  );
}

const orders: Record<string, Order<Segment>> = {
  newest: { label: 'Newest first', compare: (a, b) => b.id - a.id },
  name: {
    label: 'Name, A to Z',
    compare: (a, b) => a.name.localeCompare(b.name, undefined, { numeric: true }),
  },
  changed: { label: 'Last changed first', compare: (a, b) => b.updatedAt - a.updatedAt },
};

/** Makes a segment of a file that another project, or this one, gave. */
function FromFile() {
  const navigate = useNavigate();
  const take = useAction(importSegment, {
    ...{ done: 'The segment is made', refresh: [['segments']] },
    after: (id) => void navigate({ to: '/segments/$id', params: { id: String(id) } }),
  });
  return (
    <FileButton
      accept=".json,application/json"
      onChange={(file) => file && take.act(file)}
      inputProps={{ 'aria-label': 'File of a segment' }}
    >
      {(props) => (
        <BusyButton variant="default" busy={take.isBusy} {...props}>
          From a file
        </BusyButton>
      )}
    </FileButton>
  );
}

/** People by questions to the data. */
export function SegmentsPage() {
  const segments = useQuery(segmentsQuery);
  return (
    <Page
      title="Segments"
      about="People by what they are and did. Who is of a segment is asked anew each time: when it is counted, and page by page as a campaign goes out."
      actions={
        <>
          <FromFile />
          <LinkButton to="/segments/new" leftSection={<IconPlus size={18} aria-hidden />}>
            New segment
          </LinkButton>
        </>
      }
    >
      <Loaded query={segments}>
        {(data) => (
          <SearchedTable
            of="Segments"
            one="a segment"
            rows={data}
            columns={columns}
            rowKey={(segment) => segment.id}
            textOf={(segment) => `${segment.name} ${segment.description ?? ''} ${segment.sentence}`}
            orders={orders}
            empty={
              data.length === 0
                ? 'No segment yet. Make one, and see how many people it comes to.'
                : 'No segment matches.'
            }
          />
        )}
      </Loaded>
    </Page>
  );
}
