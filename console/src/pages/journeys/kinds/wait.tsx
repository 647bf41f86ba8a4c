import { Checkbox, Group, Select, Stack } from '@mantine/core';
import { IconClock } from '@tabler/icons-react';
import { NumberField } from '../../../shell/number-field.tsx';
import { isPart, type Part, without } from '../../segments/definition.ts';
import { ZoneField } from '../../segments/zone-field.tsx';
import { ClockField } from '../fields/clock-field.tsx';
import { DatePathField, DayOffsetFields } from '../fields/date-fields.tsx';
import { LengthField } from '../fields/length-field.tsx';
import { withField } from '../fields/set-field.ts';
import type { TileFormProps, TileLook } from './tile-look.ts';

/** Lets time go by. */
export const waitLook: TileLook = {
  ...{ kind: 'wait', label: 'Wait', hint: 'An hour, three days, until Monday at nine, until a date' },
  ...{ Icon: IconClock, colour: 'teal', base: 'wait' },
  begin: { kind: 'wait', for: { hours: 1 } },
  wayWords: (_tile, name) => ({ next: 'When it is time', skipped: 'Too late' })[name],
  writes: ['for', 'days', 'at', 'until', 'untilDate', 'zone'],
  Form: WaitForm,
};

const forms = [
  { value: 'for', label: 'So many hours or minutes', begin: { hours: 1 } },
  { value: 'days', label: 'Days of the calendar', begin: 1 },
  { value: 'until', label: 'Until a time of the day comes', begin: { at: '09:00' } },
  { value: 'untilDate', label: 'Until a date of theirs', begin: { path: '' } },
] as const;

const weekdays = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'];
const capital = (word: string) => word.charAt(0).toUpperCase() + word.slice(1);

function WaitForm({ tile, onChange }: TileFormProps) {
  const form = forms.find(({ value }) => tile[value] !== undefined) ?? forms[0];
  const choose = (next: string | null) => {
    const chosen = forms.find(({ value }) => value === next);
    if (!chosen || chosen === form) return;
    const bare = [...forms.map(({ value }) => value), 'at', 'skipped', 'noDate'].reduce(without, tile);
    onChange({ ...bare, [chosen.value]: chosen.begin });
  };
  return (
    <Stack>
      <Select
        label="How long"
        allowDeselect={false}
        data={forms.map(({ value, label }) => ({ value, label }))}
        value={form.value}
        onChange={choose}
      />
      <Details form={form.value} tile={tile} onChange={onChange} />
      {form.value !== 'for' && (
        <ZoneField
          label="By the clock"
          zone={tile.zone ?? 'person'}
          onChange={(zone) => onChange({ ...tile, zone })}
        />
      )}
    </Stack>
  );
}

function Details({
  form,
  tile,
  onChange,
}: Pick<TileFormProps, 'tile' | 'onChange'> & { form: (typeof forms)[number]['value'] }) {
  if (form === 'for')
    return (
      <LengthField
        label="Wait"
        length={tile.for}
        onChange={(length) => onChange({ ...tile, for: length }, 'for')}
      />
    );
  if (form === 'days')
    return (
      <div className="condition-line">
        <NumberField
          label="Days"
          className="short-field"
          min={0}
          max={3_650}
          allowDecimal={false}
          value={Number(tile.days ?? 1)}
          onChange={(days) => onChange({ ...tile, days }, 'days')}
        />
        <ClockField
          label="Until (the same time unless said)"
          isOptional
          at={tile.at}
          onChange={(at) => onChange(withField(tile, 'at', at), 'at')}
        />
      </div>
    );
  const part = isPart(tile[form]) ? tile[form] : {};
  const set = (next: Part, what?: string) => onChange({ ...tile, [form]: next }, what);
  return form === 'until' ? <UntilTime part={part} set={set} /> : <UntilDate part={part} set={set} />;
}

interface PartProps {
  part: Part;
  set: (part: Part, what?: string) => void;
}

function UntilTime({ part, set }: PartProps) {
  const on = Array.isArray(part.on) ? part.on.map(String) : [...weekdays];
  return (
    <>
      <ClockField label="Until it is" at={part.at} onChange={(at) => at && set({ ...part, at }, 'at')} />
      <Checkbox.Group
        label="On"
        value={on}
        onChange={(days) =>
          days.length > 0 &&
          set(
            withField(
              part,
              'on',
              days.length === 7 ? undefined : weekdays.filter((day) => days.includes(day)),
            ),
            'on',
          )
        }
      >
        <Group mt="xs" gap="sm">
          {weekdays.map((day) => (
            <Checkbox key={day} value={day} label={capital(day)} />
          ))}
        </Group>
      </Checkbox.Group>
    </>
  );
}

function UntilDate({ part, set }: PartProps) {
  return (
    <>
      <div className="condition-line">
        <DatePathField label="The field that holds the date" of={part} onChange={set} />
        <Select
          label="It stands"
          allowDeselect={false}
          data={[
            { value: 'profile', label: 'in their profile' },
            { value: 'entry', label: 'in what came with the entry' },
          ]}
          value={part.of === 'entry' ? 'entry' : 'profile'}
          onChange={(of) => set(withField(part, 'of', of === 'entry' ? 'entry' : undefined), 'of')}
        />
      </div>
      <DayOffsetFields label="Until" onTheDay="that day" of={part} onChange={set} />
      <Select
        label="Whoever comes when it is over"
        allowDeselect={false}
        data={[
          { value: 'goOn', label: 'goes on at once' },
          { value: 'skip', label: 'goes by the way “Too late”' },
        ]}
        value={part.ifPast === 'skip' ? 'skip' : 'goOn'}
        onChange={(ifPast) =>
          set(withField(part, 'ifPast', ifPast === 'skip' ? 'skip' : undefined), 'ifPast')
        }
      />
    </>
  );
}
