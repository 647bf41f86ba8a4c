import type { JourneyDocument } from '../document.ts';
import type { PlacedFault, Selection } from '../faults.ts';
import type { RoomProps } from '../journey-page.tsx';
import { EntryPanel } from './entry-panel.tsx';
import { ExitsPanel } from './exits-panel.tsx';
import type { TakesFocus } from './panel.tsx';
import { SettingsPanel } from './settings-panel.tsx';
import { TilePanel } from './tile-panel.tsx';

/** What is looked at beside the canvas, with its fields. */
export function SelectedPanel({
  selected,
  takesFocus,
  journey,
  document,
  published,
  kinds,
  isEditable,
  faults,
  change,
  onSelect,
  onCarry,
  onRemove,
  onClose,
}: Pick<RoomProps, 'journey' | 'published' | 'kinds'> & {
  selected: Selection;
  takesFocus: TakesFocus;
  document: JourneyDocument;
  isEditable: boolean;
  faults: readonly PlacedFault[];
  change: RoomProps['drawing']['change'];
  onSelect: (selection: Selection, byKeyboard: boolean) => void;
  onCarry: (id: string, isCopy: boolean) => void;
  onRemove: (id: string) => void;
  onClose: () => void;
}) {
  const shared = { document, kinds, faults, takesFocus, onChange: change, onClose };
  switch (selected.what) {
    case 'entry':
      return <EntryPanel {...shared} isEditable={isEditable} />;
    case 'exits':
      return <ExitsPanel {...shared} />;
    case 'settings':
      return <SettingsPanel {...shared} journey={journey} isEditable={isEditable} />;
    case 'tile':
      return document.tiles[selected.id] ? (
        <TilePanel
          key={selected.id}
          id={selected.id}
          room={{ document, kinds, journeyId: journey.id }}
          isPublished={published !== null && Object.hasOwn(published.tiles, selected.id)}
          {...{ faults, takesFocus, isEditable, onClose }}
          onChange={change}
          onRenamed={(name) => onSelect({ what: 'tile', id: name }, false)}
          onCarry={(isCopy) => onCarry(selected.id, isCopy)}
          onRemove={() => onRemove(selected.id)}
        />
      ) : null;
  }
}
