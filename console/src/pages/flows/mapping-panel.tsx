import { Alert, Box, Card, Select, Stack, Switch, Text, TextInput, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { messageTypesQuery } from '../../api/channels.ts';
import { type Flow, type FlowMapping, mapFlow } from '../../api/flows.ts';
import { ActionForm } from '../../shell/action-form.tsx';
import { useAction } from '../../shell/use-action.ts';
import { mediumWords } from '../../words/message-statuses.ts';

type FieldType = FlowMapping['fields'][number]['type'];

const types: { value: FieldType; label: string }[] = [
  { value: 'string', label: 'Text' },
  { value: 'number', label: 'Number' },
  { value: 'boolean', label: 'Yes or no' },
  { value: 'date', label: 'Day' },
  { value: 'list', label: 'List' },
];

/** What an answer is kept as unless told, by what it is filled in with. */
const usualType = (part: string | null): FieldType => {
  if (part === 'CheckboxGroup' || part === 'ChipsSelector') return 'list';
  if (part === 'OptIn') return 'boolean';
  return part === 'DatePicker' ? 'date' : 'string';
};

/** What becomes of answers: into which fields they go, whether an event is tracked, to what people are opted in. */
export function MappingPanel({ flow }: { flow: Flow }) {
  const [mapping, setMapping] = useState(flow.mapping);
  const { data: messageTypes = [] } = useQuery(messageTypesQuery);
  const save = useAction(
    () => mapFlow(flow.id, { ...mapping, fields: mapping.fields.filter(({ field }) => field.trim() !== '') }),
    { inPlace: true, refresh: [['flows']], done: 'It holds for answers from now on' },
  );
  const setField = (answer: string, change: Partial<FlowMapping['fields'][number]>, part: string | null) => {
    const present = mapping.fields.find((each) => each.answer === answer);
    const next = { ...(present ?? { answer, field: '', type: usualType(part) }), ...change };
    setMapping({ ...mapping, fields: [...mapping.fields.filter((each) => each !== present), next] });
  };
  const setConsent = (answer: string, messageTypeId: number | null) =>
    setMapping({
      ...mapping,
      consents: [
        ...mapping.consents.filter((each) => each.answer !== answer),
        ...(messageTypeId === null ? [] : [{ answer, messageTypeId }]),
      ],
    });
  if (flow.fields.length === 0)
    return <Text c="dimmed">The form answers nothing yet: give what ends it a payload.</Text>;
  return (
    <Box maw={860}>
      <ActionForm action={save} submit="Save">
        <Stack gap="lg">
          {flow.fields.map(({ name, part, label }) => {
            const present = mapping.fields.find((each) => each.answer === name);
            const consent = mapping.consents.find((each) => each.answer === name);
            return (
              <Card key={name} component="section" aria-label={name}>
                <Stack gap="sm">
                  <div>
                    <Title order={2} size="h4">
                      <bdi>{label ?? name}</bdi>
                    </Title>
                    <Text size="sm" c="dimmed">
                      Answer “{name}”{part && `, filled in with ${part}`}
                    </Text>
                  </div>
                  <div className="flow-mapping">
                    <TextInput
                      label="Into the field"
                      placeholder="Nowhere"
                      maxLength={255}
                      value={present?.field ?? ''}
                      onChange={(event) => setField(name, { field: event.currentTarget.value.trim() }, part)}
                    />
                    <Select
                      label="As"
                      allowDeselect={false}
                      data={types}
                      value={present?.type ?? usualType(part)}
                      onChange={(type) => type && setField(name, { type }, part)}
                    />
                  </div>
                  {part === 'OptIn' && (
                    <>
                      <Select
                        label="A yes opts in to"
                        description="The words above are kept as the proof, with the day and where they came from"
                        placeholder="Nothing"
                        clearable
                        clearButtonProps={{ 'aria-label': 'Opt in to nothing' }}
                        data={messageTypes.map(({ id, name: type, medium }) => ({
                          value: String(id),
                          label: `${type}, ${mediumWords(medium)}`,
                        }))}
                        value={consent ? String(consent.messageTypeId) : null}
                        onChange={(id) => setConsent(name, id === null ? null : Number(id))}
                      />
                      {label === null && (
                        <Alert color="orange">
                          Its words are filled in for each person: write them out, or they prove nothing.
                        </Alert>
                      )}
                    </>
                  )}
                </Stack>
              </Card>
            );
          })}
          <Card component="section" aria-label="Event">
            <Stack gap="sm">
              <Switch
                label="Track an event with each answer"
                description="It holds all answers; segments and journeys go by it"
                checked={mapping.eventName !== null}
                onChange={(event) =>
                  setMapping({ ...mapping, eventName: event.currentTarget.checked ? 'flowAnswered' : null })
                }
              />
              {mapping.eventName !== null && (
                <TextInput
                  label="Event"
                  required
                  maxLength={255}
                  maw={420}
                  value={mapping.eventName}
                  onChange={(event) => setMapping({ ...mapping, eventName: event.currentTarget.value })}
                />
              )}
            </Stack>
          </Card>
        </Stack>
      </ActionForm>
    </Box>
  );
}
