import { Select, Stack, Switch, TextInput } from '@mantine/core';
import { IconHourglass } from '@tabler/icons-react';
import { isPart, type Part, without } from '../../segments/definition.ts';
import { end } from '../document.ts';
import { DefinitionField } from '../fields/definition-field.tsx';
import { EventNameField } from '../fields/event-name.tsx';
import { JsonField } from '../fields/json-field.tsx';
import { LengthField } from '../fields/length-field.tsx';
import { withField } from '../fields/set-field.ts';
import { TextsField } from '../fields/texts-field.tsx';
import { WhereField } from '../fields/where-field.tsx';
import { Branches } from './branches.tsx';
import type { TileFormProps, TileLook } from './tile-look.ts';

/** Holds people until something happens. */
export const waitForLook: TileLook = {
  ...{
    kind: 'waitFor',
    label: 'Wait for',
    hint: 'Until they click, answer, buy, do something; or a time is over',
  },
  ...{ Icon: IconHourglass, colour: 'teal', base: 'waitFor' },
  begin: {
    kind: 'waitFor',
    branches: [{ name: 'clicked', for: { click: true }, next: end }],
    within: { hours: 24 },
    timeout: end,
  },
  writes: ['branches', 'since', 'sameKey', 'within'],
  Form: WaitForForm,
};

/** What may be waited for, and what it begins with. */
const occurrences = [
  { value: 'click', label: 'They tap a link of the last message', begin: true },
  { value: 'reply', label: 'They write to us', begin: {} },
  { value: 'message', label: 'Something becomes of the last message', begin: 'delivered' },
  { value: 'event', label: 'They do something (an event)', begin: { name: '' } },
  { value: 'purchase', label: 'They buy something', begin: {} },
  { value: 'becomes', label: 'Conditions hold of them', begin: { all: [] } },
] as const;

function WaitForForm({ tile, onChange }: TileFormProps) {
  const isBounded = tile.within !== undefined;
  const ofEvents = JSON.stringify(tile.branches ?? []).match(/"(event|purchase)":/);
  return (
    <Stack>
      <Branches tile={tile} what="branch" most={10} begin={{ for: { click: true } }} onChange={onChange}>
        {(branch, set) => (
          <OccurrenceForm
            occurrence={isPart(branch.for) ? branch.for : {}}
            onChange={(next, what) => set({ ...branch, for: next }, what)}
          />
        )}
      </Branches>
      <Switch
        label="Only for some time"
        description="Who has waited that long goes by the way “Timed out”"
        checked={isBounded}
        onChange={(event) =>
          onChange(
            event.currentTarget.checked
              ? { ...tile, within: { hours: 24 }, timeout: end }
              : without(without(tile, 'within'), 'timeout'),
          )
        }
      />
      {isBounded && (
        <LengthField
          label="At most"
          length={tile.within}
          onChange={(within) => onChange({ ...tile, within }, 'within')}
        />
      )}
      <Select
        label="What has happened already counts"
        allowDeselect={false}
        data={[
          { value: 'lastMessage', label: 'since their last message' },
          { value: 'entry', label: 'since they entered' },
          { value: 'arrival', label: 'since they came to this tile' },
        ]}
        value={typeof tile.since === 'string' ? tile.since : 'lastMessage'}
        onChange={(since) =>
          onChange(withField(tile, 'since', since === 'lastMessage' ? undefined : (since ?? undefined)))
        }
      />
      {(ofEvents || tile.sameKey !== undefined) && (
        <TextInput
          label="Only events of the same passage"
          description="The field of the event that holds what passages are told apart by, such as orderId; empty for any"
          maxLength={255}
          value={String(tile.sameKey ?? '')}
          onChange={(event) =>
            onChange(withField(tile, 'sameKey', event.currentTarget.value || undefined), 'sameKey')
          }
        />
      )}
    </Stack>
  );
}

/** One thing that may happen. */
function OccurrenceForm({
  occurrence,
  onChange,
}: {
  occurrence: Part;
  onChange: (occurrence: Part, what?: string) => void;
}) {
  const kind = occurrences.find(({ value }) => occurrence[value] !== undefined);
  const known = Object.keys(occurrence).length <= 1;
  if (!known || (!kind && Object.keys(occurrence).length > 0))
    return (
      <JsonField
        label="What is waited for, as JSON"
        value={occurrence}
        isObject
        onChange={(value) => isPart(value) && onChange(value, 'for')}
      />
    );
  return (
    <>
      <Select
        label="When"
        allowDeselect={false}
        placeholder="Choose"
        data={occurrences.map(({ value, label }) => ({ value, label }))}
        value={kind?.value ?? null}
        onChange={(next) => {
          const chosen = occurrences.find(({ value }) => value === next);
          if (chosen && chosen !== kind) onChange({ [chosen.value]: chosen.begin });
        }}
      />
      {kind && <OccurrenceDetails kind={kind.value} occurrence={occurrence} onChange={onChange} />}
    </>
  );
}

function OccurrenceDetails({
  kind,
  occurrence,
  onChange,
}: {
  kind: (typeof occurrences)[number]['value'];
  occurrence: Part;
  onChange: (occurrence: Part, what?: string) => void;
}) {
  const of = isPart(occurrence[kind]) ? occurrence[kind] : {};
  switch (kind) {
    case 'event':
      return (
        <>
          <EventNameField
            label="They do"
            name={of.name}
            onChange={(name) => onChange({ event: { ...of, name } }, 'event')}
          />
          <WhereField
            where={of.where}
            event={String(of.name ?? '')}
            add="Only those where …"
            onChange={(where) => onChange({ event: withField(of, 'where', where) }, 'where')}
          />
        </>
      );
    case 'purchase':
      return (
        <WhereField
          where={of.where}
          event="purchase"
          add="Only purchases where …"
          onChange={(where) => onChange({ purchase: withField(of, 'where', where) }, 'where')}
        />
      );
    case 'message':
      return (
        <Select
          label="It is"
          allowDeselect={false}
          data={[
            { value: 'delivered', label: 'delivered' },
            { value: 'read', label: 'read' },
            { value: 'failed', label: 'not delivered' },
          ]}
          value={String(occurrence.message)}
          onChange={(message) => message && onChange({ message })}
        />
      );
    case 'reply':
      return <TextsField of={of} onChange={(reply) => onChange({ reply })} />;
    case 'becomes':
      return (
        <DefinitionField
          label="What holds of them"
          definition={occurrence.becomes}
          onChange={(definition) => onChange({ becomes: definition }, 'becomes')}
        />
      );
    default:
      return null;
  }
}
