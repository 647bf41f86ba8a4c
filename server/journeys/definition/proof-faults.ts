import type { Fault } from '../../http/errors.ts';
import { isObject } from '../../segments/values/group.ts';
import type { Entry } from './journey.ts';
import type { Tile } from './tile-kind.ts';

/** Entries with which fields of the person's own doing come. */
const bringFields = ['event', 'purchase', 'api'];

/**
 * Proofs of agreements that are none: an opt-in is recorded by what its person wrote or did, and not by what somebody wrote into the journey, nor by what a tile
 * found out of them. Pure.
 */
export function faultsOfProof({ trigger }: Entry, tiles: ReadonlyMap<string, Tile>): Fault[] {
  const [on = ''] = Object.keys(trigger.stored);
  const hasTexts = on === 'received' || [...tiles.values()].some(({ replies }) => replies !== undefined);
  return [...tiles].flatMap(([id, { proves }]): Fault[] => {
    const field = `document.tiles.${id}`;
    if (!proves) return [];
    if (proves.by === 'reply')
      return hasTexts
        ? faultsOfAnyText(id, trigger.stored, tiles)
        : [
            {
              field: `${field}.reply`,
              fault:
                'is never there, since nothing waits for a text of theirs; put a wait for a reply before it, or begin by received',
            },
          ];
    if (!bringFields.includes(on))
      return [
        {
          field: `${field}.proof`,
          fault: `cannot come with an entry by ${on}, which brings nothing that the person wrote or ticked; begin by ${bringFields.join(', ')}, or take a text of theirs (reply: true)`,
        },
      ];
    const finder = [...tiles].find(([, { finds }]) => finds !== undefined && finds === proves.path[0]);
    return finder
      ? [
          {
            field: `${field}.proof`,
            fault: `is what the tile ${finder[0]} finds out, and not what the person agreed to; name a field of the entry`,
          },
        ]
      : [];
  });
}

/** Whether texts are meant by words that they have: any text at all agrees to nothing. */
const isByWords = (texts: unknown): boolean =>
  isObject(texts) && (texts.keywords !== undefined || texts.contains !== undefined);

/** Where any text at all would lead to an agreement by text. */
function faultsOfAnyText(id: string, entry: unknown, tiles: ReadonlyMap<string, Tile>): Fault[] {
  const fault = `takes any text, also “no”, for an agreement, since the tile ${id} records an opt-in by it; say by keywords or contains which texts agree`;
  const ofEntry =
    isObject(entry) && entry.received !== undefined && !isByWords(entry.received)
      ? [{ field: 'document.entry.on.received', fault }]
      : [];
  const ofTiles = [...tiles].flatMap(([from, { stored }]) => {
    const branches = isObject(stored) && Array.isArray(stored.branches) ? stored.branches : [];
    return branches.flatMap((branch, index) =>
      branch.next === id && branch.for?.reply !== undefined && !isByWords(branch.for.reply)
        ? [{ field: `document.tiles.${from}.branches.${index}.for.reply`, fault }]
        : [],
    );
  });
  return [...ofEntry, ...ofTiles];
}
