import { Badge, Button, Code, Modal, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { type Flow, flowNoticesQuery, readFlowVersion } from '../../api/flows.ts';
import { type Column, DataTable } from '../../shell/data-table.tsx';
import { Loaded } from '../../shell/problem.tsx';
import { useAction } from '../../shell/use-action.ts';
import { count, instant } from '../../words/formats.ts';

type Version = Flow['versions'][number];

/** All versions of a flow, and what Meta told of it. */
export function RecordPanel({ flow }: { flow: Flow }) {
  const notices = useQuery(flowNoticesQuery(flow.id));
  const [shown, setShown] = useState<{ number: number; text: string } | null>(null);
  const look = useAction((number: number) => readFlowVersion(flow.id, number), {
    after: ({ json }, number) => setShown({ number, text: JSON.stringify(json, null, 2) }),
  });
  const columns: Column<Version>[] = [
    { header: 'Version', cell: ({ number }) => count(number) },
    { header: 'Saved by', cell: ({ savedBy }) => <bdi>{savedBy}</bdi> },
    { header: 'Saved', cell: ({ savedAt }) => instant(savedAt), unbroken: true },
    {
      header: 'Meta',
      cell: ({ uploadedAt, findings }) =>
        uploadedAt === null
          ? 'Has it not'
          : findings.length === 0
            ? 'Finds nothing wrong'
            : `Finds ${count(findings.length)} wrong`,
    },
    {
      header: 'Form',
      cell: ({ number }) => (
        <Button
          size="compact-sm"
          variant="default"
          aria-label={`Show version ${number}`}
          onClick={() => look.act(number)}
        >
          Show
        </Button>
      ),
    },
  ];
  return (
    <Stack gap="lg">
      <Title order={2} size="h4">
        Versions
      </Title>
      <DataTable
        caption="Versions, the newest first"
        columns={columns}
        rows={flow.versions}
        rowKey={({ number }) => number}
        empty="None"
      />
      <Title order={2} size="h4">
        What Meta told of it
      </Title>
      <Loaded query={notices}>
        {(data) => (
          <DataTable
            caption="What Meta told of it, the newest first"
            columns={[
              { header: 'What', cell: ({ message, event }) => message || event },
              {
                header: 'State',
                cell: ({ isOver }) =>
                  isOver === null ? (
                    '–'
                  ) : (
                    <Badge color={isOver ? 'green' : 'red'}>{isOver ? 'Over' : 'On'}</Badge>
                  ),
              },
              { header: 'When', cell: ({ at }) => instant(at), unbroken: true },
            ]}
            rows={data.notices}
            rowKey={({ event, at, message }) => `${event} ${at} ${message}`}
            empty="Meta has told nothing of this flow yet."
          />
        )}
      </Loaded>
      <Modal
        opened={shown !== null}
        onClose={() => setShown(null)}
        title={`Version ${shown?.number ?? ''}`}
        size="xl"
      >
        {shown && <Code block>{shown.text}</Code>}
        <Text size="sm" c="dimmed" mt="sm">
          To go back to it, copy it into the form and save.
        </Text>
      </Modal>
    </Stack>
  );
}
