import { Code, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { fieldText, instant } from '../../words/formats.ts';
import { leavingWords } from '../../words/leaving.ts';
import { skipReasonWords } from '../../words/skip-reasons.ts';
import { isPart, type Part, without } from '../segments/definition.ts';
import { end, type JourneyDocument, type KindSchemas, kindOf, waysOf } from './document.ts';
import { lookOf } from './kinds/kinds.ts';
import { wayWords } from './way-words.ts';

/** A step as the API tells it. */
export interface Step {
  tile: string;
  way: string | null;
  to?: string;
  left?: string;
  until?: string | null;
  seen?: unknown;
}

/** What let somebody in, or was to, in words. */
export function causeWords(cause: unknown): string {
  if (!isPart(cause)) return fieldText(cause);
  const { at: _, eventId: __, ...rest } = cause;
  return Object.entries(rest)
    .map(([name, value]) => `${name} ${fieldText(value)}`)
    .join(', ');
}

/** What is told of a step, with when it was. */
export function StepText({ at, children }: { at: number; children: ReactNode }) {
  return (
    <>
      <Text size="sm" component="div" className="anywhere">
        {children}
      </Text>
      <Text size="xs" c="dimmed" component="time" dateTime={new Date(at).toISOString()}>
        {instant(at)}
      </Text>
    </>
  );
}

/** A step in words: where somebody went on to, stayed or left, and what was seen. */
export function StepWords({
  step: { tile, way, to, left, until, seen },
  document,
  kinds,
}: {
  step: Step;
  document: JourneyDocument | undefined;
  kinds: KindSchemas;
}) {
  const of = document?.tiles[tile];
  const label = lookOf(kindOf(of)).label;
  // Until when they stay is told already.
  const told = seenWords(way === null && isPart(seen) ? without(seen, 'until') : seen);
  const head = (
    <>
      <b>{tile}</b> {of && <span className="dimmed">({label})</span>}
    </>
  );
  if (left !== undefined)
    return (
      <>
        {head}: they {leavingWords(left)}. {told}
      </>
    );
  if (way === null)
    return (
      <>
        {head}: they stay{until ? ` until ${instant(until)} at the latest` : ''}. {told}
      </>
    );
  const path = of?.[way] === undefined ? ['branches', 0] : [way];
  const isOnly = of !== undefined && waysOf(tile, of, kinds).length === 1;
  const words = way === 'moved' ? 'Moved' : wayWords(of, { from: tile, name: way, path }, isOnly);
  return (
    <>
      {head}: on{words === null ? '' : ` by “${words}”`} {to === end ? 'to the end' : `to ${to ?? ''}`}.{' '}
      {told}
    </>
  );
}

/** What was seen at a tile, in words where there are any. */
function seenWords(seen: unknown): ReactNode {
  if (!isPart(seen) || Object.keys(seen).length === 0) return null;
  const { skipReason, until, at, held, messageId: _, ...rest }: Part = seen;
  const words = [
    ...(typeof skipReason === 'string' ? [`No message: ${skipReasonWords(skipReason)}.`] : []),
    ...(typeof until === 'string' ? [`It was until ${instant(until)}.`] : []),
    ...(typeof at === 'string' ? [`It came ${instant(at)}.`] : []),
    ...(isPart(held)
      ? [
          `${Object.entries(held)
            .map(([name, holds]) => `“${name}” ${holds === true ? 'held' : 'did not hold'}`)
            .join(', ')}.`,
        ]
      : []),
  ];
  return (
    <span className="dimmed">
      {words.join(' ')} {Object.keys(rest).length > 0 && <Code>{JSON.stringify(rest)}</Code>}
    </span>
  );
}
