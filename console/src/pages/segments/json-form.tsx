import { Textarea } from '@mantine/core';
import { useState } from 'react';
import { isPart, type Leaf } from './definition.ts';

/** A condition as JSON, for what no form shows; what is no JSON object yet is kept as text, and is to be mended before the rest is asked. */
export function JsonForm({
  leaf,
  unread,
  onChange,
  onUnread,
}: {
  leaf: Leaf;
  unread: string | null;
  onChange: (leaf: Leaf) => void;
  onUnread: (text: string) => void;
}) {
  const [text, setText] = useState(() => unread ?? JSON.stringify(leaf, null, 2));
  return (
    <Textarea
      label="As JSON"
      description="It says more than the form can show; below it stands in words"
      autosize
      minRows={3}
      maxRows={16}
      spellCheck={false}
      value={text}
      error={unread === null ? undefined : 'This is no JSON object yet'}
      styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)' } }}
      onChange={(event) => {
        const { value } = event.currentTarget;
        setText(value);
        const next = parsed(value);
        if (next) onChange(next);
        else onUnread(value);
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
