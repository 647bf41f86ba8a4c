import { type RawBuilder, sql } from 'kysely';
import { type Static, type TSchema, Type } from 'typebox';
import { Check } from 'typebox/value';
import type { Database } from '../database/connect.ts';
import { ApiError } from '../http/errors.ts';
import { faultsOf } from '../http/validate.ts';

/** SQL of an expression. */
export type Part = RawBuilder<unknown>;

/** Of whom a statement asks: people of one lane of a project, at one instant. */
export interface Asked {
  projectId: number;
  /** Its number, or SQL that tells it. */
  lane: number | Part;
  /** What counts as now: every window of the statement ends here. */
  now: Date;
  /** Only these users are asked about, so that sets need hold no others; null for all of the lane. */
  among: readonly number[] | null;
}

/** Something that a condition names by its id. */
export interface Reference {
  kind: 'list' | 'segment' | 'channel' | 'messageType' | 'template' | 'campaign' | 'journey';
  id: number;
}

/** Something of a project, with all by which people tell it from others. */
export interface NamedThing {
  kind: string;
  id: number;
  name: string;
  /** What tells it from others of its name, where its kind has such a thing: of a message type its channel, of a sender its address. */
  of: string | null;
  /** Archived: it is meant only where nothing else is called so. */
  isPutAway: boolean;
}

/** Things that are looked for: by their numbers, and by their names. */
export interface Wanted {
  ids: readonly Pick<NamedThing, 'kind' | 'id'>[];
  names: readonly Pick<NamedThing, 'kind' | 'name'>[];
}

/** SQL: whether a row `x` is among the things of a kind that are looked for. */
export const isWanted = (kind: string, { ids, names }: Wanted): Part =>
  sql`(x.id = ANY(${ids.flatMap((each) => (each.kind === kind ? [each.id] : []))}::int[])
    OR x.name = ANY(${names.flatMap((each) => (each.kind === kind ? [each.name] : []))}::text[]))`;

/** The names of what conditions refer to, by `referenceText`. */
export type Names = ReadonlyMap<string, string>;

/** One text for a reference, for maps and rows. */
export const referenceText = ({ kind, id }: Pick<NamedThing, 'kind' | 'id'>): string => `${kind}:${id}`;

/** What of the project conditions are read by. */
export interface ReadingGround {
  /** The zone that is meant where none is said. */
  timeZone: string;
  /** Another segment's definition. @throws ApiError where there is none, or it comes back to the one that is being read. */
  segment(id: number, place: string): Definition;
  /** Counts conditions. @throws ApiError where they are too many. */
  count(conditions: number, place: string): void;
}

/** A definition that was read. */
export interface Definition
  extends Pick<Condition, 'stored' | 'refersTo' | 'sentence' | 'holds' | 'flipsAt' | 'hears'> {
  readonly tree: DefinitionNode;
}

/** What binds conditions together. */
export type GroupKind = 'all' | 'any' | 'none';

/** A definition as a tree. */
export type DefinitionNode =
  | { kind: 'condition' /** `all.0.event`. */; place: string; condition: Condition }
  | { kind: GroupKind; of: readonly DefinitionNode[] };

/** A condition of a definition, read and ready to be asked. */
export interface Condition {
  /** As it is stored: what was left out is filled in. */
  readonly stored: unknown;
  readonly refersTo: readonly Reference[];
  /** The definition that it stands for, where it names a segment. */
  readonly standsFor?: Definition;
  /** What it says of somebody, as the end of a sentence that begins with "they". */
  sentence(names: Names): string;
  /** SQL: whether it holds of `users u`; true or false, never null. */
  holds(asked: Asked): Part;
  /**
   * SQL: the earliest instant after now at which `holds` may be another of `users u` by time alone, null in SQL where it never will; null where that is so
   * of everybody. It is never too late, and may be too early: then it is asked again.
   */
  flipsAt(asked: Asked): Part | null;
  /** By which happenings it may become another, as `heardAs` calls them; that there is somebody new or merged goes without saying. */
  readonly hears: readonly string[];
  /** SQL: what it looks at in `users u`, as jsonb; null where there is nothing. For "why". */
  shows(asked: Asked): Part;
  /** What makes it dear, or a condition that holds of nobody, in words. */
  remarks(ground: RemarkGround): readonly string[];
}

/** What remarks go by: the types that fields have had since their first value. */
export interface RemarkGround {
  profile: ReadonlyMap<string, string>;
  /** By the name of the event. */
  events: ReadonlyMap<string, ReadonlyMap<string, string>>;
}

/** A kind of condition, by the name under which it stands in definitions. */
export interface LeafKind {
  readonly name: string;
  readonly schema: TSchema;
  /** Reads a condition of this kind. @throws ApiError BadParams that names the place, the fault and the remedy. */
  read(leaf: unknown, place: string, ground: ReadingGround): Condition;
  /** What its conditions may refer to in tables of rooms above this one, of what is looked for; what the project does not have is absent. */
  thingsOf?(db: Database, projectId: number, wanted: Wanted): Promise<NamedThing[]>;
}

/** A kind of condition whose leaves fit a schema. */
export function leafKind<Schema extends TSchema>(
  name: string,
  schema: Schema,
  read: (leaf: Static<Schema>, place: string, ground: ReadingGround) => Condition,
): LeafKind {
  return {
    name,
    schema,
    read: (leaf, place, ground) => {
      requireFit(schema, leaf, place);
      return read(leaf, place, ground);
    },
  };
}

/** @throws ApiError BadParams naming each place that does not fit. */
export function requireFit<Schema extends TSchema>(
  schema: Schema,
  value: unknown,
  place: string,
): asserts value is Static<Schema> {
  if (Check(schema, value)) return;
  const faults = faultsOf(schema, value, place);
  const first = faults[0] ?? { field: place, fault: 'is not valid' };
  throw new ApiError('BadParams', `${first.field} ${first.fault}`, { faults });
}

/** A fault of a definition. */
export const refuse = (place: string, fault: string): ApiError =>
  new ApiError('BadParams', `${place} ${fault}`, { faults: [{ field: place, fault }] });

/** The schema of an object that takes no other fields, so that a misspelt one is told. */
export const strict = <Properties extends Record<string, TSchema>>(
  properties: Properties,
  description?: string,
) => Type.Object(properties, { additionalProperties: false, ...(description && { description }) });

/** Stands in a schema for a part that is read by itself; the published schema has a reference there. */
export const slot = (name: 'conditions' | 'definition' | 'step', description: string) =>
  Type.Unknown({ $comment: `#/$defs/${name}`, description });

/** SQL: of a set only the users asked about, as the end of a WHERE. */
export const amongThem = ({ among }: Asked, userId: Part): Part =>
  among === null ? sql`` : sql`AND ${userId} = ANY(${among}::bigint[])`;
