import { Select, TextInput } from '@mantine/core';
import { IconCalendarTime } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { projectQuery } from '../../../api/project.ts';
import { NumberField } from '../../../shell/number-field.tsx';
import { localInputIn } from '../../../words/formats.ts';
import { shortOptions } from '../../../words/short-options.ts';
import { timeZones } from '../../../words/time-zones.ts';
import { isPart } from '../../segments/definition.ts';
import { SeveralPicker } from '../fields/pickers.tsx';
import { withField } from '../fields/set-field.ts';
import type { EntryFormProps, EntryLook } from './entry-look.ts';

const dayMs = 86_400_000;

/** All who are on lists and of segments at a time. */
export const scheduleEntry: EntryLook = {
  ...{ name: 'schedule', label: 'At a time: all who are on lists or of segments', Icon: IconCalendarTime },
  begin: { at: `${localInputIn(Date.now() + dayMs, 'UTC').slice(0, 10)}T09:00` },
  writes: ['at', 'every', 'zone', 'listIds', 'segmentIds', 'suppressionListIds', 'suppressionSegmentIds'],
  Form: ScheduleForm,
};

const units = ['days', 'weeks', 'months'] as const;

const pickers = [
  { name: 'listIds', of: 'lists', label: 'Who is on these lists' },
  { name: 'segmentIds', of: 'segments', label: 'Who is of these segments' },
  { name: 'suppressionListIds', of: 'lists', label: 'But not who is on these lists' },
  { name: 'suppressionSegmentIds', of: 'segments', label: 'But not who is of these segments' },
] as const;

function ScheduleForm({ of, onChange }: EntryFormProps) {
  const { data: project } = useQuery(projectQuery);
  const every = isPart(of.every) ? of.every : null;
  const unit = units.find((each) => every?.[each] !== undefined) ?? null;
  return (
    <>
      <TextInput
        type="datetime-local"
        label={unit ? 'The first time' : 'When'}
        value={String(of.at ?? '')}
        onChange={(event) => onChange({ ...of, at: event.currentTarget.value.slice(0, 16) }, 'at')}
      />
      <Select
        label="By the clock of"
        searchable
        allowDeselect={false}
        filter={shortOptions}
        data={timeZones}
        value={typeof of.zone === 'string' ? of.zone : (project?.timeZone ?? null)}
        onChange={(zone) => zone && onChange({ ...of, zone })}
      />
      <div className="condition-line">
        <Select
          label="Again"
          allowDeselect={false}
          data={[
            { value: 'once', label: 'never: once' },
            { value: 'days', label: 'every so many days' },
            { value: 'weeks', label: 'every so many weeks' },
            { value: 'months', label: 'every so many months' },
          ]}
          value={unit ?? 'once'}
          onChange={(next) =>
            onChange(withField(of, 'every', next === 'once' || next === null ? undefined : { [next]: 1 }))
          }
        />
        {unit && (
          <NumberField
            label={unit}
            className="short-field"
            min={1}
            max={1_000}
            allowDecimal={false}
            value={Number(every?.[unit] ?? 1)}
            onChange={(number) => onChange({ ...of, every: { [unit]: number } }, 'every')}
          />
        )}
      </div>
      {pickers.map(({ name, of: what, label }) => (
        <SeveralPicker
          key={name}
          label={label}
          of={what}
          ids={of[name]}
          onChange={(ids) => onChange(withField(of, name, ids.length === 0 ? undefined : ids))}
        />
      ))}
    </>
  );
}
