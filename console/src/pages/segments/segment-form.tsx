import { Card, Grid, Group, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { namesQuery, previewQuery, type SegmentDraft } from '../../api/segments.ts';
import { BusyButton } from '../../shell/busy-button.tsx';
import { Problem } from '../../shell/problem.tsx';
import type { Action } from '../../shell/use-action.ts';
import { Builder } from './builder.tsx';
import { CountPanel } from './count-panel.tsx';
import { isPart } from './definition.ts';

const noNames = { fields: [], events: [] };

/** What a segment is called and who is of it, with counts that move as one writes. */
export function SegmentForm({
  draft,
  label,
  save,
  onChange,
}: {
  draft: SegmentDraft;
  label: string;
  save: Action<void, unknown>;
  onChange: (part: Partial<SegmentDraft>) => void;
}) {
  const { data: names = noNames } = useQuery(namesQuery);
  const [asked] = useDebouncedValue(draft.definition, 400);
  const preview = useQuery(previewQuery(asked));
  const counts = new Map(
    preview.isPlaceholderData
      ? []
      : preview.data?.conditions.map(({ place, count }) => [place, count] as const),
  );
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        save.act();
      }}
    >
      <Grid gap="lg">
        <Grid.Col span={{ base: 12, lg: 8 }}>
          <Stack gap="lg">
            <Card>
              <Stack>
                <TextInput
                  label="Name"
                  required
                  maxLength={255}
                  value={draft.name}
                  onChange={(event) => onChange({ name: event.currentTarget.value })}
                />
                <Textarea
                  label="Description"
                  autosize
                  value={draft.description}
                  onChange={(event) => onChange({ description: event.currentTarget.value })}
                />
              </Stack>
            </Card>
            <Builder
              part={isPart(draft.definition) ? draft.definition : {}}
              place="definition"
              names={names}
              counts={counts}
              onChange={(definition) => onChange({ definition })}
            />
            {save.error && <Problem error={save.error} />}
            <Group>
              <BusyButton type="submit" size="md" busy={save.isBusy} disabled={draft.name.trim() === ''}>
                {label}
              </BusyButton>
              {draft.name.trim() === '' && <Text c="dimmed">Give it a name first.</Text>}
            </Group>
          </Stack>
        </Grid.Col>
        <Grid.Col span={{ base: 12, lg: 4 }}>
          <CountPanel preview={preview} />
        </Grid.Col>
      </Grid>
    </form>
  );
}
