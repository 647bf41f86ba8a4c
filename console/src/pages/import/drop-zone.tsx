import { Button, FileButton, Stack, Text } from '@mantine/core';
import { IconFileTypeCsv } from '@tabler/icons-react';
import { type DragEvent, useState } from 'react';

/** Takes a CSV or a workbook by drop or by choosing it; the button serves keyboard and screen reader. */
export function DropZone({ onFile }: { onFile: (file: File) => void }) {
  const [over, setOver] = useState(false);
  const drag = (event: DragEvent, isOver: boolean) => {
    event.preventDefault();
    setOver(isOver);
  };
  return (
    <section
      aria-label="File of people"
      className="drop-zone"
      data-over={over || undefined}
      onDragOver={(event) => drag(event, true)}
      onDragLeave={(event) => drag(event, false)}
      onDrop={(event) => {
        drag(event, false);
        const [file] = event.dataTransfer.files;
        if (file) onFile(file);
      }}
    >
      <Stack align="center" gap="sm">
        <IconFileTypeCsv size={44} stroke={1.3} aria-hidden />
        <Text size="lg" fw={600}>
          Drop a CSV or Excel file here
        </Text>
        <FileButton
          accept=".csv,.tsv,.txt,.xlsx,text/csv,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
          onChange={(file) => file && onFile(file)}
          inputProps={{ 'aria-label': 'CSV file' }}
        >
          {(props) => <Button {...props}>Choose a file</Button>}
        </FileButton>
        <Text size="sm" c="dimmed">
          Nothing is taken before you have seen what its columns mean.
        </Text>
      </Stack>
    </section>
  );
}
