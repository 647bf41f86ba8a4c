import { NumberInput, Radio, Select, Stack, Switch, Text, Textarea, TextInput } from '@mantine/core';
import { IconSettings } from '@tabler/icons-react';
import { useState } from 'react';
import { type Journey, renameJourney } from '../../../api/journeys.ts';
import { BusyButton } from '../../../shell/busy-button.tsx';
import { NumberField } from '../../../shell/number-field.tsx';
import { useAction } from '../../../shell/use-action.ts';
import { isPart, type Part } from '../../segments/definition.ts';
import type { JourneyDocument } from '../document.ts';
import type { PlacedFault } from '../faults.ts';
import { LengthField } from '../fields/length-field.tsx';
import { withField } from '../fields/set-field.ts';
import type { ChangeDocument } from '../use-drawing.ts';
import { PanelFrame, PanelPart, type TakesFocus } from './panel.tsx';

/** How often people may enter, how long they may stay, who gets nothing, and what the journey is called. */
export function SettingsPanel({
  journey,
  document,
  faults,
  takesFocus,
  isEditable,
  onChange,
  onClose,
}: {
  journey: Journey;
  document: JourneyDocument;
  faults: readonly PlacedFault[];
  takesFocus: TakesFocus;
  isEditable: boolean;
  onChange: ChangeDocument;
  onClose: () => void;
}) {
  const { entry } = document;
  const setEntry = (name: string, value: unknown, what = name) =>
    onChange((before) => ({ ...before, entry: withField(before.entry, name, value) }), `settings ${what}`);
  const set = (name: string, value: unknown) =>
    onChange((before) => withField(before as Part, name, value) as JourneyDocument, `settings ${name}`);
  return (
    <PanelFrame title="Settings" Icon={IconSettings} colour="gray" {...{ takesFocus, faults, onClose }}>
      <NameForm key={`${journey.name} ${journey.description}`} journey={journey} />
      {isEditable && (
        <>
          <PanelPart title="How often">
            <OptionalNumber
              label="Passages of one person in all"
              description="Any number where nothing is written"
              value={entry.lifetime}
              onChange={(lifetime) => setEntry('lifetime', lifetime)}
            />
            <NumberField
              label="Under way at once"
              min={1}
              max={1_000}
              allowDecimal={false}
              value={Number(entry.atOnce ?? 1)}
              onChange={(atOnce) => setEntry('atOnce', atOnce)}
            />
            <OptionalLength
              label="Some time has to lie between two entries"
              length={entry.apart}
              begin={{ hours: 24 }}
              onChange={(apart) => setEntry('apart', apart)}
            />
            <RateForm rate={entry.rate} onChange={(rate, what) => setEntry('rate', rate, what)} />
            <OptionalLength
              label="What happened long ago lets nobody in"
              description="24 hours unless said: older events are history that is filled in"
              length={entry.oldest}
              begin={{ hours: 24 }}
              onChange={(oldest) => setEntry('oldest', oldest)}
            />
          </PanelPart>
          <PanelPart title="Who gets nothing">
            <NumberField
              label="Held out, of a hundred"
              description="So many who enter walk through it and get no message, always the same people, so that one sees what it brings"
              min={0}
              max={50}
              value={Number(entry.holdout ?? 0)}
              onChange={(holdout) => setEntry('holdout', holdout === 0 ? undefined : holdout)}
            />
          </PanelPart>
          <PanelPart title="Where not all can go at once">
            <Select
              label="Its people and messages go"
              description="Where many are due at one instant, and where two messages want the last one that a person may get"
              allowDeselect={false}
              data={[
                { value: 'high', label: 'before those of other journeys' },
                { value: 'usual', label: 'in the order in which they came' },
                { value: 'low', label: 'after those of other journeys' },
              ]}
              value={typeof document.priority === 'string' ? document.priority : 'usual'}
              onChange={(value) => set('priority', value === 'usual' || value === null ? undefined : value)}
            />
          </PanelPart>
          <PanelPart title="How long">
            <NumberField
              label="Nobody stays for more days than"
              min={1}
              max={3_650}
              allowDecimal={false}
              value={Number(document.longestLifeDays ?? 400)}
              onChange={(days) => set('longestLifeDays', days)}
            />
            <Select
              label="Who opts out of all that it sends"
              allowDeselect={false}
              data={[
                { value: 'unsaid', label: 'leaves where it sends promotional messages only' },
                { value: 'leave', label: 'leaves' },
                { value: 'stay', label: 'stays, and gets none of it' },
              ]}
              value={typeof document.onOptOut === 'string' ? document.onOptOut : 'unsaid'}
              onChange={(value) => set('onOptOut', value === 'unsaid' || value === null ? undefined : value)}
            />
            <Radio.Group
              label="Who was due while the journey was paused"
              value={document.overdue === 'leave' ? 'leave' : 'goOn'}
              onChange={(value) => set('overdue', value === 'leave' ? 'leave' : undefined)}
            >
              <Stack mt="xs" gap="xs">
                <Radio value="goOn" label="goes on when it is resumed" />
                <Radio value="leave" label="leaves" />
              </Stack>
            </Radio.Group>
          </PanelPart>
          <Text size="sm" c="dimmed">
            What passages are told apart by stands at the entry; by whose clock a wait goes, at the wait.
          </Text>
        </>
      )}
    </PanelFrame>
  );
}

function NameForm({ journey }: { journey: Journey }) {
  const [name, setName] = useState(journey.name);
  const [description, setDescription] = useState(journey.description);
  const save = useAction(() => renameJourney(journey.id, name.trim(), description.trim()), {
    done: 'Saved',
    refresh: [['journeys']],
  });
  const isOther = name !== journey.name || description !== journey.description;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (isOther && name.trim() !== '') save.act();
      }}
    >
      <Stack gap="sm">
        <TextInput
          label="Name of the journey"
          required
          maxLength={255}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <Textarea
          label="Description"
          autosize
          maxLength={2_000}
          value={description}
          onChange={(event) => setDescription(event.currentTarget.value)}
        />
        {isOther && (
          <BusyButton
            type="submit"
            size="sm"
            w="fit-content"
            busy={save.isBusy}
            disabled={name.trim() === ''}
          >
            Save name and description
          </BusyButton>
        )}
      </Stack>
    </form>
  );
}

function OptionalNumber({
  label,
  description,
  value,
  onChange,
}: {
  label: string;
  description: string;
  value: unknown;
  onChange: (value: number | undefined) => void;
}) {
  return (
    <NumberInput
      label={label}
      description={description}
      min={1}
      allowDecimal={false}
      value={typeof value === 'number' ? value : ''}
      onChange={(next) => {
        if (next === '') onChange(undefined);
        else if (typeof next === 'number' && next >= 1) onChange(next);
      }}
    />
  );
}

/** How many may enter in an hour or a day. */
function RateForm({ rate, onChange }: { rate: unknown; onChange: (rate: unknown, what?: string) => void }) {
  const given = isPart(rate) ? rate : null;
  return (
    <Stack gap="xs">
      <Switch
        label="At most so many enter in an hour or a day"
        description="So that not all who come at once are texted at once, and your shop is not full"
        checked={given !== null}
        onChange={(event) =>
          onChange(event.currentTarget.checked ? { people: 1_000, per: 'hour' } : undefined)
        }
      />
      {given && (
        <>
          <div className="condition-line">
            <NumberField
              label="At most"
              className="short-field"
              min={1}
              max={1_000_000_000}
              allowDecimal={false}
              value={Number(given.people ?? 1)}
              onChange={(people) => onChange({ ...given, people }, 'rate people')}
            />
            <Select
              label="In each"
              className="short-field"
              allowDeselect={false}
              data={[
                { value: 'hour', label: 'hour' },
                { value: 'day', label: 'day' },
              ]}
              value={given.per === 'day' ? 'day' : 'hour'}
              onChange={(per) => per && onChange({ ...given, per })}
            />
          </div>
          <Radio.Group
            label="Whoever comes when there is no room"
            value={given.over === 'refuse' ? 'refuse' : 'wait'}
            onChange={(over) => onChange(withField(given, 'over', over === 'refuse' ? 'refuse' : undefined))}
          >
            <Stack mt="xs" gap="xs">
              <Radio value="wait" label="waits, and enters in their turn" />
              <Radio value="refuse" label="does not enter" />
            </Stack>
          </Radio.Group>
        </>
      )}
    </Stack>
  );
}

function OptionalLength({
  label,
  description,
  length,
  begin,
  onChange,
}: {
  label: string;
  description?: string;
  length: unknown;
  begin: { hours: number };
  onChange: (length: unknown) => void;
}) {
  return (
    <Stack gap="xs">
      <Switch
        label={label}
        description={description}
        checked={length !== undefined}
        onChange={(event) => onChange(event.currentTarget.checked ? begin : undefined)}
      />
      {length !== undefined && <LengthField label="At least" length={length} onChange={onChange} />}
    </Stack>
  );
}
