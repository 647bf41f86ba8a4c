import { Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { changeProject, type Project } from '../../../api/project.ts';
import { ActionForm } from '../../../shell/action-form.tsx';
import { useAction } from '../../../shell/use-action.ts';

/** Asks for the brand before anything can go to real people: their answers to STOP and HELP begin with it. */
export function BrandStep({ project, onDone }: { project: Project; onDone: () => void }) {
  const [brand, setBrand] = useState(project.brand);
  const [helpContact, setHelpContact] = useState(project.helpContact);
  const save = useAction(() => changeProject({ brand: brand.trim(), helpContact: helpContact.trim() }), {
    inPlace: true,
    refresh: [['project']],
    after: onDone,
  });
  return (
    <ActionForm action={save} submit="Continue">
      <Text size="sm">
        Whoever texts STOP or HELP is answered in your brand’s name. Carriers look at these answers before
        they let a number send.
      </Text>
      <TextInput
        label="Brand"
        description="As your customers know you"
        required
        maxLength={100}
        value={brand}
        onChange={(event) => setBrand(event.currentTarget.value)}
      />
      <TextInput
        label="Help contact"
        description="An email address, a phone number or a page where people are helped"
        required
        value={helpContact}
        onChange={(event) => setHelpContact(event.currentTarget.value)}
      />
    </ActionForm>
  );
}
