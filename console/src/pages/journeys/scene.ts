import type { JourneyDocument, KindSchemas, Way } from './document.ts';
import type { TileFacts } from './tile-face.tsx';

/** What may be done to a journey where it is drawn. */
export interface Editing {
  /** Asks what comes on a way; several to choose among where somebody asks at a tile. */
  onAdd: (ways: readonly Way[]) => void;
  onRemove: (id: string) => void;
  /** What is being carried to another place; null for nothing. */
  carried: { id: string; isCopy: boolean } | null;
  onDrop: (way: Way) => void;
}

/** A journey as it is shown, on the canvas or as an outline. */
export interface Scene {
  document: JourneyDocument;
  kinds: KindSchemas;
  /** What people enter by: its name, words and faults. */
  entry: { name: string; facts: TileFacts };
  factsOf: (id: string) => TileFacts;
  /** How many lines tiles have below what they say: how many people are there, and what else is told of them. */
  lines: 0 | 1 | 2;
  /** People who went on by a way; null where it is not known. */
  countOf: (way: Way) => number | null;
  /** Whether somebody's way leads along it; undefined where nobody's is looked at. */
  isLit: (way: Way) => boolean | undefined;
  /** What is looked at beside it: a tile's id, `entryId`; null for nothing. */
  selected: string | null;
  /** By keyboard the focus goes along. */
  onSelect: (id: string, byKeyboard: boolean) => void;
  /** Null where it is looked at only. */
  edit: Editing | null;
}

/** What the entry is called among tiles. */
export const entryId = ' entry';
