import { Button, Group, Select, Text, TextInput } from '@mantine/core';
import { IconArrowsMove, IconCopy, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { shortOptions } from '../../../words/short-options.ts';
import { isPart, type Part } from '../../segments/definition.ts';
import { end, inOrder, isTileName, kindOf, waysOf, withRenamed, withTarget, withTile } from '../document.ts';
import type { PlacedFault } from '../faults.ts';
import { OtherFields } from '../fields/other-fields.tsx';
import { withField } from '../fields/set-field.ts';
import { lookOf } from '../kinds/kinds.ts';
import type { RoomGround, TileLook } from '../kinds/tile-look.ts';
import type { ChangeDocument } from '../use-drawing.ts';
import { wayWords } from '../way-words.ts';
import { PanelFrame, PanelPart, type TakesFocus } from './panel.tsx';

/** What a tile does, where people go on from it, and what may be done with it. */
export function TilePanel({
  id,
  room,
  faults,
  isPublished,
  isEditable,
  takesFocus,
  onChange,
  onRenamed,
  onCarry,
  onRemove,
  onClose,
}: {
  id: string;
  room: RoomGround;
  faults: readonly PlacedFault[];
  /** Whether people may be at it already, and are followed by its name. */
  isPublished: boolean;
  isEditable: boolean;
  takesFocus: TakesFocus;
  onChange: ChangeDocument;
  onRenamed: (name: string) => void;
  onCarry: (isCopy: boolean) => void;
  onRemove: () => void;
  onClose: () => void;
}) {
  const tile = room.document.tiles[id] ?? {};
  const look = lookOf(kindOf(tile));
  const set = (next: Part, what?: string) =>
    onChange((before) => withTile(before, id, next), what && `${id} ${what}`);
  return (
    <PanelFrame
      {...{ title: look.label, Icon: look.Icon, colour: look.colour }}
      {...{ takesFocus, faults, isEditable, onClose }}
    >
      <NameField
        key={id}
        id={id}
        room={room}
        isPublished={isPublished}
        onRename={(name) => {
          onChange((before) => withRenamed(before, id, name, room.kinds));
          onRenamed(name);
        }}
      />
      <look.Form tile={tile} room={room} onChange={set} />
      <OtherFields names={otherFieldsOf(look, tile, room)} part={tile} onChange={set} />
      <WaysPart id={id} room={room} onChange={onChange} />
      <Group gap="xs">
        <Button
          variant="default"
          size="xs"
          leftSection={<IconArrowsMove size={14} aria-hidden />}
          onClick={() => onCarry(false)}
        >
          Move
        </Button>
        <Button
          variant="default"
          size="xs"
          leftSection={<IconCopy size={14} aria-hidden />}
          onClick={() => onCarry(true)}
        >
          Copy
        </Button>
        <Button
          variant="default"
          size="xs"
          leftSection={<IconTrash size={14} aria-hidden />}
          onClick={onRemove}
        >
          Take away
        </Button>
      </Group>
    </PanelFrame>
  );
}

/** The fields of the kind that its form does not write. */
function otherFieldsOf(look: TileLook, tile: Part, room: RoomGround): string[] {
  const schema = room.kinds.tiles.get(look.kind);
  const ways = new Set(schema?.ways.direct.map(({ name }) => name));
  return (schema?.fields ?? Object.keys(tile)).filter(
    (name) => name !== 'kind' && !ways.has(name) && !look.writes.includes(name),
  );
}

function NameField({
  id,
  room,
  isPublished,
  onRename,
}: {
  id: string;
  room: RoomGround;
  isPublished: boolean;
  onRename: (name: string) => void;
}) {
  const [written, setWritten] = useState(id);
  const isTaken = written !== id && Object.hasOwn(room.document.tiles, written);
  const fault = isTaken
    ? 'Another tile is called so'
    : isTileName(written)
      ? null
      : 'A letter, then letters, digits, _ and -';
  const keep = () => {
    if (fault === null && written !== id) onRename(written);
    else setWritten(id);
  };
  if (isPublished)
    return (
      <Text size="sm" c="dimmed">
        It is called <b>{id}</b>. People are followed by this name, so it stays.
      </Text>
    );
  return (
    <TextInput
      label="Name"
      description="People are followed by it once it is published, and its numbers bear it"
      maxLength={60}
      value={written}
      error={fault}
      onChange={(event) => setWritten(event.currentTarget.value)}
      onBlur={keep}
      onKeyDown={(event) => {
        if (event.key === 'Enter') keep();
      }}
    />
  );
}

const sameAsOthers = ' same';

/** Where people go on from a tile, way by way. */
function WaysPart({ id, room, onChange }: { id: string; room: RoomGround; onChange: ChangeDocument }) {
  const { document, kinds } = room;
  const tile = document.tiles[id] ?? {};
  const ways = waysOf(id, tile, kinds);
  const unsaid = (kinds.tiles.get(kindOf(tile))?.ways.direct ?? []).filter(
    ({ name, isOptional }) => isOptional && tile[name] === undefined && isOffered(tile, name),
  );
  if (ways.length + unsaid.length === 0) return null;
  const targets = [
    ...inOrder(document, kinds)
      .filter((each) => each !== id)
      .map((each) => ({ value: each, label: each })),
    { value: end, label: 'the end' },
  ];
  const lines = [
    ...ways.map(({ name, path, to, isOptional }) => ({ name, path, to, isOptional })),
    ...unsaid.map(({ name }) => ({ name, path: [name], to: sameAsOthers, isOptional: true })),
  ];
  return (
    <PanelPart title="Where people go on">
      {lines.map(({ name, path, to, isOptional }) => (
        <Select
          key={path.join('.')}
          label={wayWords(tile, { from: id, name, path }, lines.length === 1) ?? 'Then'}
          searchable
          allowDeselect={false}
          filter={shortOptions}
          data={[...(isOptional ? [{ value: sameAsOthers, label: 'as all others' }] : []), ...targets]}
          value={to}
          onChange={(next) => {
            if (next === null) return;
            onChange((before) =>
              next === sameAsOthers
                ? withTile(before, id, withField(before.tiles[id] ?? {}, name, undefined))
                : withTarget(before, { from: id, path }, next),
            );
          }}
        />
      ))}
    </PanelPart>
  );
}

/** Some ways are there only where a tile says what they are for. */
function isOffered(tile: Part, name: string): boolean {
  if (kindOf(tile) !== 'wait') return name !== 'timeout' || tile.within !== undefined;
  if (name === 'skipped') return isPart(tile.untilDate) && tile.untilDate.ifPast === 'skip';
  return tile.untilDate !== undefined;
}
