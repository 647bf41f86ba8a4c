import type { TSchema } from 'typebox';
import { checkOf } from './compiled-check.ts';
import { type Fault, mostFaults } from './errors.ts';

/** A schema as a body is walked by it: what it says of spelling, made ready once. */
interface Spelling {
  /** Of an object: its fields. */
  properties: ReadonlyMap<string, Spelling> | null;
  /** Whether a field that it does not know may be one of its own misspelt. */
  isClosed: boolean;
  items: Spelling | null;
  branches: readonly { fits: (value: unknown) => boolean; spelling: Spelling }[];
}

/** Names beyond these that a body has and its schema has not are compared with none: they were never meant for ours. */
const mostCompared = 1_000;

const spellings = new WeakMap<TSchema, Spelling>();

function spellingOf(schema: TSchema): Spelling {
  const made = spellings.get(schema);
  if (made) return made;
  const spelling: Spelling = {
    properties:
      'properties' in schema
        ? new Map(
            Object.entries(schema.properties as Record<string, TSchema>).map(([name, property]) => [
              name,
              spellingOf(property),
            ]),
          )
        : null,
    isClosed: !('additionalProperties' in schema),
    items: 'items' in schema ? spellingOf(schema.items as TSchema) : null,
    branches: 'anyOf' in schema && hasFields(schema) ? (schema.anyOf as TSchema[]).map(branchOf) : [],
  };
  spellings.set(schema, spelling);
  return spelling;
}

/** Whether there is anything in a schema whose spelling could be looked at. */
function hasFields(schema: TSchema): boolean {
  if ('properties' in schema) return true;
  if ('items' in schema) return hasFields(schema.items as TSchema);
  return 'anyOf' in schema && (schema.anyOf as TSchema[]).some(hasFields);
}

const branchOf = (schema: TSchema) => ({ fits: checkOf(schema), spelling: spellingOf(schema) });

/** A look through one body. */
interface Look {
  faults: Fault[];
  /** What an unknown name may mean, by the fields of the object it stands in; asked once a name. */
  meant: Map<Spelling, Map<string, readonly string[]>>;
  compared: number;
}

/**
 * Fields of a value that its schema does not know and that look like one it does, which is not there: a
 * misspelling that is dropped without a word may have been what mattered (`spreadhours` for `spreadHours` sends a
 * blast at once, `phone` for `phoneNumber` reaches nobody). Other fields that nobody knows are passed over, as Iterable does, so that code written for its
 * API runs. Where a schema says `additionalProperties`, that holds. At most `mostFaults` are told.
 */
export function misspeltFields(schema: TSchema, value: unknown, path: string): Fault[] {
  const look: Look = { faults: [], meant: new Map(), compared: 0 };
  lookThrough(spellingOf(schema), value, path, look);
  return look.faults;
}

function lookThrough(spelling: Spelling, value: unknown, path: string, look: Look): void {
  if (typeof value !== 'object' || value === null || look.faults.length >= mostFaults) return;
  const branch = spelling.branches.find(({ fits }) => fits(value));
  if (branch) lookThrough(branch.spelling, value, path, look);
  const { properties, items, isClosed } = spelling;
  if (Array.isArray(value)) {
    if (items && (items.properties || items.items || items.branches.length > 0))
      value.forEach((item, index) => {
        lookThrough(items, item, `${path}.${index}`, look);
      });
    return;
  }
  if (!properties) return;
  for (const name of Object.keys(value)) {
    if (look.faults.length >= mostFaults) return;
    const property = properties.get(name);
    if (property) lookThrough(property, (value as Record<string, unknown>)[name], `${path}.${name}`, look);
    else if (isClosed) {
      const meant = meantBy(name, spelling, properties, look).find((each) => !Object.hasOwn(value, each));
      if (meant) look.faults.push({ field: `${path}.${name}`, fault: `is unknown; did you mean ${meant}?` });
    }
  }
}

/** What a name that is unknown to an object may mean, the likeliest first. */
function meantBy(
  name: string,
  spelling: Spelling,
  properties: ReadonlyMap<string, Spelling>,
  look: Look,
): readonly string[] {
  const asked = look.meant.get(spelling) ?? new Map<string, readonly string[]>();
  look.meant.set(spelling, asked);
  const known = asked.get(name);
  if (known) return known;
  if (look.compared++ >= mostCompared) return [];
  const names = [...properties.keys()];
  const found = [...nearest(name, names), ...begun(name, names)];
  asked.set(name, found);
  return found;
}

/** The names that may be meant where one differs by case or by few letters. */
function nearest(name: string, known: readonly string[]): string[] {
  const farthest = name.length > 5 ? 2 : 1;
  return known
    .filter((each) => Math.abs(each.length - name.length) <= farthest)
    .map((each) => ({ each, distance: distance(name.toLowerCase(), each.toLowerCase()) }))
    .filter((each) => each.distance <= farthest)
    .sort((a, b) => a.distance - b.distance)
    .map(({ each }) => each);
}

/** The names of which only the beginning was written: `event` for `eventName`, `phone` for `phoneNumber`. */
function begun(name: string, known: readonly string[]): string[] {
  if (name.length < 4) return [];
  return known
    .filter((each) => each.startsWith(name) && /^\p{Lu}/u.test(each.slice(name.length)))
    .sort((a, b) => a.length - b.length);
}

/** Levenshtein's distance: how many letters are to be put in, left out or changed. */
function distance(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (const [above, letter] of [...one].entries()) {
    const next = [above + 1];
    for (let column = 1; column <= other.length; column++)
      next[column] = Math.min(
        next[column - 1]! + 1,
        row[column]! + 1,
        row[column - 1]! + (letter === other[column - 1] ? 0 : 1),
      );
    row = next;
  }
  return row[other.length]!;
}
