import { Button, Collapse, Group, Stack, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useState } from 'react';
import { checkDraft, type Finding, type FoundNumber, type Wire } from '../../../api/provider-accounts.ts';
import { BusyButton } from '../../../shell/busy-button.tsx';
import { Problem } from '../../../shell/problem.tsx';
import { useAction } from '../../../shell/use-action.ts';
import { type AccountField, fieldsOf } from '../account-fields.ts';
import { SecretInput, SettingInput } from '../field-inputs.tsx';
import { FindingList } from '../finding-list.tsx';
import { type Connecting, upTo } from './connecting.ts';

/** Asks for the values of a step and has them looked at with the provider; goes on where nothing is wrong. */
export function ValuesStep({
  step,
  connecting,
  onChange,
  onBack,
  onDone,
}: {
  step: Wire['steps'][number];
  connecting: Connecting;
  onChange: (connecting: Connecting) => void;
  onBack: () => void;
  onDone: (findings: Finding[], numbers: FoundNumber[] | null) => void;
}) {
  const { wire } = connecting;
  const [faulty, setFaulty] = useState<Finding[]>([]);
  const check = useAction(() => checkDraft(upTo(connecting, step.name)), {
    inPlace: true,
    after: ({ findings, numbers }) => {
      const isFaulty = findings.some(isInTheWay);
      setFaulty(isFaulty ? findings : []);
      if (!isFaulty) onDone(findings, numbers);
    },
  });
  const settings = fieldsOf(wire.settings).filter(({ name }) => step.fields.includes(name));
  const secrets = fieldsOf(wire.secrets).filter(({ name }) => step.fields.includes(name));
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        check.act();
      }}
    >
      <Stack>
        {step.about !== '' && <Text size="sm">{step.about}</Text>}
        {settings
          .filter((field) => !isFolded(field))
          .map((field) => (
            <Setting key={field.name} field={field} connecting={connecting} onChange={onChange} />
          ))}
        {secrets.map((field) => (
          <SecretInput
            key={field.name}
            field={field}
            description={field.where}
            required={!field.isOptional}
            value={connecting.secrets[field.name] ?? ''}
            onChange={(value) =>
              onChange({ ...connecting, secrets: { ...connecting.secrets, [field.name]: value } })
            }
          />
        ))}
        <Folded fields={settings.filter(isFolded)} connecting={connecting} onChange={onChange} />
        {check.error && <Problem error={check.error} />}
        {faulty.length > 0 && !check.isBusy && (
          <div role="alert">
            <FindingList label="What was found" findings={faulty} />
          </div>
        )}
        <Group justify="space-between">
          <Button variant="default" onClick={onBack}>
            Back
          </Button>
          <BusyButton type="submit" busy={check.isBusy}>
            {wire.isChecked ? 'Check and continue' : 'Continue'}
          </BusyButton>
        </Group>
      </Stack>
    </form>
  );
}

/** What whoever runs Carillon has to mend keeps nobody from connecting: it is shown, and the account can wait for it. */
const isInTheWay = ({ state, mendedBy }: Finding) => state === 'fault' && mendedBy !== 'operator';

/** What nearly everybody has alike is out of the way. */
const isFolded = ({ kind, usual }: AccountField) => kind === 'text' && usual !== undefined;

function Setting({
  field,
  connecting,
  onChange,
}: {
  field: AccountField;
  connecting: Connecting;
  onChange: (connecting: Connecting) => void;
}) {
  return (
    <SettingInput
      field={field}
      value={connecting.settings[field.name]}
      onChange={(value) =>
        onChange({ ...connecting, settings: { ...connecting.settings, [field.name]: value } })
      }
    />
  );
}

function Folded({
  fields,
  connecting,
  onChange,
}: {
  fields: readonly AccountField[];
  connecting: Connecting;
  onChange: (connecting: Connecting) => void;
}) {
  const [opened, { toggle }] = useDisclosure();
  if (fields.length === 0) return null;
  return (
    <div>
      <Button size="xs" variant="subtle" px={0} aria-expanded={opened} onClick={toggle}>
        More settings
      </Button>
      <Collapse expanded={opened}>
        <Stack mt="xs">
          {fields.map((field) => (
            <Setting key={field.name} field={field} connecting={connecting} onChange={onChange} />
          ))}
        </Stack>
      </Collapse>
    </div>
  );
}
