import {
  ActionIcon,
  Button,
  Drawer,
  Group,
  SegmentedControl,
  Skeleton,
  Stack,
  Text,
  Tooltip,
} from '@mantine/core';
import { useHotkeys, useMediaQuery } from '@mantine/hooks';
import { IconArrowBackUp, IconArrowForwardUp, IconDoorExit, IconSettings, IconX } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { lazy, type ReactNode, Suspense, useMemo, useRef, useState } from 'react';
import { checkQuery, countsQuery } from '../../api/journeys.ts';
import { counted } from '../../words/formats.ts';
import { AddDialog, type Added } from './add-dialog.tsx';
import type { CanvasHandle } from './canvas/canvas.tsx';
import {
  asCopy,
  freshId,
  type JourneyDocument,
  kindOf,
  mainWay,
  type Way,
  withInserted,
  withMoved,
  withoutTile,
  withTarget,
} from './document.ts';
import { entryOf } from './entries/entries.ts';
import { isSame, type PlacedFault, placeOf, type Selection } from './faults.ts';
import { FaultsMenu } from './faults-menu.tsx';
import type { RoomProps } from './journey-page.tsx';
import { KeysHelp } from './keys-help.tsx';
import { lookOf } from './kinds/kinds.ts';
import { Outline } from './outline.tsx';
import type { TakesFocus } from './panel/panel.tsx';
import { SelectedPanel } from './panel/selected-panel.tsx';
import { RemoveQuestion } from './remove-question.tsx';
import { type Editing, entryId, type Scene } from './scene.ts';
import { useFocusOn } from './use-focus-on.ts';

// The drawing brings a library of its own; the list needs none of it.
const Canvas = lazy(() => import('./canvas/canvas.tsx'));

/** Where a journey is drawn: the canvas, or the same as a list, and beside it what is looked at. */
export function DrawingRoom({ journey, published, kinds, drawing }: RoomProps) {
  const { document, change } = drawing;
  const isPhone = useMediaQuery('(max-width: 47.99em)', undefined, { getInitialValueInEffect: false });
  const isNarrow = useMediaQuery('(max-width: 74.99em)', undefined, { getInitialValueInEffect: false });
  const [isList, setList] = useState(false);
  const [selected, setSelected] = useState<Selection | null>(null);
  const [takesFocus, setTakesFocus] = useState<TakesFocus>(false);
  const [ways, setWays] = useState<readonly Way[] | null>(null);
  const [carried, setCarried] = useState<Editing['carried']>(null);
  const [removing, setRemoving] = useState<{ id: string; also: string[] } | null>(null);
  const handle = useRef<CanvasHandle>(null);
  const isEditable = journey.state !== 'archived';
  const { data: checked, error: unchecked } = useQuery(checkQuery(journey.id, drawing.savedAt));
  const counts = useQuery(countsQuery(journey)).data;
  const faults = useMemo(() => (checked?.faults ?? []).map(placeOf), [checked]);
  const faultsAt = (place: Selection) => faults.filter(({ at }) => isSame(at, place));

  const select = (next: Selection, byKeyboard: TakesFocus) => {
    setSelected(next);
    setTakesFocus(byKeyboard);
  };
  const backTo = useFocusOn(handle);
  const close = () => {
    const id = selected?.what === 'tile' ? selected.id : entryId;
    setSelected(null);
    backTo(id);
  };
  const remove = (id: string) => {
    const { document: next, also } = withoutTile(document, id, kinds);
    const onward = sourceOf(document, id, kinds) ?? entryId;
    change(() => next);
    if (selected?.what === 'tile' && (selected.id === id || also.includes(selected.id))) setSelected(null);
    backTo(onward);
  };
  const askToRemove = (id: string) => {
    const { also } = withoutTile(document, id, kinds);
    if (also.length === 0) remove(id);
    else setRemoving({ id, also });
  };
  const add = (way: Way, added: Added) => {
    setWays(null);
    if (added.what === 'goTo') {
      change((before) => withTarget(before, way, added.to));
      backTo(way.from ?? entryId);
      return;
    }
    const look = lookOf(added.kind);
    const id = freshId(document, look.base);
    change((before) => withInserted(before, way, id, look.begin, kinds));
    select({ what: 'tile', id }, true);
  };
  const drop = (way: Way) => {
    if (!carried) return;
    const tile = document.tiles[carried.id];
    setCarried(null);
    if (!tile) return;
    if (!carried.isCopy) {
      change((before) => withMoved(before, carried.id, way, kinds));
      backTo(carried.id);
      return;
    }
    const id = freshId(document, carried.id);
    change((before) => withInserted(before, way, id, asCopy(tile, kinds), kinds));
    select({ what: 'tile', id }, true);
  };
  const onAdd = (offered: readonly Way[]) => {
    const way = mainWay(offered);
    if (carried && way) drop(way);
    else setWays(offered);
  };
  useHotkeys([
    ['mod+Z', () => isEditable && drawing.undo()],
    ['mod+shift+Z', () => isEditable && drawing.redo()],
    ['mod+Y', () => isEditable && drawing.redo()],
    [
      'Escape',
      () => {
        if (carried) setCarried(null);
        else if (selected) close();
      },
    ],
  ]);

  const { name: entryName } = entryOf(document.entry.on);
  const scene: Scene = {
    ...{ document, kinds, lines: counts === undefined ? 0 : 1 },
    entry: {
      name: entryName,
      facts: {
        words: checked?.entry ?? 'nothing lets anybody in yet',
        faults: faultsAt({ what: 'entry' }).length,
      },
    },
    factsOf: (id) => {
      const counted = counts?.tiles[id];
      return {
        words: checked?.tiles[id] ?? wordsOfFaulty(faultsAt({ what: 'tile', id })),
        faults: faultsAt({ what: 'tile', id }).length,
        ...(counted && { counts: counted }),
      };
    },
    countOf: ({ from, name }) => (from === null ? null : (counts?.tiles[from]?.ways[name] ?? null)),
    isLit: () => undefined,
    selected: selected?.what === 'tile' ? selected.id : selected?.what === 'entry' ? entryId : null,
    onSelect: (id, byKeyboard) =>
      select(id === entryId ? { what: 'entry' } : { what: 'tile', id }, byKeyboard),
    edit: isEditable ? { onAdd, onRemove: askToRemove, carried, onDrop: drop } : null,
  };
  const panel = selected && (
    <SelectedPanel
      {...{ selected, takesFocus, journey, document, published, kinds, isEditable, change }}
      faults={faultsAt(selected)}
      onSelect={select}
      onCarry={(id, isCopy) => {
        setCarried({ id, isCopy });
        setSelected(null);
        backTo(id);
      }}
      onRemove={askToRemove}
      onClose={close}
    />
  );
  const label = `The journey ${journey.name}`;
  return (
    <Stack gap="sm">
      <Group justify="space-between" gap="sm">
        <Group gap="xs">
          {isEditable && (
            <>
              <ToolButton label="Undo" keys="Ctrl+Z" isOff={!drawing.canUndo} onClick={drawing.undo}>
                <IconArrowBackUp size={18} aria-hidden />
              </ToolButton>
              <ToolButton label="Redo" keys="Ctrl+Shift+Z" isOff={!drawing.canRedo} onClick={drawing.redo}>
                <IconArrowForwardUp size={18} aria-hidden />
              </ToolButton>
            </>
          )}
          <Button
            variant="default"
            size="xs"
            leftSection={<IconDoorExit size={16} aria-hidden />}
            disabled={!isEditable}
            onClick={(event) => select({ what: 'exits' }, event.detail === 0)}
          >
            {counted(document.exits?.length ?? 0, 'exit rule')}, {document.goal ? 'a goal' : 'no goal'}
          </Button>
          <Button
            variant="default"
            size="xs"
            leftSection={<IconSettings size={16} aria-hidden />}
            onClick={(event) => select({ what: 'settings' }, event.detail === 0)}
          >
            Settings
          </Button>
          {isEditable && (
            <FaultsMenu
              faults={faults}
              isKnown={checked !== undefined}
              error={unchecked}
              onGo={(at, field) => select(at, { field })}
            />
          )}
        </Group>
        {!isPhone && (
          <Group gap="xs">
            <KeysHelp />
            <SegmentedControl
              aria-label="How the journey is shown"
              size="xs"
              value={isList ? 'list' : 'canvas'}
              onChange={(value) => setList(value === 'list')}
              data={[
                { value: 'canvas', label: 'Canvas' },
                { value: 'list', label: 'List' },
              ]}
            />
          </Group>
        )}
      </Group>
      {carried && <CarriedBar carried={carried} onStop={() => setCarried(null)} />}
      <div className="journey-room">
        <div className="journey-view">
          {isPhone || isList ? (
            <Outline scene={scene} label={label} handle={handle} />
          ) : (
            <Suspense fallback={<Skeleton h={560} radius="lg" />}>
              <Canvas scene={scene} label={label} handle={handle} />
            </Suspense>
          )}
        </div>
        {!isNarrow && panel && (
          <aside className="journey-panel" aria-label="What is looked at">
            {panel}
          </aside>
        )}
      </div>
      {isNarrow && (
        <Drawer
          opened={panel !== null}
          onClose={close}
          position="right"
          size="min(100%, 460px)"
          withCloseButton={false}
          returnFocus={false}
          aria-label="What is looked at"
        >
          {panel}
        </Drawer>
      )}
      <AddDialog
        ways={ways}
        document={document}
        kinds={kinds}
        onAdd={add}
        onClose={() => {
          setWays(null);
          backTo(ways?.[0]?.from ?? entryId);
        }}
      />
      {removing && (
        <RemoveQuestion
          {...removing}
          onClose={() => setRemoving(null)}
          onRemove={() => {
            setRemoving(null);
            remove(removing.id);
          }}
        />
      )}
    </Stack>
  );
}

/** What a tile says that cannot be read yet. */
const wordsOfFaulty = (faults: readonly PlacedFault[]): string | null =>
  faults.length > 0 ? 'to be filled in' : null;

/** The tile by which one comes to another. */
function sourceOf(document: JourneyDocument, id: string, kinds: RoomProps['kinds']): string | null {
  const found = Object.entries(document.tiles).find(
    ([each, tile]) =>
      each !== id && JSON.stringify(tile).includes(JSON.stringify(id)) && kinds.tiles.has(kindOf(tile)),
  );
  return found?.[0] ?? null;
}

function ToolButton({
  label,
  keys,
  isOff,
  onClick,
  children,
}: {
  label: string;
  keys: string;
  isOff: boolean;
  onClick: () => void;
  children: ReactNode;
}) {
  return (
    <Tooltip label={`${label} (${keys})`}>
      <ActionIcon variant="default" size={30} aria-label={label} disabled={isOff} onClick={onClick}>
        {children}
      </ActionIcon>
    </Tooltip>
  );
}

function CarriedBar({
  carried: { id, isCopy },
  onStop,
}: {
  carried: NonNullable<Editing['carried']>;
  onStop: () => void;
}) {
  return (
    <Group className="carried-bar" justify="space-between" role="status">
      <Text size="sm">
        {isCopy ? 'A copy of' : 'Moving'} <b>{id}</b>: choose the + where it goes, or the key + at a tile.
      </Text>
      <Button variant="subtle" size="xs" leftSection={<IconX size={14} aria-hidden />} onClick={onStop}>
        Stop
      </Button>
    </Group>
  );
}
