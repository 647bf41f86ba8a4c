import { Card, Code, Group, Stack, Text, TextInput, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { addFile, type CouponPool, filesQuery } from '../../api/coupons.ts';
import { BusyButton } from '../../shell/busy-button.tsx';
import { ChooseTable, FileReports } from '../../shell/file-reports.tsx';
import { Problem } from '../../shell/problem.tsx';
import { useAction } from '../../shell/use-action.ts';
import { counted } from '../../words/formats.ts';

const previewedLines = 5;

/** Adds the codes of a file, whose first lines are shown before it goes. */
export function AddCodesCard({ pool }: { pool: CouponPool }) {
  const [chosen, setChosen] = useState<{ file: File; head: string } | null>(null);
  const [column, setColumn] = useState('');
  const add = useAction(({ file, at }: { file: File; at: string }) => addFile(pool.id, file, at), {
    ...{ inPlace: true, refresh: [['coupons']] },
    done: ({ added, refused }) =>
      `${counted(added, 'code is', 'codes are')} added${refused > 0 ? `, ${counted(refused, 'row', 'rows')} refused` : ''}`,
    after: () => setChosen(null),
  });
  const files = useQuery(filesQuery(pool.id, add.isBusy));
  const choose = async (file: File) => {
    const text = await file.slice(0, 2_000).text();
    setChosen({
      file,
      head: text
        .split(/\r\n|\n|\r/)
        .slice(0, previewedLines)
        .join('\n'),
    });
  };
  return (
    <Card component="section" aria-labelledby="add-codes">
      <Stack>
        <Title order={2} id="add-codes">
          Add codes
        </Title>
        <Text>A code a line, or a CSV with a column called code; up to a million in one file.</Text>
        <ChooseTable label="File of codes" onChoose={(file) => void choose(file)} />
        {chosen && (
          <form
            onSubmit={(event) => {
              event.preventDefault();
              add.act({ file: chosen.file, at: column.trim() });
            }}
          >
            <Stack>
              <Text fw={600} className="anywhere">
                {chosen.file.name} begins
              </Text>
              <Code block tabIndex={0} role="region" aria-label="Beginning of the file">
                {chosen.head}
              </Code>
              <TextInput
                label="Column of the codes"
                description="Only where the file has several and none is called code: its name, or its number"
                value={column}
                onChange={(event) => setColumn(event.currentTarget.value)}
              />
              {add.error && <Problem error={add.error} />}
              <Group>
                <BusyButton type="submit" busy={add.isBusy}>
                  Add its codes
                </BusyButton>
              </Group>
            </Stack>
          </form>
        )}
        <FileReports
          files={files}
          done="added"
          takenWords={({ added }) => `${counted(added, 'code', 'codes')} added`}
        />
      </Stack>
    </Card>
  );
}
