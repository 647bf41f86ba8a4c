import { Select } from '@mantine/core';
import { NumberField } from '../../../shell/number-field.tsx';
import { isPart } from '../../segments/definition.ts';

const units = ['minutes', 'hours'] as const;

/** An exact length of time: `{ "hours": 24 }`. */
export function LengthField({
  label,
  length,
  onChange,
}: {
  label: string;
  length: unknown;
  onChange: (length: { minutes: number } | { hours: number }) => void;
}) {
  const given = isPart(length) ? length : {};
  const unit = units.find((each) => given[each] !== undefined) ?? 'hours';
  const number = Number(given[unit] ?? 1);
  const of = (name: (typeof units)[number], value: number) =>
    onChange(name === 'minutes' ? { minutes: value } : { hours: value });
  return (
    <div className="condition-line">
      <NumberField
        label={label}
        className="short-field"
        min={1}
        max={unit === 'hours' ? 87_600 : 5_256_000}
        allowDecimal={false}
        value={number}
        onChange={(next) => of(unit, next)}
      />
      <Select
        label="Unit"
        className="short-field"
        allowDeselect={false}
        data={[...units]}
        value={unit}
        onChange={(next) => next && of(next === 'minutes' ? 'minutes' : 'hours', number)}
      />
    </div>
  );
}
