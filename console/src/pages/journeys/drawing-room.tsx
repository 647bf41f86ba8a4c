import {
  ActionIcon,
  Button,
  Drawer,
  Group,
  Kbd,
  Menu,
  Popover,
  SegmentedControl,
  Skeleton,
  Stack,
  Table,
  Text,
  Tooltip,
} from '@mantine/core';
import { useHotkeys, useMediaQuery } from '@mantine/hooks';
import {
  IconAlertTriangle,
  IconArrowBackUp,
  IconArrowForwardUp,
  IconCheck,
  IconDoorExit,
  IconKeyboard,
  IconSettings,
  IconX,
} from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { lazy, type ReactNode, Suspense, useMemo, useRef, useState } from 'react';
import { checkQuery, countsQuery } from '../../api/journeys.ts';
import { count, counted } from '../../words/formats.ts';
import { refusalWords } from '../../words/refusal-words.ts';
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
import type { RoomProps } from './journey-page.tsx';
import { lookOf } from './kinds/kinds.ts';
import { Outline } from './outline.tsx';
import { EntryPanel } from './panel/entry-panel.tsx';
import { ExitsPanel } from './panel/exits-panel.tsx';
import { faultWords, type TakesFocus } from './panel/panel.tsx';
import { SettingsPanel } from './panel/settings-panel.tsx';
import { TilePanel } from './panel/tile-panel.tsx';
import { RemoveQuestion } from './remove-question.tsx';
import { type Editing, entryId, type Scene } from './scene.ts';
import { useFocusOn } from './use-focus-on.ts';
import { useSome } from './use-some.ts';

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
            {counted(document.exits?.length ?? 0, 'exit rule')}
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

function SelectedPanel({
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

function FaultsMenu({
  faults,
  isKnown,
  error,
  onGo,
}: {
  faults: readonly PlacedFault[];
  isKnown: boolean;
  /** Why it is not known what is wrong by now. */
  error: Error | null;
  onGo: (at: Selection, field: string) => void;
}) {
  const { shown, more, showAll } = useSome(faults);
  if (error)
    return (
      <Text size="sm" role="status" className="save-line" data-state="failed">
        <IconAlertTriangle size={15} aria-hidden /> Not checked: {refusalWords(error)}
      </Text>
    );
  if (!isKnown) return null;
  if (faults.length === 0)
    return (
      <Text size="sm" c="dimmed" role="status" className="save-line">
        <IconCheck size={15} aria-hidden /> Nothing to mend
      </Text>
    );
  return (
    <Menu position="bottom-start" width={380} withinPortal={false} returnFocus={false}>
      <Menu.Target>
        <Button
          variant="light"
          color="red"
          size="xs"
          leftSection={<IconAlertTriangle size={16} aria-hidden />}
        >
          {counted(faults.length, 'thing')} to mend
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {shown.map(({ at, field, fault }) => (
          <Menu.Item
            key={`${JSON.stringify(at)} ${field} ${fault}`}
            disabled={at === null}
            onClick={() => at && onGo(at, field)}
          >
            <Text size="sm" className="anywhere">
              <b>{placeWords(at)}</b> {faultWords(field, fault)}
            </Text>
          </Menu.Item>
        ))}
        {more > 0 && (
          <Menu.Item closeMenuOnClick={false} c="dusk" onClick={showAll}>
            Show {count(more)} more
          </Menu.Item>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}

const placeWords = (at: Selection | null) =>
  at === null
    ? 'The journey:'
    : at.what === 'tile'
      ? `${at.id}:`
      : { entry: 'Entry:', exits: 'Exit rules and goal:', settings: 'Settings:' }[at.what];

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

const keys = [
  { key: 'Arrows', does: 'along the ways, and to what stands beside' },
  { key: 'Enter', does: 'opens what a tile says' },
  { key: '+', does: 'adds a tile after it' },
  { key: 'Delete', does: 'takes it away' },
  { key: 'Escape', does: 'closes, and goes back to the tile' },
  { key: 'Ctrl+Z', does: 'undoes; with Shift does it again' },
];

function KeysHelp() {
  return (
    <Popover position="bottom-end" withArrow trapFocus>
      <Popover.Target>
        <Tooltip label="Keys">
          <ActionIcon variant="default" size={30} aria-label="Keys">
            <IconKeyboard size={18} aria-hidden />
          </ActionIcon>
        </Tooltip>
      </Popover.Target>
      <Popover.Dropdown>
        <Table aria-label="Keys on the canvas">
          <Table.Tbody>
            {keys.map(({ key, does }) => (
              <Table.Tr key={key}>
                <Table.Th scope="row">
                  <Kbd>{key}</Kbd>
                </Table.Th>
                <Table.Td>{does}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Popover.Dropdown>
    </Popover>
  );
}
