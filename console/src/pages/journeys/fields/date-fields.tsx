import { Select, TextInput } from '@mantine/core';
import { NumberField } from '../../../shell/number-field.tsx';
import type { Part } from '../../segments/definition.ts';
import { ClockField } from './clock-field.tsx';
import { withField } from './set-field.ts';

/** The field by which a date is found, which stands in `path`. */
export function DatePathField({ label, of, onChange }: { label: string } & DatePartProps) {
  return (
    <TextInput
      label={label}
      maxLength={255}
      value={Array.isArray(of.path) ? of.path.join('.') : String(of.path ?? '')}
      onChange={(event) => onChange({ ...of, path: event.currentTarget.value }, 'path')}
    />
  );
}

interface DatePartProps {
  /** With `path`, `days` and `at`, as dates stand in entries and waits. */
  of: Part;
  onChange: (of: Part, what?: string) => void;
}

/** How a moment lies to a date: the day itself, or days before or after it (`days`), and the time of that day (`at`). */
export function DayOffsetFields({
  label,
  onTheDay,
  of,
  onChange,
}: { label: string /** What the day itself is called. */; onTheDay: string } & DatePartProps) {
  const days = Number(of.days ?? 0);
  const when = days < 0 ? 'before' : days > 0 ? 'after' : 'on';
  const size = Math.max(1, Math.abs(days));
  const sign = when === 'before' ? -1 : 1;
  return (
    <div className="condition-line">
      <Select
        label={label}
        allowDeselect={false}
        data={[
          { value: 'on', label: onTheDay },
          { value: 'before', label: 'days before it' },
          { value: 'after', label: 'days after it' },
        ]}
        value={when}
        onChange={(next) =>
          onChange(
            withField(of, 'days', next === 'before' ? -size : next === 'after' ? size : undefined),
            'days',
          )
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
          onChange={(next) => onChange({ ...of, days: sign * next }, 'days')}
        />
      )}
      <ClockField
        label="At (its own time unless said)"
        isOptional
        at={of.at}
        onChange={(at) => onChange(withField(of, 'at', at), 'at')}
      />
    </div>
  );
}
