import { Select, Stack, TextInput } from '@mantine/core';
import { IconChecklist } from '@tabler/icons-react';
import { withField } from '../fields/set-field.ts';
import { SubscriptionField } from '../fields/subscription-field.tsx';
import type { TileFormProps, TileLook } from './tile-look.ts';

/** Records an opt-in with the proof that came with the entry. */
export const subscribeLook: TileLook = {
  ...{
    kind: 'subscribe',
    label: 'Opt in',
    hint: 'Record that they agreed, with the proof that came with the entry',
  },
  ...{ Icon: IconChecklist, colour: 'orange', base: 'optIn' },
  begin: { kind: 'subscribe' },
  wayWords: (_tile, name) => (name === 'next' ? 'Recorded' : undefined),
  writes: ['channelId', 'messageTypeId', 'method', 'proof'],
  Form: SubscribeForm,
};

const methods = [
  { value: 'api', label: 'not said (undoes no opt-out)' },
  { value: 'webForm', label: 'a form on the web' },
  { value: 'paper', label: 'on paper' },
  { value: 'inPerson', label: 'in person' },
  { value: 'doubleOptIn', label: 'confirmed opt-in' },
  { value: 'keyword', label: 'a keyword' },
];

function SubscribeForm({ tile, onChange }: TileFormProps) {
  return (
    <Stack>
      <SubscriptionField label="Opted in to" of={tile} onChange={onChange} />
      <Select
        label="By which means they agreed"
        allowDeselect={false}
        data={methods}
        value={typeof tile.method === 'string' ? tile.method : 'api'}
        onChange={(method) =>
          onChange(withField(tile, 'method', method === 'api' ? undefined : (method ?? undefined)))
        }
      />
      <TextInput
        label="Where the proof stands in the entry"
        description="An object with address, source, wording and happenedAt, perhaps ip; consent where nothing is written. Without it nobody is opted in"
        maxLength={255}
        placeholder="consent"
        value={Array.isArray(tile.proof) ? tile.proof.join('.') : String(tile.proof ?? '')}
        onChange={(event) =>
          onChange(withField(tile, 'proof', event.currentTarget.value || undefined), 'proof')
        }
      />
    </Stack>
  );
}
