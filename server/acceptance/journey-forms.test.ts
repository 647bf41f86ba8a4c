import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { publishedSchema } from '../journeys/definition/published-schema.ts';
import { segmentKinds } from '../program/segment-leaves.ts';

/*
 * What may stand in a journey's document has a field in the console. Its forms are read as text, since they are no modules that Node can load.
 */

const folder = new URL('../../console/src/pages/journeys/', import.meta.url);
const sourcesIn = (name: string): string[] =>
  readdirSync(new URL(name, folder), { encoding: 'utf8' })
    .filter((file) => file.endsWith('.tsx'))
    .map((file) => readFileSync(new URL(`${name}/${file}`, folder), 'utf8'));

interface Schema {
  const?: string;
  title?: string;
  description?: string;
  items?: Schema;
  properties?: Record<string, Schema>;
  anyOf?: Schema[];
}
const schema = publishedSchema(segmentKinds) as unknown as Schema & {
  properties: Record<string, Schema>;
  $defs: { tile: Schema; trigger: Schema };
};
const fieldsOf = ({ properties = {} }: Schema): [string, Schema][] => Object.entries(properties);
/** Ways are drawn, and named by what they are for. */
const isDrawn = ([name, field]: [string, Schema]): boolean => name === 'kind' || field.title === 'Way';

/** Each look of a file with what it says that its form writes. */
function looksIn(name: string, named: RegExp): Map<string, { writes: string[]; text: string }> {
  const found = new Map<string, { writes: string[]; text: string }>();
  for (const text of sourcesIn(name)) {
    // A file may hold two looks: each begins with its export.
    for (const look of text.split(/(?=^export const )/m)) {
      const kind = named.exec(look)?.[1];
      const writes = /writes: \[([^\]]*)\]/.exec(look)?.[1];
      if (kind !== undefined && writes !== undefined)
        found.set(kind, { writes: [...writes.matchAll(/'(\w+)'/g)].map(([, field]) => field ?? ''), text });
    }
  }
  return found;
}

/** What is in the schema and no form has, with the reason. */
const without: Readonly<Record<string, string>> = {
  'document.tiles': 'drawn',
  'document.start': 'drawn, as the way from the entry',
  'document.entry': 'the fields in it are looked at one by one',
  'document.layout': 'tiles stand where the drawing puts them, and nothing goes by it',
  'document.notes': 'nothing goes by them, and the console draws none',
  'entry.on': 'the kinds are looked at one by one',
};

test('each field of each kind of tile, and of what lets people in, is written by the form of its kind', () => {
  const tiles = looksIn('kinds', /kind: '(\w+)'/);
  const missing = (schema.$defs.tile.anyOf ?? []).flatMap((kind) => {
    const name = kind.properties?.kind?.const ?? '';
    const look = tiles.get(name);
    if (!look) return [name];
    const fields = fieldsOf(kind).filter((field) => !isDrawn(field));
    const unwritten = fields.filter(([field]) => !look.writes.includes(field));
    // Fields of branches: the form names each.
    const ofBranches = fields.flatMap(([, { items }]) =>
      fieldsOf(items ?? {}).filter(
        (field) => !isDrawn(field) && field[0] !== 'name' && !look.text.includes(field[0]),
      ),
    );
    return [...unwritten, ...ofBranches].map(([field]) => `${name}.${field}`);
  });
  const entries = looksIn('entries', /name: '(\w+)'/);
  const unentered = (schema.$defs.trigger.anyOf ?? []).flatMap((kind) =>
    fieldsOf(kind).flatMap(([name, of]) => {
      const look = entries.get(name);
      if (!look) return [name];
      return fieldsOf(of).flatMap(([field]) => (look.writes.includes(field) ? [] : [`${name}.${field}`]));
    }),
  );
  assert.deepEqual([...missing, ...unentered], []);
});

test('each field of a document, its entry, its exit rules and its goal is written by a panel', () => {
  const panels = [...sourcesIn('panel'), ...sourcesIn('fields')].join('\n');
  const isWritten = (field: string) => new RegExp(`'${field}'|\\.${field}\\b|\\b${field}:`).test(panels);
  const { entry = {}, exits = {}, goal = {} } = schema.properties;
  const places: [string, Schema][] = [
    ['document', schema],
    ['entry', entry],
    ['exits', exits.items ?? {}],
    ['goal', goal],
  ];
  const missing = places.flatMap(([place, of]) =>
    fieldsOf(of).flatMap(([field]) =>
      `${place}.${field}` in without || isWritten(field) ? [] : [`${place}.${field}`],
    ),
  );
  assert.deepEqual(missing, []);
});
