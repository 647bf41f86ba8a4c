import type { Fault } from '../../http/errors.ts';
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
        ? []
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
