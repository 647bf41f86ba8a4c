import { Text, ThemeIcon, VisuallyHidden } from '@mantine/core';
import type { Icon } from '@tabler/icons-react';
import { IconAlertTriangle, IconMinus, IconPencil, IconPlus } from '@tabler/icons-react';
import type { TileCounts } from '../../api/journeys.ts';
import { count } from '../../words/formats.ts';
import type { TileChange } from './document.ts';

/** What is known of a tile besides what it says. */
export interface TileFacts {
  /** What happens there, in words; null while it is not known. */
  words: string | null;
  faults: number;
  /** How it stands beside another version; absent where none is compared. */
  change?: TileChange;
  /** Whether somebody's way leads over it; absent where nobody's is looked at. */
  isLit?: boolean;
  counts?: Pick<TileCounts, 'inside' | 'arrived'>;
  /** How full it is beside the fullest, from 0 to 1; absent where nothing is told of it. */
  level?: number;
  /** What else is told below the counts: who dropped off. */
  note?: string | null;
}

/** How a change of a tile is called and shown, never by its colour alone. */
export const changeLooks: Record<TileChange, { label: string; colour: string; Icon: Icon }> = {
  added: { label: 'New', colour: 'green', Icon: IconPlus },
  changed: { label: 'Changed', colour: 'yellow', Icon: IconPencil },
  gone: { label: 'Gone', colour: 'red', Icon: IconMinus },
};

/** What a tile shows: its kind, what its name says beside it, what happens there, and how many people are there. */
export function TileFace({
  Icon: KindIcon,
  colour,
  label,
  name,
  facts: { words, faults, change, counts, isLit, level, note },
}: {
  Icon: Icon;
  colour: string;
  label: string;
  name: string | null;
  facts: TileFacts;
}) {
  const changed = change && changeLooks[change];
  return (
    <span className="tile-face">
      <span className="tile-head">
        <ThemeIcon variant="light" color={colour} size={26} radius="md" component="span">
          <KindIcon size={16} aria-hidden />
        </ThemeIcon>
        <Text span size="sm" fw={650} className="tile-label">
          {label}{' '}
          {name !== null && (
            <Text span size="xs" c="dimmed" fw={400} className="tile-name">
              {name}
            </Text>
          )}
        </Text>{' '}
        {isLit && <VisuallyHidden>On their way.</VisuallyHidden>}
        {changed && (
          <span className="tile-mark" data-change={change}>
            <changed.Icon size={12} stroke={2.5} aria-hidden />
            {changed.label}
          </span>
        )}
        {faults > 0 && (
          <span className="tile-mark" data-change="fault">
            <IconAlertTriangle size={13} aria-hidden />
            {count(faults)}
            <VisuallyHidden>{faults === 1 ? 'fault' : 'faults'}</VisuallyHidden>
          </span>
        )}
      </span>
      <span className="tile-words" title={words ?? undefined}>
        {words === null ? '…' : sentence(words)}
      </span>
      {counts && (
        <span className="tile-counts">
          <b>{count(counts.inside)}</b> inside{' '}
          <span className="tile-arrived">{count(counts.arrived)} arrived</span>
        </span>
      )}
      {note && (
        <span className="tile-note" title={note}>
          {note}
        </span>
      )}
      {level !== undefined && (
        <span className="tile-level" aria-hidden="true">
          <span style={{ transform: `scaleX(${level})` }} />
        </span>
      )}
    </span>
  );
}

/** Words that are the end of a sentence, as one. */
const sentence = (words: string) => words.charAt(0).toUpperCase() + words.slice(1);
