import { createContext } from 'react';
import { isPart } from './definition.ts';

/** Fields of people that may stand for values where conditions are written; null where none may. */
export const PersonFields = createContext<readonly { name: string; type: string }[] | null>(null);

/** The field of the person that stands for a value; null for a value. */
export const fieldOfPerson = (value: unknown): string | null =>
  isPart(value) && Object.keys(value).length === 1 && typeof value.field === 'string' ? value.field : null;
