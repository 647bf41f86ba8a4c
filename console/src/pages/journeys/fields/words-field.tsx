import { TagsInput } from '@mantine/core';

/** Several texts, each written and ended by Enter. */
export function WordsField({
  label,
  description,
  placeholder,
  words,
  suggestions = [],
  max,
  onChange,
}: {
  label: string;
  description?: string;
  placeholder?: string;
  words: unknown;
  suggestions?: readonly string[];
  max: number;
  /** Undefined for none. */
  onChange: (words: string[] | undefined) => void;
}) {
  const written = Array.isArray(words) ? words.map(String) : [];
  return (
    <TagsInput
      label={label}
      description={description}
      placeholder={written.length === 0 ? placeholder : undefined}
      data={[...suggestions]}
      maxTags={max}
      acceptValueOnBlur
      clearable
      clearButtonProps={{ 'aria-label': `Clear: ${label}` }}
      value={written}
      onChange={(next) => onChange(next.length === 0 ? undefined : next)}
    />
  );
}
