import { type Part, without } from '../../segments/definition.ts';

/** A part with a field set; undefined takes it out. */
export const withField = (part: Part, name: string, value: unknown): Part =>
  value === undefined ? without(part, name) : { ...part, [name]: value };
