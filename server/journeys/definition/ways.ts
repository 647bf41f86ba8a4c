import { Type } from 'typebox';

/** The id of a tile, as documents have it. */
export const tileId = Type.String({
  pattern: '^[A-Za-z][A-Za-z0-9_-]{0,59}$',
  description:
    'The id of a tile: a letter, then letters, digits, _ and -, up to 60 in all. It stays while the tile is changed',
});

/** Where a way leads. By its title whoever draws tiles knows the ways of a kind. */
export const target = Type.String({
  title: 'Way',
  pattern: '^[A-Za-z][A-Za-z0-9_-]{0,59}$',
  description:
    'The id of a tile, or end: there the journey is over for who comes by this way. An id is a letter, then letters, digits, _ and -, up to 60 in all',
});

/** Name of the way on which nothing special happened. */
export const next = 'next';
