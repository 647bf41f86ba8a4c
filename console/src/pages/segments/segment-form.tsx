import { Card, Checkbox, Grid, Group, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { namesQuery, previewQuery, type SegmentDraft } from '../../api/segments.ts';
import { BusyButton } from '../../shell/busy-button.tsx';
import { Problem } from '../../shell/problem.tsx';
import type { Action } from '../../shell/use-action.ts';
import { Builder } from './builder.tsx';
import { CountPanel } from './count-panel.tsx';
import { isPart, missingIn } from './definition.ts';

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
  const missing = isPart(draft.definition) ? missingIn(draft.definition) : null;
  const isAsked = isPart(asked) && missingIn(asked) === null;
  const preview = useQuery({ ...previewQuery(asked), enabled: isAsked });
  const toDo = draft.name.trim() === '' ? 'Give it a name first' : missing;
  const counts = new Map(
    preview.isPlaceholderData || !isAsked
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
                <Checkbox
                  label="Keep membership live"
                  description="Who is of it is watched, by what happens and by the clock, and webhooks are told who enters and who leaves. Nobody enters by its being made live. A campaign asks who is of it all the same."
                  checked={draft.live}
                  onChange={(event) => onChange({ live: event.currentTarget.checked })}
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
              <BusyButton type="submit" size="md" busy={save.isBusy} disabled={toDo !== null}>
                {label}
              </BusyButton>
              {toDo && <Text c="dimmed">{toDo}.</Text>}
            </Group>
          </Stack>
        </Grid.Col>
        <Grid.Col span={{ base: 12, lg: 4 }}>
          <CountPanel preview={preview} missing={missing} />
        </Grid.Col>
      </Grid>
    </form>
  );
}
