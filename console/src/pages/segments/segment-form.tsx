import { Box, Card, Checkbox, Grid, Group, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useCallback, useId } from 'react';
import { namesQuery, previewQuery, type SegmentPreview } from '../../api/segments.ts';
import { BusyButton } from '../../shell/busy-button.tsx';
import { Problem } from '../../shell/problem.tsx';
import type { Action } from '../../shell/use-action.ts';
import { counted } from '../../words/formats.ts';
import { Builder } from './builder.tsx';
import { CountPanel } from './count-panel.tsx';
import { type ChangePart, missingIn, type Part, withChanged } from './definition.ts';
import { useToldOfConditions } from './told.ts';

const noNames = { fields: [], events: [] };

/** What of a segment is written, its definition in a group. */
export interface WrittenSegment {
  name: string;
  description: string;
  definition: Part;
  live: boolean;
}

/** What a segment is called and who is of it, with counts that move as one writes. */
export function SegmentForm({
  draft,
  label,
  save,
  self,
  onChange,
}: {
  draft: WrittenSegment;
  label: string;
  save: Action<void, unknown>;
  /** The segment that is changed; null for a new one. */
  self: number | null;
  onChange: (change: (before: WrittenSegment) => Partial<WrittenSegment>) => void;
}) {
  const formId = useId();
  const { data: names = noNames, error: noNamesCame } = useQuery(namesQuery);
  const [asked] = useDebouncedValue(draft.definition, 400);
  const missing = missingIn(draft.definition);
  const isAsked = missingIn(asked) === null;
  const preview = useQuery({ ...previewQuery(asked), enabled: isAsked });
  const told = useToldOfConditions(isAsked ? asked : null, preview);
  const toDo = draft.name.trim() === '' ? 'Give it a name first' : missing;
  const change = useCallback<ChangePart>(
    (place, next) => onChange((before) => ({ definition: withChanged(before.definition, place, next) })),
    [onChange],
  );
  return (
    <Grid gap="lg">
      <Grid.Col span={{ base: 12, lg: 8 }}>
        <Stack gap="lg">
          {/* The conditions stand outside: Enter in a value is no wish to save all of it. */}
          <form
            id={formId}
            onSubmit={(event) => {
              event.preventDefault();
              save.act();
            }}
          >
            <Head draft={draft} onChange={(part) => onChange(() => part)} />
          </form>
          {noNamesCame && <Problem error={noNamesCame} />}
          <Builder
            part={draft.definition}
            place="definition"
            names={names}
            self={self}
            told={told}
            onChange={change}
          />
          {save.error && <Problem error={save.error} />}
          <Group className="save-bar" wrap="nowrap">
            <BusyButton
              type="submit"
              form={formId}
              size="md"
              style={{ flex: 'none' }}
              busy={save.isBusy}
              disabled={toDo !== null}
            >
              {label}
            </BusyButton>
            <Text c="dimmed">{toDo ? `${toDo}.` : <Figure preview={preview.data} />}</Text>
          </Group>
        </Stack>
      </Grid.Col>
      <Grid.Col span={{ base: 12, lg: 4 }}>
        <Box className="beside">
          <CountPanel preview={preview} missing={missing} />
        </Box>
      </Grid.Col>
    </Grid>
  );
}

/** The count in short, for where the panel that tells it is far away. */
function Figure({ preview }: { preview: SegmentPreview | undefined }) {
  if (!preview) return null;
  return (
    <Text span hiddenFrom="lg">
      {!preview.isCounted && 'about '}
      {counted(preview.count, 'person', 'people')}
    </Text>
  );
}

function Head({
  draft,
  onChange,
}: {
  draft: WrittenSegment;
  onChange: (part: Partial<WrittenSegment>) => void;
}) {
  return (
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
          maxLength={2_000}
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
  );
}
