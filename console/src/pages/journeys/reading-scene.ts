import type { Checked } from '../../api/journeys.ts';
import { type JourneyDocument, type KindSchemas, kindOf, type TileChange, type Way } from './document.ts';
import { entryLabel, entryOf } from './entries/entries.ts';
import { lookOf } from './kinds/kinds.ts';
import type { Scene } from './scene.ts';

/** A journey that is looked at and not drawn: a version, a comparison, somebody's way. */
export function readingScene({
  document,
  kinds,
  words,
  changes,
  litTiles,
  isLit = () => undefined,
  selected = null,
  onSelect = () => undefined,
}: {
  document: JourneyDocument;
  kinds: KindSchemas;
  /** What tiles say; of what stands in several, the first that tells of it. */
  words: readonly (Checked | undefined)[];
  changes?: ReadonlyMap<string, TileChange>;
  litTiles?: ReadonlySet<string>;
  isLit?: (way: Way) => boolean | undefined;
  selected?: string | null;
  onSelect?: (id: string) => void;
}): Scene {
  const { name } = entryOf(document.entry.on);
  return {
    ...{ document, kinds, isLit, selected, onSelect, lines: 0 },
    entry: {
      name,
      facts: { words: words[0]?.entry ?? entryLabel(name), faults: 0, ...(litTiles && { isLit: true }) },
    },
    factsOf: (id) => {
      const change = changes?.get(id);
      return {
        words: words.flatMap((told) => told?.tiles[id] ?? [])[0] ?? lookOf(kindOf(document.tiles[id])).hint,
        faults: 0,
        ...(change && { change }),
        ...(litTiles && { isLit: litTiles.has(id) }),
      };
    },
    countOf: () => null,
    edit: null,
  };
}
