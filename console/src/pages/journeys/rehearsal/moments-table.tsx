import { Button, Stack } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { type Column, DataTable } from '../../../shell/data-table.tsx';
import { count } from '../../../words/formats.ts';
import { lengthWords, momentWords } from './rehearsal-words.ts';
import { instantOf, loadOf, type SenderLoad, type Timeline } from './timeline.ts';

interface Row {
  step: number;
  at: number;
  sender: string;
  messages: number;
  segments: number;
  left: number;
  lateMs: number;
}

const columns: Column<Row>[] = [
  { header: 'From', cell: ({ at }) => momentWords(at), unbroken: true },
  { header: 'Sender', cell: ({ sender }) => sender },
  { header: 'Messages due', cell: ({ messages }) => count(messages), numeric: true },
  { header: 'Segments due', cell: ({ segments }) => count(segments), numeric: true },
  { header: 'Left over', cell: ({ left }) => (left === 0 ? '–' : count(Math.round(left))), numeric: true },
  { header: 'Late by', cell: ({ lateMs }) => (lateMs === 0 ? '–' : lengthWords(lateMs)), numeric: true },
];

/** What the plots show, as a table: each step in which something is due, or waits. */
export function MomentsTable({ senders, timeline }: { senders: readonly SenderLoad[]; timeline: Timeline }) {
  const [isOpen, { toggle }] = useDisclosure();
  return (
    <Stack gap="sm" align="flex-start">
      <Button variant="default" size="xs" aria-expanded={isOpen} onClick={toggle}>
        {isOpen ? 'Hide the table' : 'Show as a table'}
      </Button>
      {isOpen && (
        <div style={{ width: '100%' }}>
          <DataTable
            caption="Messages as time goes by"
            columns={columns}
            rows={senders
              .flatMap((sender) =>
                loadOf(sender, timeline)
                  .filter(({ messages, left }) => messages > 0 || left > 0)
                  .map(
                    (each): Row => ({
                      ...each,
                      at: instantOf(timeline, each.step),
                      sender: sender.name,
                    }),
                  ),
              )
              .sort((a, b) => a.at - b.at)}
            rowKey={({ step, sender }) => `${step} ${sender}`}
            empty="Nothing is due."
          />
        </div>
      )}
    </Stack>
  );
}
