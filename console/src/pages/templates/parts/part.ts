/** What is written, as JSON has it. */
export type Written = Readonly<Record<string, unknown>>;

interface Named {
  /** The field it is kept in. */
  name: string;
  label: string;
  description?: string;
}

/** A part of a message, as its form shows it. */
export type Part =
  | (Named & {
      as: 'line' | 'area';
      required?: true;
      /** A field that goes along as long as both say the same: what stands behind a button is what stands on it, unless it is told apart. */
      leads?: string;
    })
  | (Named & { as: 'number' })
  | (Named & { as: 'check' })
  /** Something of Meta's by its number (`id`), or otherwise by what `otherwise` names. */
  | (Named & { as: 'named'; otherwise: 'link' | 'name' })
  /** Texts, each ended by Enter. */
  | (Named & { as: 'words'; max: number })
  | (Named & { as: 'json' })
  /** Several of one kind. */
  | (Named & { as: 'many'; one: string; fresh: Written; parts: readonly Part[] })
  /** Fields that stand together; left out where all are empty. */
  | (Named & { as: 'group'; parts: readonly Part[] })
  /** One of several kinds, which `by` tells; with a null choice it may be left out. */
  | (Named & { as: 'either'; by: string; choices: readonly Choice[] });

export interface Choice {
  /** What the field `by` says; null for none of them. */
  value: string | null;
  label: string;
  fresh: Written;
  parts: readonly Part[];
}

/** What is written with a field set; undefined takes it out. */
export function withPart(of: Written, name: string, value: unknown): Written {
  const { [name]: _, ...rest } = of;
  return value === undefined ? rest : { ...of, [name]: value };
}

/** A part that is written, or nothing. */
export const writtenAt = (of: Written, name: string): Written | undefined => {
  const value = of[name];
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Written)
    : undefined;
};

export const textAt = (of: Written, name: string): string => {
  const value = of[name];
  return typeof value === 'string' ? value : '';
};
