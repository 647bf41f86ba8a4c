import { Card, Checkbox, NumberInput, Select, SimpleGrid, Text, TextInput, Title } from '@mantine/core';
import { useState } from 'react';
import { changeProject, type Project } from '../../api/project.ts';
import { ActionForm } from '../../shell/action-form.tsx';
import { useAction } from '../../shell/use-action.ts';
import { countries } from '../../words/countries.ts';
import { shortOptions } from '../../words/short-options.ts';
import { timeZones } from '../../words/time-zones.ts';

const doubtChoices = [
  { value: 'resend', label: 'Send again (it may arrive twice)' },
  { value: 'leave', label: 'Leave it (it may never arrive)' },
];

/** Names, country, zone, and what is done where the law or a crash leaves a doubt. */
export function ProjectCard({ project }: { project: Project }) {
  const [draft, setDraft] = useState(project);
  const save = useAction(
    () => {
      const { name, brand, helpContact, defaultCountry, timeZone, caution, doubtPolicy } = draft;
      return changeProject({ name, brand, helpContact, defaultCountry, timeZone, caution, doubtPolicy });
    },
    { inPlace: true, done: 'Saved; it holds everywhere within seconds', refresh: [['project']] },
  );
  const change = (part: Partial<Project>) => setDraft((before) => ({ ...before, ...part }));
  const { doubtPolicy } = draft;
  const changeDoubt = (part: Partial<Project['doubtPolicy']>) =>
    change({ doubtPolicy: { ...doubtPolicy, ...part } });
  const text = (name: 'name' | 'brand' | 'helpContact') => ({
    value: draft[name],
    onChange: (event: { currentTarget: { value: string } }) => change({ [name]: event.currentTarget.value }),
  });
  return (
    <Card component="section" aria-labelledby="project">
      <Title order={2} id="project" mb="md">
        Project
      </Title>
      <ActionForm action={save} submit="Save project">
        <SimpleGrid cols={{ base: 1, xs: 2 }}>
          <TextInput label="Project name" description="Seen by you only" required {...text('name')} />
          <TextInput
            label="Brand"
            description="The answers to STOP and HELP begin with it"
            required
            {...text('brand')}
          />
          <TextInput
            label="Help contact"
            description="Email, number or page in the answers to STOP and HELP"
            {...text('helpContact')}
          />
          <Select
            label="Default country"
            description="For numbers written without a country code"
            data={countries}
            searchable
            allowDeselect={false}
            value={draft.defaultCountry}
            onChange={(value) => change({ defaultCountry: value ?? draft.defaultCountry })}
          />
          <Select
            label="Time zone"
            description="The clock of people whose place is not known"
            data={timeZones}
            filter={shortOptions}
            searchable
            allowDeselect={false}
            value={draft.timeZone}
            onChange={(value) => change({ timeZone: value ?? draft.timeZone })}
          />
        </SimpleGrid>
        <Checkbox
          label="Keep to voice-call hours with texts too"
          description="Where the law names quiet hours for calls and says nothing of texts, texts keep to them as well. See the table of hours in the documentation."
          checked={draft.caution}
          onChange={(event) => change({ caution: event.currentTarget.checked })}
        />
        <fieldset style={{ border: 0, padding: 0, margin: 0 }}>
          <legend style={{ fontWeight: 600, padding: 0, marginBottom: 8 }}>
            If it is not known whether a message left
          </legend>
          <Text size="sm" c="dimmed" mb="sm">
            When a connection breaks while a message is handed to its provider, the message is in doubt. The
            provider is asked first; where it cannot tell, this is done after the wait.
          </Text>
          <SimpleGrid cols={{ base: 1, xs: 2 }}>
            <Select
              label="Transactional messages"
              data={doubtChoices}
              allowDeselect={false}
              value={doubtPolicy.transactional}
              onChange={(value) => changeDoubt({ transactional: value === 'leave' ? 'leave' : 'resend' })}
            />
            <Select
              label="Promotional messages"
              data={doubtChoices}
              allowDeselect={false}
              value={doubtPolicy.promotional}
              onChange={(value) => changeDoubt({ promotional: value === 'resend' ? 'resend' : 'leave' })}
            />
            <NumberInput
              label="Wait, in seconds"
              min={10}
              max={86_400}
              value={doubtPolicy.graceSeconds}
              onChange={(value) => changeDoubt({ graceSeconds: Number(value) || 10 })}
            />
          </SimpleGrid>
        </fieldset>
      </ActionForm>
    </Card>
  );
}
