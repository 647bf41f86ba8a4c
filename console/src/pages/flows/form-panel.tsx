import { Alert, Card, Code, Grid, Group, List, Stack, Text, Textarea, Title } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { type Flow, type FlowCheck, flowCheckQuery, saveFlowVersion } from '../../api/flows.ts';
import { BusyButton } from '../../shell/busy-button.tsx';
import { LeaveQuestion } from '../../shell/leave-question.tsx';
import { useAction } from '../../shell/use-action.ts';
import { counted } from '../../words/formats.ts';
import { FlowPhone } from './flow-phone.tsx';

const written = (json: unknown) => JSON.stringify(json, null, 2);
/** So long after the last key the JSON is checked, in ms. */
const checkAfter = 300;

type Read = { json: Record<string, unknown> } | { fault: string };

/** A text as the JSON object that it is, or why it is none. */
function readJson(text: string): Read {
  try {
    const json: unknown = JSON.parse(text);
    if (typeof json !== 'object' || json === null || Array.isArray(json))
      return { fault: 'It must be an object: {"version": …, "screens": […]}.' };
    return { json: { ...json } };
  } catch (error) {
    return { fault: error instanceof Error ? error.message : 'It is not JSON.' };
  }
}

/** A flow's form as JSON, with its faults as one writes, and a phone on which it can be tried. */
export function FormPanel({ flow }: { flow: Flow }) {
  const saved = useMemo(() => written(flow.json), [flow.json]);
  const [draft, setDraft] = useState<{ text: string; after: number } | null>(null);
  const text = draft?.text ?? saved;
  const [settled] = useDebouncedValue(text, checkAfter);
  const read = useMemo(() => readJson(settled), [settled]);
  const json = 'json' in read ? read.json : null;
  const { data: check } = useQuery({ ...flowCheckQuery(json), placeholderData: keepPreviousData });
  const isDraft = flow.status === 'DRAFT';
  const isChanged = draft !== null && draft.text !== saved;
  const faults = check?.faults ?? [];
  const save = useAction(() => saveFlowVersion(flow.id, json ?? {}, draft?.after ?? flow.version), {
    ...{ refresh: [['flows']], done: ({ version }) => `Saved as version ${version}` },
    after: () => setDraft(null),
  });
  const isBehind = draft !== null && draft.after < flow.version;
  return (
    <Grid gap="lg">
      <LeaveQuestion what="form" isAsked={() => isChanged} />
      <Grid.Col span={{ base: 12, lg: 7 }}>
        <Card component="section" aria-labelledby="json">
          <Stack>
            <Group justify="space-between">
              <Title order={2} id="json">
                The form
              </Title>
              {isDraft && (
                <BusyButton
                  busy={save.isBusy}
                  disabled={!isChanged || json === null || faults.length > 0 || settled !== text}
                  onClick={() => save.act()}
                >
                  Save version
                </BusyButton>
              )}
            </Group>
            {!isDraft && (
              <Text size="sm" c="dimmed">
                A flow that was published stays as it is. Clone it to change it.
              </Text>
            )}
            {isBehind && (
              <Alert color="orange" title="Somebody else has saved a version meanwhile">
                Copy what you wrote, reload the page, and write it into the newest version.
              </Alert>
            )}
            <Textarea
              aria-label="Flow JSON"
              autosize
              minRows={16}
              maxRows={28}
              spellCheck={false}
              readOnly={!isDraft}
              styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)', fontSize: 13 } }}
              value={text}
              onChange={(event) => {
                const next = event.currentTarget.value;
                setDraft((before) => ({ text: next, after: before?.after ?? flow.version }));
              }}
            />
            <Faults read={read} faults={faults} />
          </Stack>
        </Card>
      </Grid.Col>
      <Grid.Col span={{ base: 12, lg: 5 }}>
        <Card component="section" aria-labelledby="try">
          <Stack>
            <Title order={2} id="try">
              Try it
            </Title>
            {json === null ? (
              <Text c="dimmed">The form is shown once it is JSON again.</Text>
            ) : (
              <FlowPhone key={written(json)} json={json} exchange={flow.exchange} />
            )}
          </Stack>
        </Card>
      </Grid.Col>
    </Grid>
  );
}

/** What is wrong with the form, each fault with its place and what to do. */
function Faults({ read, faults }: { read: Read; faults: FlowCheck['faults'] }) {
  const isNone = 'fault' in read;
  const title = isNone
    ? 'This is not JSON'
    : faults.length === 0
      ? 'Nothing is wrong with it'
      : `${counted(faults.length, 'thing is', 'things are')} wrong`;
  return (
    <Alert
      color={isNone || faults.length > 0 ? 'red' : 'green'}
      title={title}
      role="status"
      aria-live="polite"
    >
      {isNone && read.fault}
      {!isNone && faults.length > 0 && (
        <List size="sm" spacing="xs">
          {faults.map(({ path, fault, remedy }) => (
            <List.Item key={`${path} ${fault}`}>
              <Code className="anywhere">{path}</Code> {fault}. {remedy}
            </List.Item>
          ))}
        </List>
      )}
      {!isNone && faults.length === 0 && 'Meta looks at it as it is saved.'}
    </Alert>
  );
}
