import { Select, Switch } from '@mantine/core';
import { IconCalendarHeart } from '@tabler/icons-react';
import { ZoneField } from '../../segments/zone-field.tsx';
import { DatePathField, DayOffsetFields } from '../fields/date-fields.tsx';
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
  return (
    <>
      <DatePathField label="The field of the profile that holds the date" of={of} onChange={onChange} />
      <DayOffsetFields label="When" onTheDay="on that day" of={of} onChange={onChange} />
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
