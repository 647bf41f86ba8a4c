import { ActionIcon, Anchor, Text } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { type KeyboardEvent, type RefObject, useImperativeHandle, useRef } from 'react';
import { count } from '../../words/formats.ts';
import type { CanvasHandle } from './canvas/canvas.tsx';
import { entryWay, inOrder, type Way, wayId, waysOf } from './document.ts';
import { entryId, type Scene } from './scene.ts';
import { TileButton } from './tile-button.tsx';
import { wayWords, whereWords } from './way-words.ts';

/** A journey as a list, for screen readers and for phones: each tile with its ways, which lead to the tiles that they name. */
export function Outline({
  scene,
  label,
  handle,
}: {
  scene: Scene;
  label: string;
  handle?: RefObject<CanvasHandle | null>;
}) {
  const { document, kinds, edit } = scene;
  const list = useRef<HTMLOListElement>(null);
  const focus = (id: string) => {
    const buttons = [...(list.current?.querySelectorAll<HTMLElement>('[data-tile]') ?? [])];
    buttons.find((each) => each.dataset.tile === id)?.focus();
  };
  useImperativeHandle(handle, () => ({ focus }));
  const onKeyDown = (event: KeyboardEvent) => {
    const id = event.target instanceof HTMLElement ? event.target.dataset.tile : undefined;
    if (id === undefined || !edit || event.ctrlKey || event.metaKey || event.altKey) return;
    const tile = document.tiles[id];
    if (event.key === '+') {
      event.preventDefault();
      edit.onAdd(tile ? waysOf(id, tile, kinds) : [entryWay(document)]);
    } else if ((event.key === 'Delete' || event.key === 'Backspace') && tile) {
      event.preventDefault();
      edit.onRemove(id);
    }
  };
  return (
    <ol className="outline" aria-label={label} ref={list} onKeyDown={onKeyDown}>
      <Item id={entryId} scene={scene} ways={[entryWay(document)]} onGo={focus} />
      {inOrder(document, kinds).map((id) => (
        <Item
          key={id}
          id={id}
          scene={scene}
          ways={waysOf(id, document.tiles[id] ?? {}, kinds)}
          onGo={focus}
        />
      ))}
    </ol>
  );
}

function Item({
  id,
  scene,
  ways,
  onGo,
}: {
  id: string;
  scene: Scene;
  ways: readonly Way[];
  onGo: (id: string) => void;
}) {
  const tile = scene.document.tiles[id];
  return (
    <li>
      <TileButton id={id} scene={scene} />
      <ul className="outline-ways">
        {ways.map((way) => (
          <WayLine
            key={wayId(way)}
            way={way}
            words={wayWords(tile, way, ways.length === 1)}
            scene={scene}
            onGo={onGo}
          />
        ))}
      </ul>
    </li>
  );
}

function WayLine({
  way,
  words,
  scene,
  onGo,
}: {
  way: Way;
  words: string | null;
  scene: Scene;
  onGo: (id: string) => void;
}) {
  const { edit, document } = scene;
  const people = scene.countOf(way);
  const leadsOn = Object.hasOwn(document.tiles, way.to);
  const carried = edit?.carried;
  const where = whereWords(way, words);
  return (
    <li data-lit={scene.isLit(way)}>
      <Text span size="sm" className="anywhere">
        {words ?? 'Then'}
        {people !== null && <b> {count(people)}</b>} →{' '}
        {leadsOn ? (
          <Anchor component="button" type="button" size="sm" underline="always" onClick={() => onGo(way.to)}>
            {way.to}
          </Anchor>
        ) : (
          'the end'
        )}
      </Text>
      {edit && (
        <ActionIcon
          variant={carried ? 'filled' : 'default'}
          size={28}
          radius="xl"
          aria-label={carried ? `Put ${carried.id} here, ${where}` : `Add a tile ${where}`}
          onClick={() => (carried ? edit.onDrop(way) : edit.onAdd([way]))}
        >
          <IconPlus size={16} aria-hidden />
        </ActionIcon>
      )}
    </li>
  );
}
