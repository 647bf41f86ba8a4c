import { kindOf } from './document.ts';
import { entryIcon } from './entries/entries.ts';
import { lookOf } from './kinds/kinds.ts';
import { nameBeside } from './name-words.ts';
import { entryId, type Scene } from './scene.ts';
import { TileFace } from './tile-face.tsx';

/** A tile, or the entry, that is looked at by choosing it: on the canvas, and in the outline. */
export function TileButton({ id, scene, tabIndex }: { id: string; scene: Scene; tabIndex?: number }) {
  const isEntry = id === entryId;
  const look = lookOf(kindOf(scene.document.tiles[id]));
  const facts = isEntry ? scene.entry.facts : scene.factsOf(id);
  return (
    <button
      type="button"
      className="tile"
      data-tile={id}
      data-what={isEntry ? 'entry' : 'tile'}
      data-change={facts.change}
      data-faulty={facts.faults > 0 || undefined}
      data-lit={facts.isLit}
      data-selected={scene.selected === id || undefined}
      data-carried={scene.edit?.carried?.id === id || undefined}
      tabIndex={tabIndex}
      aria-pressed={scene.selected === id}
      onClick={(event) => scene.onSelect(id, event.detail === 0)}
    >
      <TileFace
        Icon={isEntry ? entryIcon(scene.entry.name) : look.Icon}
        colour={isEntry ? 'green' : look.colour}
        label={isEntry ? 'Entry' : look.label}
        name={isEntry ? null : nameBeside(id, look.base)}
        facts={facts}
      />
    </button>
  );
}
