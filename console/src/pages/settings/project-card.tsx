import {
  Card,
  Checkbox,
  Group,
  NumberInput,
  Select,
  SimpleGrid,
  Stack,
  TextInput,
  Title,
} from '@mantine/core';
import { useState } from 'react';
import { changeProject, type Project } from '../../api/project.ts';
import { BusyButton } from '../../shell/busy-button.tsx';
import { Problem } from '../../shell/problem.tsx';
import { useAction } from '../../shell/use-action.ts';
import { countries } from '../../words/countries.ts';

const doubtChoices = [
  { value: 'resend', label: 'Send it again' },
  { value: 'leave', label: 'Leave it' },
];

/** Names, country, zone, and what is done where the law or a crash leaves a doubt. */
export function ProjectCard({ project }: { project: Project }) {
  const [draft, setDraft] = useState(project);
  const save = useAction(
    () => {
      const { id: _, frequencyCaps: __, ...changes } = draft;
      return changeProject(changes);
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
      <form
        onSubmit={(event) => {
          event.preventDefault();
          save.act();
        }}
      >
        <Stack>
          <SimpleGrid cols={{ base: 1, xs: 2 }}>
            <TextInput label="Name" required {...text('name')} />
            <TextInput
              label="Brand"
              description="As people see it in confirmations"
              required
              {...text('brand')}
            />
            <TextInput
              label="Help contact"
              description="Where the answer to HELP sends people"
              {...text('helpContact')}
            />
            <Select
              label="Default country"
              description="How numbers without +country are read"
              data={countries}
              searchable
              allowDeselect={false}
              value={draft.defaultCountry}
              onChange={(value) => change({ defaultCountry: value ?? draft.defaultCountry })}
            />
            <Select
              label="Time zone"
              description="Of schedules by your own clock"
              data={Intl.supportedValuesOf('timeZone')}
              searchable
              allowDeselect={false}
              value={draft.timeZone}
              onChange={(value) => change({ timeZone: value ?? draft.timeZone })}
            />
          </SimpleGrid>
          <Checkbox
            label="Be cautious with hours"
            description="Where only voice calls have quiet hours by law, keep to them with texts too"
            checked={draft.caution}
            onChange={(event) => change({ caution: event.currentTarget.checked })}
          />
          <fieldset style={{ border: 0, padding: 0, margin: 0 }}>
            <legend style={{ fontWeight: 600, padding: 0, marginBottom: 8 }}>
              A message in doubt that nobody can settle
            </legend>
            <SimpleGrid cols={{ base: 1, xs: 3 }}>
              <Select
                label="Transactional"
                data={doubtChoices}
                allowDeselect={false}
                value={doubtPolicy.transactional}
                onChange={(value) => changeDoubt({ transactional: value === 'leave' ? 'leave' : 'resend' })}
              />
              <Select
                label="Promotional"
                data={doubtChoices}
                allowDeselect={false}
                value={doubtPolicy.promotional}
                onChange={(value) => changeDoubt({ promotional: value === 'resend' ? 'resend' : 'leave' })}
              />
              <NumberInput
                label="After seconds"
                min={10}
                max={86_400}
                value={doubtPolicy.graceSeconds}
                onChange={(value) => changeDoubt({ graceSeconds: Number(value) || 10 })}
              />
            </SimpleGrid>
          </fieldset>
          {save.error && <Problem error={save.error} />}
          <Group>
            <BusyButton type="submit" busy={save.isBusy}>
              Save project
            </BusyButton>
          </Group>
        </Stack>
      </form>
    </Card>
  );
}
