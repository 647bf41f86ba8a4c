import { Select } from '@mantine/core';
import { NumberField } from '../../shell/number-field.tsx';
import { isPart, type Leaf } from './definition.ts';

const units = ['minutes', 'hours', 'days', 'weeks'] as const;
type Unit = (typeof units)[number];

const isUnit = (name: string | null): name is Unit => units.some((unit) => unit === name);
const unitOf = (span: Leaf): Unit => Object.keys(span).find(isUnit) ?? 'days';

/** A length of time: `{ "days": 30 }`. */
export function SpanField({
  label,
  span,
  onChange,
}: {
  label: string;
  span: Leaf;
  onChange: (span: Leaf) => void;
}) {
  const unit = unitOf(span);
  const number = Number(span[unit] ?? 1);
  return (
    <>
      <NumberField
        label={label}
        className="short-field"
        min={1}
        max={1_000_000}
        allowDecimal={false}
        value={number}
        onChange={(next) => onChange({ [unit]: next })}
      />
      <Select
        label="Unit"
        className="short-field"
        allowDeselect={false}
        data={[...units]}
        value={unit}
        onChange={(next) => isUnit(next) && onChange({ [next]: number })}
      />
    </>
  );
}

/** Whether the field can show it whole. */
export const isShownSpan = (span: unknown): span is Leaf =>
  isPart(span) && Object.keys(span).length === 1 && Object.keys(span).every(isUnit);
