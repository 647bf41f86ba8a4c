import type { Database } from '../../database/connect.ts';
import type { Definition, LeafKind } from '../leaf-kind.ts';
import { readDefinition } from '../read-definition.ts';
import { definitionsOfMeanings } from './meanings.sql.ts';

/** A meaning that was read. */
export interface Meaning {
  segmentId: number;
  generation: number;
  definition: Definition;
}

/** Meanings that a process has read, by their generations. */
export interface Meanings {
  /** Those of these generations; one that is forgotten, or means nothing, is absent. */
  of(db: Database, generations: readonly number[]): Promise<Map<number, Meaning>>;
}

const mostKept = 5_000;

/** Nothing read yet. What a generation means never changes, so that it is read once. */
export function openMeanings(kinds: readonly LeafKind[]): Meanings {
  const known = new Map<number, Meaning>();
  const read = async (db: Database, generations: readonly number[]) => {
    for (const { generation, segmentId, definitions } of await definitionsOfMeanings(db, generations)) {
      if (!definitions) continue;
      const segments = new Map(Object.entries(definitions).map(([id, each]) => [Number(id), each]));
      // What is stored says every zone.
      const ground = { kinds, timeZone: 'UTC', segments };
      const definition = readDefinition(ground, segments.get(segmentId), segmentId);
      known.set(generation, { segmentId, generation, definition });
    }
  };
  return {
    of: async (db, generations) => {
      const unknown = generations.filter((generation) => !known.has(generation));
      if (known.size + unknown.length > mostKept) known.clear();
      const wanted = generations.filter((generation) => !known.has(generation));
      if (wanted.length > 0) await read(db, wanted);
      return new Map(
        generations.flatMap((each) => {
          const meaning = known.get(each);
          return meaning ? [[each, meaning] as const] : [];
        }),
      );
    },
  };
}
