import type { Part } from '../segments/definition.ts';
import { type JourneyDocument, type KindSchemas, kindOf, type Way, waysOf } from './document.ts';
import { lookOf } from './kinds/kinds.ts';
import { wordsOfName } from './name-words.ts';

/** What ways are called that several kinds have; `next` says nothing where it is the only one. */
const shared: Readonly<Record<string, string>> = {
  next: 'Then',
  timeout: 'Timed out',
  skipped: 'Skipped',
  otherwise: 'Otherwise',
  noDate: 'No date',
  refused: 'Refused',
  failed: 'Failed',
  none: 'None',
};

/** A way in plain words; null where there is nothing to tell, since it is the only one. */
export function wayWords(
  tile: Part | undefined,
  way: Pick<Way, 'from' | 'name' | 'path'>,
  isOnly: boolean,
): string | null {
  if (way.from === null) return null;
  if (isOnly && way.name === 'next') return null;
  const own = tile && lookOf(kindOf(tile)).wayWords?.(tile, way.name);
  return (
    own ?? (way.path.length > 1 ? way.name || 'Without a name' : (shared[way.name] ?? wordsOfName(way.name)))
  );
}

/** The same of a way of a document. */
export function wordsOfWay(document: JourneyDocument, kinds: KindSchemas, way: Way): string | null {
  const tile = way.from === null ? undefined : document.tiles[way.from];
  return wayWords(tile, way, tile === undefined || waysOf(way.from ?? '', tile, kinds).length === 1);
}

/** Where something is put that comes on a way: `after waitFor, on “Timed out”`. */
export const whereWords = ({ from }: Pick<Way, 'from'>, words: string | null): string =>
  `after ${from ?? 'the entry'}${words === null ? '' : `, on “${words}”`}`;
