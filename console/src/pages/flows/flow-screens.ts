/*
 * Reading of a flow's JSON for the phone that shows it: whatever is wrong with it, something is shown. What is wrong is told by the server.
 */

export type Json = Record<string, unknown>;

const isJson = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The object under a key; an empty one where there is none. */
export const objectAt = (json: unknown, key: string): Json => {
  const value = isJson(json) ? json[key] : undefined;
  return isJson(value) ? value : {};
};

/** The objects of the list under a key. */
export const objectsAt = (json: unknown, key: string): Json[] => {
  const value = isJson(json) ? json[key] : undefined;
  return Array.isArray(value) ? value.filter(isJson) : [];
};

/** The text under a key; a list of texts is one, line by line. */
export const textAt = (json: Json, key: string): string => {
  const value = json[key];
  if (Array.isArray(value)) return value.filter((each) => typeof each === 'string').join('\n');
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
};

/** What is filled in and given, by screen. */
export interface Filled {
  form: Json;
  data: Json;
}

/** All parts of a screen as a phone shows them: within forms too, of a choice the first side. */
export function partsOf(screen: Json): Json[] {
  const within = (parts: Json[]): Json[] =>
    parts.flatMap((part) => {
      const type = textAt(part, 'type');
      if (type === 'Form') return within(objectsAt(part, 'children'));
      if (type === 'If') return within(objectsAt(part, 'then'));
      if (type === 'Switch') return within(Object.values(objectAt(part, 'cases')).flatMap(listOf));
      return [part];
    });
  return within(objectsAt(objectAt(screen, 'layout'), 'children'));
}

const listOf = (value: unknown): Json[] => (Array.isArray(value) ? value.filter(isJson) : []);

/** What a screen is given where nothing else is known: its own examples. */
export function examplesOf(screen: Json): Json {
  return Object.fromEntries(
    Object.entries(objectAt(screen, 'data')).map(([key, declared]) => [
      key,
      isJson(declared) ? declared.__example__ : undefined,
    ]),
  );
}

const reference = /\$\{(?:screen\.(\w+)\.)?(form|data)\.(\w+)\}/g;

/** A value with what it refers to in place. */
export function filledIn(value: unknown, own: string, filled: Readonly<Record<string, Filled>>): unknown {
  const of = (screen: string | undefined, kind: string, name: string) =>
    filled[screen ?? own]?.[kind === 'form' ? 'form' : 'data'][name];
  if (typeof value === 'string') {
    const [whole] = [...value.matchAll(reference)];
    if (whole && whole[0] === value) return of(whole[1], whole[2] ?? '', whole[3] ?? '');
    return value.replace(reference, (_, screen, kind, name) => String(of(screen, kind, name) ?? ''));
  }
  if (Array.isArray(value)) return value.map((each) => filledIn(each, own, filled));
  if (!isJson(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, filledIn(each, own, filled)]));
}

/** Parts by which people answer. */
const inputs = new Set([
  ...['TextInput', 'TextArea', 'CheckboxGroup', 'RadioButtonsGroup', 'ChipsSelector', 'Dropdown'],
  ...['DatePicker', 'CalendarPicker', 'OptIn', 'PhotoPicker', 'DocumentPicker'],
]);

/** The labels of what a screen asks for and has no answer to. */
export function lackingIn(parts: readonly Json[], form: Json): string[] {
  return parts.flatMap((part) => {
    if (!inputs.has(textAt(part, 'type')) || part.required === false || part.required === undefined)
      return [];
    const value = form[textAt(part, 'name')];
    const isEmpty =
      value === undefined || value === '' || value === false || (Array.isArray(value) && value.length === 0);
    return isEmpty ? [textAt(part, 'label')] : [];
  });
}
