import { sql } from 'kysely';
import { storageFault } from '../http/storable.ts';
import {
  type Definition,
  type DefinitionNode,
  type LeafKind,
  type ReadingGround,
  refuse,
} from './leaf-kind.ts';
import { earliest } from './time/flips.sql.ts';
import { groupSql, groupWords, readGroup, readPart } from './values/group.ts';

/** Conditions of a definition, those of its events and arrays among them. */
const mostConditions = 500;
/** The same with those of all segments that it names, and that these name. */
const mostInAll = 5_000;
/** Segments within one another: each may be nested as deep as JSON may, and the stacks here and in PostgreSQL end. */
const deepestSegments = 20;

/** What definitions are read by. */
export interface DefinitionGround {
  kinds: readonly LeafKind[];
  /** The zone that is meant where none is said. */
  timeZone: string;
  /** The definitions of all segments that may be named, as they are stored. */
  segments: ReadonlyMap<number, unknown>;
}

/**
 * Reads a definition. `self` is the segment whose it is, null for one that is none yet. Nothing is refused for being intricate.
 * @throws ApiError BadParams that names place, fault and remedy: for what is no condition, too many of them, and a segment that
 * comes back to itself.
 */
export function readDefinition(
  ground: DefinitionGround,
  definition: unknown,
  self: number | null = null,
  place = 'definition',
): Definition {
  const fault = storageFault(definition);
  if (fault) throw refuse(fault.path === '' ? place : `${place}.${fault.path}`, fault.fault);
  // Of one that is none yet nobody has the number.
  return readWithin(ground, definition, place, [self ?? 0], { left: mostInAll });
}

function readWithin(
  ground: DefinitionGround,
  definition: unknown,
  place: string,
  within: readonly number[],
  room: { left: number },
): Definition {
  let own = 0;
  const reading: ReadingGround = {
    timeZone: ground.timeZone,
    count: (conditions, where) => {
      own += conditions;
      room.left -= conditions;
      if (own > mostConditions)
        throw refuse(
          where,
          `is beyond ${mostConditions} conditions; put some of them into a segment of their own`,
        );
      if (room.left < 0)
        throw refuse(
          where,
          `comes to more than ${mostInAll.toLocaleString('en')} conditions with those of the segments it names`,
        );
    },
    segment: (id, where) => {
      if (within.includes(id))
        throw refuse(where, `names segment ${id}, which would then be defined by itself; leave it out`);
      if (within.length >= deepestSegments)
        throw refuse(
          where,
          `names segment ${id}, the ${deepestSegments + 1}st within one another; put the conditions of some of them in their place`,
        );
      if (!ground.segments.has(id))
        throw refuse(where, `names segment ${id}, which is not there; GET /api/segments lists them`);
      return readWithin(ground, ground.segments.get(id), where, [...within, id], room);
    },
  };
  return definitionOf(readNode(ground.kinds, reading, definition, place));
}

function readNode(
  kinds: readonly LeafKind[],
  reading: ReadingGround,
  value: unknown,
  place: string,
): DefinitionNode {
  const given = readPart(value, place);
  const group = readGroup(given, place);
  if (group)
    return {
      kind: group.kind,
      of: group.of.map((part, index) => readNode(kinds, reading, part, `${place}.${group.kind}.${index}`)),
    };
  const [[name, leaf] = [], ...others] = Object.entries(given);
  const kind = kinds.find((each) => each.name === name);
  const known = ['all', 'any', 'none', ...kinds.map((each) => each.name)].join(', ');
  if (!kind || name === undefined)
    throw refuse(place, `must be one of ${known}${name === undefined ? '' : `, and not ${name}`}`);
  if (others.length > 0)
    throw refuse(
      place,
      `has ${name} and ${others.map(([other]) => other).join(', ')}; put both into { "all": [] }`,
    );
  reading.count(1, `${place}.${name}`);
  return {
    kind: 'condition',
    place: `${place}.${name}`,
    condition: kind.read(leaf, `${place}.${name}`, reading),
  };
}

/** A tree as a definition. */
function definitionOf(tree: DefinitionNode): Definition {
  const conditions = conditionsOf(tree);
  return {
    tree,
    stored: storedOf(tree),
    refersTo: conditions.flatMap(({ condition }) => condition.refersTo),
    sentence: (names) => wordsOf(tree, (condition) => condition.sentence(names)),
    holds: (asked) => sqlOf(tree, (condition) => condition.holds(asked)),
    flipsAt: (asked) => earliest(conditions.map(({ condition }) => condition.flipsAt(asked))),
    hears: [...new Set(conditions.flatMap(({ condition }) => condition.hears))],
  };
}

type Leaf = Extract<DefinitionNode, { kind: 'condition' }>;

/** The conditions of a tree, in the order in which they stand. */
export const conditionsOf = (tree: DefinitionNode): Leaf[] =>
  tree.kind === 'condition' ? [tree] : tree.of.flatMap(conditionsOf);

/** How many groups lie within one another in a tree, those of segments that it names among them. */
export const groupsWithin = (tree: DefinitionNode): number =>
  tree.kind === 'condition'
    ? tree.condition.standsFor
      ? groupsWithin(tree.condition.standsFor.tree)
      : 0
    : 1 + Math.max(...tree.of.map(groupsWithin));

/** The same, each that names a segment followed by those of that segment, by places within it. */
export const conditionsWithin = (tree: DefinitionNode): Leaf[] =>
  conditionsOf(tree).flatMap((leaf) => {
    const { standsFor } = leaf.condition;
    return [leaf, ...(standsFor ? conditionsWithin(standsFor.tree) : [])];
  });

/** A definition as it is stored, and those of all segments that it names: all that its answer depends on beside people. */
export const storedWithin = ({ tree, stored }: Definition): unknown[] => [
  stored,
  ...conditionsWithin(tree).flatMap(({ condition }) => condition.standsFor?.stored ?? []),
];

/** SQL: a tree of what stands for its conditions, each true or false. */
export const sqlOf = (
  tree: DefinitionNode,
  part: (condition: Leaf['condition'], place: string) => ReturnType<Leaf['condition']['holds']>,
): ReturnType<typeof sql> =>
  tree.kind === 'condition'
    ? sql`${part(tree.condition, tree.place)}`
    : groupSql(
        tree.kind,
        tree.of.map((each) => sqlOf(each, part)),
      );

const wordsOf = (tree: DefinitionNode, words: (condition: Leaf['condition']) => string): string =>
  tree.kind === 'condition'
    ? words(tree.condition)
    : groupWords(
        tree.kind,
        tree.of.map((each) => wordsOf(each, words)),
      );

function storedOf(tree: DefinitionNode): unknown {
  if (tree.kind !== 'condition') return { [tree.kind]: tree.of.map(storedOf) };
  const name = tree.place.slice(tree.place.lastIndexOf('.') + 1);
  return { [name]: tree.condition.stored };
}
