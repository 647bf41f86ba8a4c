import { Button, Group, Radio, Stack } from '@mantine/core';
import { useState } from 'react';
import type { Wire } from '../../../api/provider-accounts.ts';
import { wireWords } from '../account-fields.ts';

/** What each provider is taken for; one that is not here is told by its media alone. */
const about: Readonly<Record<string, string>> = {
  twilio: 'Texts and pictures to phones everywhere, from numbers that you rent there.',
  meta: 'WhatsApp by Meta’s Cloud API, straight and without a reseller.',
  smtp: 'Email by any provider that gives you an SMTP server: Amazon SES, Postmark, Google Workspace, your own.',
};

/** Chooses the provider. */
export function ProviderStep({
  wires,
  chosen,
  onBack,
  onDone,
}: {
  wires: readonly Wire[];
  chosen: string | null;
  onBack: () => void;
  onDone: (wire: Wire) => void;
}) {
  const [name, setName] = useState(chosen ?? wires[0]?.name ?? '');
  const wire = wires.find((each) => each.name === name);
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (wire) onDone(wire);
      }}
    >
      <Stack>
        <Radio.Group label="With whom do you send?" value={name} onChange={setName}>
          <Stack gap="sm" mt="xs">
            {wires.map((each) => (
              <Radio
                key={each.name}
                value={each.name}
                label={wireWords(each)}
                description={about[each.name]}
              />
            ))}
          </Stack>
        </Radio.Group>
        <Group justify="space-between">
          <Button variant="default" onClick={onBack}>
            Back
          </Button>
          <Button type="submit">Continue</Button>
        </Group>
      </Stack>
    </form>
  );
}
