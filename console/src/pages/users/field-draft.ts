/** A field of a profile while somebody edits it. */
export interface FieldDraft {
  name: string;
  text: string;
  /** As it was stored. */
  before: string;
  isStored: boolean;
  /** An object or a list, which is not edited as text. */
  isWhole?: boolean;
}

/** Whether a field may be changed by hand. */
export const isEditable = (field: FieldDraft) => !field.isWhole;

/** The value that a text stands for in a field of the type that the project has for it; empty takes it out. */
export function fieldValue(field: FieldDraft, types: Readonly<Record<string, string>>): unknown {
  const text = field.text.trim();
  if (text === '') return null;
  const type = types[field.name];
  if ((type === 'long' || type === 'double') && /^-?\d+(\.\d+)?$/.test(text)) return Number(text);
  if (type === 'boolean' && /^(true|yes)$/i.test(text)) return true;
  if (type === 'boolean' && /^(false|no)$/i.test(text)) return false;
  return text;
}
