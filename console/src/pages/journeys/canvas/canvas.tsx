import '@xyflow/react/dist/base.css';
import { ActionIcon, Group, Tooltip } from '@mantine/core';
import { useReducedMotion } from '@mantine/hooks';
import { IconMaximize, IconMinus, IconPlus } from '@tabler/icons-react';
import {
  type Node,
  type NodeProps,
  Panel,
  ReactFlow,
  ReactFlowProvider,
  useReactFlow,
  useStore,
  useStoreApi,
  ViewportPortal,
} from '@xyflow/react';
import {
  type KeyboardEvent,
  memo,
  type RefObject,
  useCallback,
  useEffect,
  useImperativeHandle,
  useMemo,
  useRef,
  useState,
} from 'react';
import { count } from '../../../words/formats.ts';
import { wayId } from '../document.ts';
import { entryId, type Scene } from '../scene.ts';
import { TileButton } from '../tile-button.tsx';
import { whereWords, wordsOfWay } from '../way-words.ts';
import { neighbour } from './keys.ts';
import { type Layout, layoutOf, type PlacedWay, pathOf, sizes } from './layout.ts';

/** What others ask of the canvas. */
export interface CanvasHandle {
  /** Gives a tile the focus, and brings it into sight; does nothing for one that is not drawn yet. */
  focus: (id: string) => void;
}

/** A journey, drawn. What is to be done is done by keys as well. */
export default function Canvas(props: {
  scene: Scene;
  label: string;
  handle?: RefObject<CanvasHandle | null>;
}) {
  return (
    <ReactFlowProvider>
      <Drawn {...props} />
    </ReactFlowProvider>
  );
}

interface TileData extends Record<string, unknown> {
  id: string;
  scene: Scene;
  /** Whether the tab key comes to it. */
  isCurrent: boolean;
}
type TileNode = Node<TileData>;

const nodeTypes = { entry: memo(TileMark), tile: memo(TileMark), end: memo(EndMark) };
const noEdges: never[] = [];

function Drawn({
  scene,
  label,
  handle,
}: {
  scene: Scene;
  label: string;
  handle?: RefObject<CanvasHandle | null>;
}) {
  const { document, kinds, selected } = scene;
  const { lines } = scene;
  const layout = useMemo(() => layoutOf(document, kinds, lines), [document, kinds, lines]);
  const frame = useRef<HTMLDivElement>(null);
  const isStill = useReducedMotion();
  const [stood, setStood] = useState(entryId);
  const current = layout.nodes.some(({ id }) => id === stood) ? stood : entryId;
  const show = useBringIntoSight(layout, frame, isStill ? 0 : 180);
  const focus = useCallback(
    (id: string) => {
      setStood(id);
      show(id);
      buttonOf(frame.current, id)?.focus({ preventScroll: true });
    },
    [show],
  );
  useImperativeHandle(handle, () => ({ focus }), [focus]);
  // What is looked at stays in sight when the panel beside it takes its room.
  const width = useStore((state) => state.width);
  useKeepMiddle(width);
  useEffect(() => {
    if (selected === null || width === 0) return;
    setStood(selected);
    show(selected);
  }, [selected, show, width]);
  const nodes = useMemo(
    () =>
      layout.nodes.map(
        ({ id, what, x, y, width, height }): TileNode => ({
          ...{ id, type: what, position: { x, y }, width, height },
          data: { id, scene, isCurrent: id === current },
          domAttributes: { 'aria-roledescription': undefined },
        }),
      ),
    [layout, scene, current],
  );
  const onKeyDown = (event: KeyboardEvent) => {
    const id = event.target instanceof HTMLElement ? event.target.dataset.tile : undefined;
    if (id === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key.startsWith('Arrow')) {
      event.preventDefault();
      const next = neighbour(layout, id, event.key, entryId);
      if (next !== null) focus(next);
      return;
    }
    if (!scene.edit) return;
    const ways = layout.ways.filter(({ way }) => (way.from ?? entryId) === id).map(({ way }) => way);
    if (event.key === '+') {
      event.preventDefault();
      if (ways.length > 0) scene.edit.onAdd(ways);
    } else if ((event.key === 'Delete' || event.key === 'Backspace') && id !== entryId) {
      event.preventDefault();
      scene.edit.onRemove(id);
    }
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the keys are those of the tiles within
    <div
      className="journey-canvas"
      ref={frame}
      onKeyDown={onKeyDown}
      onFocus={({ target }) => {
        if (target.dataset.tile !== undefined) show(target.dataset.tile);
      }}
    >
      <ReactFlow
        aria-label={label}
        nodes={nodes}
        edges={noEdges}
        nodeTypes={nodeTypes}
        nodesDraggable={false}
        nodesConnectable={false}
        nodesFocusable={false}
        elementsSelectable={false}
        disableKeyboardA11y
        deleteKeyCode={null}
        selectionKeyCode={null}
        multiSelectionKeyCode={null}
        panOnScroll
        zoomOnDoubleClick={false}
        minZoom={0.25}
        maxZoom={1.4}
        attributionPosition="bottom-left"
      >
        <Ways layout={layout} scene={scene} />
        <Begin layout={layout} />
        <Controls isStill={isStill} />
      </ReactFlow>
    </div>
  );
}

const buttonOf = (frame: HTMLElement | null, id: string) =>
  [...(frame?.querySelectorAll<HTMLElement>('[data-tile]') ?? [])].find((each) => each.dataset.tile === id);

/** Moves what is seen so far that a tile is in sight, and not at all where it is. */
function useBringIntoSight(layout: Layout, frame: RefObject<HTMLElement | null>, duration: number) {
  const { getViewport, setViewport } = useReactFlow();
  return useCallback(
    (id: string) => {
      const node = layout.nodes.find((each) => each.id === id);
      const box = frame.current?.getBoundingClientRect();
      if (!node || !box) return;
      const { x, y, zoom } = getViewport();
      const [left, top] = [node.x * zoom + x, node.y * zoom + y];
      const across = inwards(left, node.width * zoom, box.width);
      const down = inwards(top, node.height * zoom, box.height);
      if (across !== 0 || down !== 0) void setViewport({ x: x + across, y: y + down, zoom }, { duration });
    },
    [layout, frame, getViewport, setViewport, duration],
  );
}

/** Keeps what stands in the middle there when the panel beside it takes its room, or gives it back. */
function useKeepMiddle(width: number): void {
  const { getViewport, setViewport } = useReactFlow();
  const before = useRef(0);
  useEffect(() => {
    const { x, y, zoom } = getViewport();
    if (before.current > 0 && width > 0 && before.current !== width)
      void setViewport({ x: x + (width - before.current) / 2, y, zoom });
    before.current = width;
  }, [width, getViewport, setViewport]);
}

/** Room that is left around what is brought into sight; below there is room for its ways. */
const margin = 28;

/** How far something has to move that all of it is seen, with its beginning before its end. */
function inwards(begin: number, size: number, seen: number): number {
  if (begin < margin) return margin - begin;
  const over = begin + size + margin * 2 - seen;
  return over > 0 ? -Math.min(over, begin - margin) : 0;
}

/** Shows the entry at first, at the top, as large as all of the width allows. */
function Begin({ layout }: { layout: Layout }) {
  const { setViewport } = useReactFlow();
  const store = useStoreApi();
  const isDone = useRef(false);
  useEffect(() => {
    const begin = () => {
      const { width } = store.getState();
      const entry = layout.nodes.find(({ id }) => id === entryId);
      if (isDone.current || width === 0 || !entry) return isDone.current;
      isDone.current = true;
      const zoom = Math.min(1, Math.max(0.55, (width - 32) / layout.width));
      const fits = layout.width * zoom <= width;
      const middle = fits ? layout.width / 2 : entry.x + entry.width / 2;
      void setViewport({ x: width / 2 - middle * zoom, y: 8, zoom });
      return true;
    };
    if (begin()) return;
    return store.subscribe(begin);
  }, [layout, setViewport, store]);
  return null;
}

function Controls({ isStill }: { isStill: boolean | undefined }) {
  const { zoomIn, zoomOut, fitView } = useReactFlow();
  const duration = isStill ? 0 : 180;
  const buttons = [
    { label: 'Larger', Icon: IconPlus, onClick: () => zoomIn({ duration }) },
    { label: 'Smaller', Icon: IconMinus, onClick: () => zoomOut({ duration }) },
    { label: 'All of it', Icon: IconMaximize, onClick: () => fitView({ duration, padding: 0.05 }) },
  ];
  return (
    <Panel position="bottom-right">
      <Group gap={4}>
        {buttons.map(({ label, Icon, onClick }) => (
          <Tooltip key={label} label={label}>
            <ActionIcon variant="default" size={34} aria-label={label} onClick={() => void onClick()}>
              <Icon size={18} aria-hidden />
            </ActionIcon>
          </Tooltip>
        ))}
      </Group>
    </Panel>
  );
}

function TileMark({ data: { id, scene, isCurrent } }: NodeProps<TileNode>) {
  return <TileButton id={id} scene={scene} tabIndex={isCurrent ? 0 : -1} />;
}

function EndMark() {
  return <span className="way-end">End</span>;
}

/** The ways between tiles, each with its words and what adds a tile to it. */
function Ways({ layout, scene }: { layout: Layout; scene: Scene }) {
  return (
    <ViewportPortal>
      <svg className="ways" width={layout.width} height={layout.height} aria-hidden="true">
        <defs>
          {[false, true].map((isLit) => (
            <marker
              key={String(isLit)}
              id={isLit ? 'lit-tip' : 'way-tip'}
              viewBox="0 0 8 8"
              refX="7"
              refY="4"
              markerUnits="userSpaceOnUse"
              markerWidth="12"
              markerHeight="12"
              orient="auto"
            >
              <path d="M 0 0.5 L 7.5 4 L 0 7.5 z" className="way-tip" data-lit={isLit || undefined} />
            </marker>
          ))}
        </defs>
        {layout.ways.map((placed) => (
          <path
            key={placed.id}
            d={pathOf(placed.points)}
            className="way"
            data-lit={scene.isLit(placed.way)}
            data-back={placed.isBack || undefined}
            markerEnd={scene.isLit(placed.way) ? 'url(#lit-tip)' : 'url(#way-tip)'}
          />
        ))}
      </svg>
      {layout.ways.map((placed) => (
        <WayLabel key={placed.id} placed={placed} scene={scene} />
      ))}
    </ViewportPortal>
  );
}

function WayLabel({ placed: { way, label }, scene }: { placed: PlacedWay; scene: Scene }) {
  const { edit, document, kinds } = scene;
  const words = wordsOfWay(document, kinds, way);
  const people = scene.countOf(way);
  const where = whereWords(way, words);
  const carried = edit?.carried;
  return (
    <div
      className="way-label nopan"
      style={{
        transform: `translate(${label.x - sizes.way.width / 2}px, ${label.y - sizes.way.height / 2}px)`,
        ...sizes.way,
      }}
    >
      {words !== null && (
        <span className="way-words" title={words}>
          {words}
          {people !== null && <b> {count(people)}</b>}
        </span>
      )}
      {edit && (
        <button
          type="button"
          tabIndex={-1}
          className="way-add"
          data-way={wayId(way)}
          data-drop={carried ? true : undefined}
          aria-label={carried ? `Put ${carried.id} here, ${where}` : `Add a tile ${where}`}
          onClick={() => (carried ? edit.onDrop(way) : edit.onAdd([way]))}
        >
          <IconPlus size={16} stroke={2.2} aria-hidden />
        </button>
      )}
    </div>
  );
}
