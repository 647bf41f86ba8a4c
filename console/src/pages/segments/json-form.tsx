import { Textarea } from '@mantine/core';
import { useState } from 'react';
import { isPart, type Leaf } from './definition.ts';

/** A condition as JSON, for what no form shows. */
export function JsonForm({ leaf, onChange }: { leaf: Leaf; onChange: (leaf: Leaf) => void }) {
  const [text, setText] = useState(() => JSON.stringify(leaf, null, 2));
  const read = parsed(text);
  return (
    <Textarea
      label="As JSON"
      description="It says more than the form can show"
      autosize
      minRows={3}
      maxRows={16}
      value={text}
      error={read === null ? 'This is no JSON object' : undefined}
      styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)' } }}
      onChange={(event) => {
        setText(event.currentTarget.value);
        const next = parsed(event.currentTarget.value);
        if (next) onChange(next);
      }}
    />
  );
}

function parsed(text: string): Leaf | null {
  try {
    const value: unknown = JSON.parse(text);
    return isPart(value) ? value : null;
  } catch {
    return null;
  }
}
