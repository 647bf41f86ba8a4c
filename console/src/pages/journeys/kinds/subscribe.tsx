import { Radio, Select, Stack, TextInput } from '@mantine/core';
import { IconChecklist } from '@tabler/icons-react';
import { without } from '../../segments/definition.ts';
import { withField } from '../fields/set-field.ts';
import { SubscriptionField } from '../fields/subscription-field.tsx';
import type { TileFormProps, TileLook } from './tile-look.ts';

/** Records an opt-in with the proof that came with the entry, or by a text of theirs. */
export const subscribeLook: TileLook = {
  ...{
    kind: 'subscribe',
    label: 'Opt in',
    hint: 'Record that they agreed, with the proof that came with the entry, or by their text',
  },
  ...{ Icon: IconChecklist, colour: 'orange', base: 'optIn' },
  begin: { kind: 'subscribe' },
  wayWords: (_tile, name) => (name === 'next' ? 'Recorded' : undefined),
  writes: ['channelId', 'messageTypeId', 'method', 'proof', 'reply'],
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
      <Radio.Group
        label="What proves it"
        value={tile.reply === true ? 'reply' : 'entry'}
        onChange={(by) =>
          onChange(
            by === 'reply'
              ? { ...without(without(tile, 'proof'), 'method'), reply: true }
              : without(tile, 'reply'),
          )
        }
      >
        <Stack mt="xs" gap="xs">
          <Radio value="entry" label="what came with their entry" />
          <Radio
            value="reply"
            label="their text"
            description="The last that this passage was given, or by which they came in; kept with what they were asked"
          />
        </Stack>
      </Radio.Group>
      {tile.reply !== true && <EntryProof tile={tile} onChange={onChange} />}
    </Stack>
  );
}

function EntryProof({ tile, onChange }: Pick<TileFormProps, 'tile' | 'onChange'>) {
  return (
    <>
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
    </>
  );
}
