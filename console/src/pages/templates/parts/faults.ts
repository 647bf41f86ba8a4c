import { createContext, useContext } from 'react';
import type { TemplateFault } from '../../../api/templates.ts';

/** What stands against saving a message, by the path of its field: `message.buttons.0.title`. */
export const Faults = createContext<ReadonlyMap<string, string>>(new Map());

/**
 * Faults by their fields. What is empty is told of only after somebody has tried to save (`all`): who has just begun knows.
 * Of a fault of several fields together (`buttons: titles`) the field is the one that holds them.
 */
export function byField(faults: readonly TemplateFault[], all: boolean): ReadonlyMap<string, string> {
  const told = new Map<string, string>();
  for (const { field, fault } of faults) {
    if (!all && fault.startsWith('is empty')) continue;
    const [holder = field, of] = field.split(': ');
    const before = told.get(holder);
    const words = of === undefined ? fault : `${of} ${fault}`;
    told.set(holder, before === undefined ? words : `${before}; ${words}`);
  }
  return told;
}

/** What is wrong with a field, or a field right within it (a file's address); undefined for nothing. */
export function useFault(path: string, ...within: string[]): string | undefined {
  const faults = useContext(Faults);
  return [path, ...within.map((name) => `${path}.${name}`)].map((each) => faults.get(each)).find(Boolean);
}

/** What is wrong with a list of texts, or with one of them. */
export function useFaultOfAny(path: string): string | undefined {
  const faults = useContext(Faults);
  return faults.get(path) ?? [...faults].find(([field]) => field.startsWith(`${path}.`))?.[1];
}
