import { NumberInput, type NumberInputProps } from '@mantine/core';
import { useState } from 'react';

/**
 * A number that is always there: while its field is empty or half written, or beyond `min` and `max`, the one before holds, and stands
 * there again when the field is left.
 */
export function NumberField({
  value,
  onChange,
  onBlur,
  ...input
}: Omit<NumberInputProps, 'value' | 'onChange' | 'min' | 'max'> & {
  value: number;
  min?: number;
  max?: number;
  onChange: (value: number) => void;
}) {
  const { min = Number.NEGATIVE_INFINITY, max = Number.POSITIVE_INFINITY } = input;
  // What is written, and over which number: where that is another meanwhile, what was written counts no more.
  const [written, setWritten] = useState<{ text: number | string; over: number } | null>(null);
  return (
    <NumberInput
      {...input}
      value={written?.over === value ? written.text : value}
      onChange={(next) => {
        const isTaken = typeof next === 'number' && next >= min && next <= max;
        setWritten({ text: next, over: isTaken ? next : value });
        if (isTaken) onChange(next);
      }}
      onBlur={(event) => {
        setWritten(null);
        onBlur?.(event);
      }}
    />
  );
}
