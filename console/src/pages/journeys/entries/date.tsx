import { Select, Switch, TextInput } from '@mantine/core';
import { IconCalendarHeart } from '@tabler/icons-react';
import { NumberField } from '../../../shell/number-field.tsx';
import { ZoneField } from '../../segments/zone-field.tsx';
import { ClockField } from '../fields/clock-field.tsx';
import { withField } from '../fields/set-field.ts';
import type { EntryFormProps, EntryLook } from './entry-look.ts';

/** A date of the profile comes. */
export const dateEntry: EntryLook = {
  ...{ name: 'date', label: 'A date of theirs comes: a birthday, a renewal', Icon: IconCalendarHeart },
  begin: { path: '', yearly: true, at: '09:00' },
  writes: ['path', 'days', 'at', 'yearly', 'leapDay', 'zone'],
  Form: DateForm,
};

function DateForm({ of, onChange }: EntryFormProps) {
  const days = Number(of.days ?? 0);
  const when = days < 0 ? 'before' : days > 0 ? 'after' : 'on';
  const size = Math.max(1, Math.abs(days));
  return (
    <>
      <TextInput
        label="The field of the profile that holds the date"
        maxLength={255}
        value={Array.isArray(of.path) ? of.path.join('.') : String(of.path ?? '')}
        onChange={(event) => onChange({ ...of, path: event.currentTarget.value }, 'path')}
      />
      <div className="condition-line">
        <Select
          label="When"
          allowDeselect={false}
          data={[
            { value: 'on', label: 'on that day' },
            { value: 'before', label: 'days before it' },
            { value: 'after', label: 'days after it' },
          ]}
          value={when}
          onChange={(next) =>
            onChange(withField(of, 'days', next === 'before' ? -size : next === 'after' ? size : undefined))
          }
        />
        {when !== 'on' && (
          <NumberField
            label="Days"
            className="short-field"
            min={1}
            max={3_650}
            allowDecimal={false}
            value={size}
            onChange={(next) => onChange({ ...of, days: when === 'before' ? -next : next }, 'days')}
          />
        )}
        <ClockField
          label="At (its own time unless said)"
          isOptional
          at={of.at}
          onChange={(at) => onChange(withField(of, 'at', at), 'at')}
        />
      </div>
      <Switch
        label="Each year"
        description="As a birthday; else once"
        checked={of.yearly === true}
        onChange={(event) =>
          onChange(
            event.currentTarget.checked
              ? { ...of, yearly: true }
              : withField(withField(of, 'yearly', undefined), 'leapDay', undefined),
          )
        }
      />
      {of.yearly === true && (
        <Select
          label="Whose day is 29 February has it in other years on"
          allowDeselect={false}
          data={[
            { value: '02-28', label: '28 February' },
            { value: '03-01', label: '1 March' },
          ]}
          value={of.leapDay === '03-01' ? '03-01' : '02-28'}
          onChange={(leapDay) =>
            onChange(withField(of, 'leapDay', leapDay === '03-01' ? '03-01' : undefined))
          }
        />
      )}
      <ZoneField
        label="By the clock"
        zone={of.zone ?? 'person'}
        onChange={(zone) => onChange({ ...of, zone })}
      />
    </>
  );
}
