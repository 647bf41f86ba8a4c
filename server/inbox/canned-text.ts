import type { User } from '../users/user-row.ts';

/** `{{firstName}}`, or with words for who has none: `{{firstName|there}}`. */
const field = /\{\{\s*([\w.]{1,100})\s*(?:\|([^{}]*))?\}\}/g;

/** A canned reply with the fields of a person's profile filled in; the names of those that are empty and have no words instead are told. Pure. */
export function filledIn(
  body: string,
  fields: Readonly<Record<string, unknown>>,
): { text: string; missing: string[] } {
  const missing: string[] = [];
  const text = body.replaceAll(field, (_, name: string, otherwise?: string) => {
    const value = valueAt(fields, name);
    if (typeof value === 'string' && value.trim() !== '') return value;
    if (typeof value === 'number' || typeof value === 'boolean') return String(value);
    if (otherwise === undefined) missing.push(name);
    return otherwise?.trim() ?? '';
  });
  return { text, missing: [...new Set(missing)] };
}

/** What stands in such words of a person: their profile, with what names them. */
export const profileFields = (user: User | undefined): Readonly<Record<string, unknown>> => ({
  ...user?.dataFields,
  ...{ email: user?.email, userId: user?.userId, phoneNumber: user?.phoneNumber },
});

function valueAt(fields: Readonly<Record<string, unknown>>, path: string): unknown {
  let at: unknown = fields;
  for (const name of path.split('.')) {
    if (typeof at !== 'object' || at === null || !Object.hasOwn(at, name)) return undefined;
    at = Reflect.get(at, name);
  }
  return at;
}
