import type { ComboboxItem, ComboboxParsedItem, OptionsFilter } from '@mantine/core';
import { count } from './formats.ts';
import { plain } from './plain.ts';

/** So many options are shown at once: more make a list slow, and nobody reads them. */
const mostShown = 500;

/** Options in which what is written is found, without case and accents; of many the first, with a line that says how many more there are. */
export const shortOptions: OptionsFilter = ({ options, search }) => {
  const sought = plain(search.trim());
  let found = 0;
  const isShown = ({ label }: Pick<ComboboxItem, 'label'>) =>
    plain(label).includes(sought) && ++found <= mostShown;
  const shown = options.flatMap((option): ComboboxParsedItem[] => {
    if (!('items' in option)) return isShown(option) ? [option] : [];
    const items = option.items.filter(isShown);
    return items.length > 0 ? [{ ...option, items }] : [];
  });
  if (found <= mostShown) return shown;
  const label = `and ${count(found - mostShown)} more: write on to find them`;
  return [...shown, { value: label, label, disabled: true }];
};
