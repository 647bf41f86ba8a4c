import { Select } from '@mantine/core';
import type { Part } from '../../segments/definition.ts';
import { withField } from './set-field.ts';
import { WordsField } from './words-field.tsx';

const forms = [
  { value: 'any', label: 'any text' },
  { value: 'keywords', label: 'a word by itself: YES' },
  { value: 'contains', label: 'a text with a word in it' },
] as const;

/** Which texts of theirs are meant, as `keywords` or `contains` of a part; any where neither stands there. */
export function TextsField({ of, onChange }: { of: Part; onChange: (of: Part) => void }) {
  const form = of.keywords !== undefined ? 'keywords' : of.contains !== undefined ? 'contains' : 'any';
  const bare = withField(withField(of, 'keywords', undefined), 'contains', undefined);
  return (
    <>
      <Select
        label="What"
        allowDeselect={false}
        data={[...forms]}
        value={form}
        onChange={(next) =>
          onChange(next === 'any' || next === null ? bare : { ...bare, [next]: of[form] ?? [] })
        }
      />
      {form !== 'any' && (
        <WordsField
          label={form === 'keywords' ? 'Any of these words, and nothing else' : 'Any of these in it'}
          description={
            form === 'keywords'
              ? 'Enter after each; “Yes!” is YES too, “yes, but later” is not'
              : 'Enter after each; upper and lower case are the same, and “no” is in “know” too'
          }
          words={of[form]}
          max={50}
          onChange={(words) => onChange({ ...bare, [form]: words ?? [] })}
        />
      )}
    </>
  );
}
