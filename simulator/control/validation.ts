import type { FastifySchemaCompiler } from 'fastify';
import type { TSchema } from 'typebox';
import { Compile } from 'typebox/compile';
import { badRequest, type CallFault } from './faults.ts';

/** What of a schema a fault is told by. */
interface Node {
  description?: string;
  properties?: Record<string, Node>;
  patternProperties?: Record<string, Node>;
  items?: Node;
}

/** One fault as TypeBox finds it. */
interface Finding {
  keyword: string;
  /** JSON pointer to the value at fault. */
  instancePath: string;
  params: object;
  message: string;
}

function nodeAt(schema: Node, path: string[]): Node {
  let node = schema;
  for (const name of path) {
    const next = node.properties?.[name] ?? Object.values(node.patternProperties ?? {})[0] ?? node.items;
    if (!next) break;
    node = next;
  }
  return node;
}

function names(params: object, key: string): string[] {
  const found: unknown = Object.entries(params).find(([name]) => name === key)?.[1];
  return Array.isArray(found) ? found.map(String) : [];
}

function textOf(schema: Node, { keyword, instancePath, params, message }: Finding, part: string): string {
  const path = instancePath.split('/').slice(1);
  const where = path.join('.');
  const node = nodeAt(schema, path);
  if (keyword === 'additionalProperties') {
    const unknown = names(params, 'additionalProperties').map((name) => (where ? `${where}.${name}` : name));
    const known = Object.keys(node.properties ?? {}).join(', ');
    const remedy = known ? `there are ${known}` : (node.description ?? 'there is none here');
    return `${unknown.join(', ')}: unknown; ${remedy}`;
  }
  if (keyword === 'required') {
    const missing = names(params, 'requiredProperties').map((name) => (where ? `${where}.${name}` : name));
    return `${missing.join(', ')}: missing`;
  }
  return `${where || part}: ${node.description ? `must be ${node.description}` : message}`;
}

/**
 * Checks what comes in exactly as the schema says: nothing is dropped, nothing converted. The first fault is
 * told by the schema's own description, an unknown name together with those that exist.
 */
export const compileSchema: FastifySchemaCompiler<TSchema> = ({ schema, httpPart = 'body' }) => {
  const check = Compile(schema);
  return (value: unknown): { value: unknown } | { error: CallFault } => {
    if (check.Check(value)) return { value };
    const findings: Finding[] = check.Errors(value);
    const first = findings.find(({ keyword }) => keyword === 'additionalProperties') ?? findings[0];
    return {
      error: badRequest(first ? textOf(schema as Node, first, httpPart) : `${httpPart}: not as expected`),
    };
  };
};

/** Reads a body as JSON; an empty one is no body. */
export function readJson(text: string): unknown {
  if (text.trim() === '') return undefined;
  try {
    return JSON.parse(text, wellFormed);
  } catch (error) {
    if (error instanceof SyntaxError) throw badRequest(`body: not JSON (${error.message})`);
    throw error;
  }
}

/** Half of a surrogate pair can be written in JSON, but no wire carries it. */
function wellFormed(name: string, value: unknown): unknown {
  if (typeof value === 'string' && !value.isWellFormed())
    throw badRequest(`${name || 'body'}: holds half of a surrogate pair, which is no character`);
  return value;
}
