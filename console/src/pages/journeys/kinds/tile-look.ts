import type { Icon } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { Part } from '../../segments/definition.ts';
import type { JourneyDocument, KindSchemas } from '../document.ts';

/** What forms of tiles know besides the tile. */
export interface RoomGround {
  document: JourneyDocument;
  kinds: KindSchemas;
  /** The journey that is drawn. */
  journeyId: number;
}

/** What the form of a kind of tile is given. */
export interface TileFormProps {
  tile: Part;
  room: RoomGround;
  /** Changes the tile; changes that follow closely on one another with the same `what` are undone as one. */
  onChange: (tile: Part, what?: string) => void;
}

/** How a kind of tile is called, drawn and written. Each kind is a file beside this one. */
export interface TileLook {
  kind: string;
  label: string;
  /** What it is for, in a line. */
  hint: string;
  Icon: Icon;
  /** A colour of the theme: what tiles of one sort share. */
  colour: string;
  /** What new ones are named after: `wait`, `wait2`. */
  base: string;
  /** A new one; its ways lead nowhere yet. */
  begin: Part;
  /** What its ways are called beside the words that all kinds share (`way-words.ts`). */
  wayWords?: (tile: Part, name: string) => string | undefined;
  /** The fields that the form writes, ways not among them; what else the schema has is written as JSON. */
  writes: readonly string[];
  Form: (props: TileFormProps) => ReactNode;
}
