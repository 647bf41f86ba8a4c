import { Textarea } from '@mantine/core';
import { useState } from 'react';
import { textOf } from '../document.ts';

/** Any value as JSON, for what no form shows. What is no JSON yet stands there and changes nothing. */
export function JsonField({
  label,
  description,
  value,
  isObject = false,
  onChange,
}: {
  label: string;
  description?: string;
  /** Undefined for nothing. */
  value: unknown;
  /** Whether only an object will do. */
  isObject?: boolean;
  onChange: (value: unknown) => void;
}) {
  const [written, setWritten] = useState<{ text: string; of: string } | null>(null);
  // What was undone, or came from elsewhere, stands before what was written.
  const text = written !== null && written.of === textOf(value) ? written.text : shown(value);
  const fault = text.trim() === '' || parsed(text, isObject) !== undefined ? null : 'This is no JSON yet';
  return (
    <Textarea
      label={label}
      description={description}
      autosize
      minRows={2}
      maxRows={14}
      spellCheck={false}
      value={text}
      error={fault && (isObject ? 'This is no JSON object yet' : fault)}
      styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)' } }}
      onChange={(event) => {
        const next = event.currentTarget.value;
        const read = next.trim() === '' ? { value: undefined } : parsed(next, isObject);
        setWritten({ text: next, of: textOf(read ? read.value : value) });
        if (read) onChange(read.value);
      }}
    />
  );
}

const shown = (value: unknown) => (value === undefined ? '' : JSON.stringify(value, null, 2));

function parsed(text: string, isObject: boolean): { value: unknown } | undefined {
  try {
    const value: unknown = JSON.parse(text);
    const fits = !isObject || (typeof value === 'object' && value !== null && !Array.isArray(value));
    return fits ? { value } : undefined;
  } catch {
    return undefined;
  }
}
