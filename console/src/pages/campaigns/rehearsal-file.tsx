import { Button, Group, Progress, Stack, Text } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import type { SendTime } from '../../api/campaigns.ts';
import { exportFilesQuery, exportJobQuery, exportRehearsal } from '../../api/rehearsal.ts';
import { BusyButton } from '../../shell/busy-button.tsx';
import { Problem } from '../../shell/problem.tsx';
import { useAction } from '../../shell/use-action.ts';
import { count } from '../../words/formats.ts';

/** Has all of a rehearsal written as CSV, tells how far that is, and gives it. */
export function RehearsalFile({ campaignId, time }: { campaignId: number; time: SendTime | null }) {
  const start = useAction(() => exportRehearsal(campaignId, time), { inPlace: true });
  return (
    <Stack gap="xs">
      {start.error && <Problem error={start.error} />}
      {start.answer === undefined ? (
        <BusyButton
          variant="default"
          busy={start.isBusy}
          leftSection={<IconDownload size={18} aria-hidden />}
          onClick={() => start.act()}
        >
          Write all of it as CSV
        </BusyButton>
      ) : (
        <WrittenFile jobId={start.answer} onAgain={() => start.act()} />
      )}
    </Stack>
  );
}

function WrittenFile({ jobId, onAgain }: { jobId: number; onAgain: () => void }) {
  const { data: job } = useQuery(exportJobQuery(jobId));
  if (job?.jobState === 'completed') return <Files jobId={jobId} rows={job.rowsExported} />;
  if (job === null || job?.jobState === 'failed' || job?.jobState === 'cancelling')
    return (
      <Stack gap="xs" align="flex-start">
        <Problem error={new Error(job?.error ?? 'The file was not written to its end')} />
        <Button variant="default" onClick={onAgain}>
          Write it again
        </Button>
      </Stack>
    );
  const { rowsExported = 0, rowsExpected } = job ?? {};
  return (
    <Stack gap={4} miw={220}>
      <Text size="sm" role="status">
        The file is being written …
      </Text>
      {rowsExpected !== undefined && (
        <Text size="sm">
          {count(rowsExported)} of about {count(rowsExpected)} people
        </Text>
      )}
      <Progress
        value={rowsExpected ? Math.min(100, (100 * rowsExported) / rowsExpected) : 0}
        aria-label="How far the file is"
        animated
      />
    </Stack>
  );
}

/** A large rehearsal comes in several files. */
function Files({ jobId, rows }: { jobId: number; rows: number }) {
  const { data: files = [] } = useQuery(exportFilesQuery(jobId));
  return (
    <Stack gap={4}>
      <Text size="sm" role="status">
        {count(rows)} people are written.
      </Text>
      <Group gap="xs">
        {files.map(({ file, href }, place) => (
          <Button
            key={file}
            component="a"
            href={href}
            download
            variant="default"
            leftSection={<IconDownload size={18} aria-hidden />}
          >
            {files.length === 1 ? 'Download rehearsal.csv' : `Download part ${place + 1}`}
          </Button>
        ))}
      </Group>
    </Stack>
  );
}
