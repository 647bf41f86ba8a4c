import type { FieldType } from '../api/catalogs.ts';

const words: Record<FieldType, string> = {
  string: 'text',
  double: 'number',
  long: 'whole number',
  boolean: 'true or false',
  date: 'date',
  geo_location: 'place (lat and lon)',
  object: 'object of fields',
};

/** A type of a catalog's field, as a marketer calls it; the API's name where it is another. */
export const fieldTypeWords = (type: string): string =>
  Object.entries(words).find(([each]) => each === type)?.[1] ?? type;

/** The same for a choice. */
export const fieldTypeChoices = Object.entries(words).map(([value, label]) => ({ value, label }));
