import type { Launch } from '../../requests/audience-request.sql.ts';

/**
 * A time, from `from` (inclusive) to `to` (exclusive). It has launches to audiences whole, by the time they were to be sent
 * at, and what one person was sent by the time it was admitted.
 */
export interface TotalsRange {
  from: Date;
  to: Date;
}

/** A campaign's launches, those in a range and those outside of it. */
export interface RangedLaunches extends TotalsRange {
  within: readonly number[];
  outside: readonly number[];
}

/** Sorts a campaign's launches. Pure. */
export function rangeOver(range: TotalsRange, launches: readonly Launch[]): RangedLaunches {
  const ids = (all: readonly Launch[]) => all.map(({ id }) => id);
  const isWithin = ({ sendAt }: Launch) => sendAt >= range.from && sendAt < range.to;
  return {
    ...range,
    within: ids(launches.filter(isWithin)),
    outside: ids(launches.filter((launch) => !isWithin(launch))),
  };
}

/** What is counted together: messages admitted from `from` to `to`. */
export interface Cell extends TotalsRange {
  /** The launch that all of them are of; 0 where they are of several requests, or to one person. */
  launch: number;
  /** Smallest and largest id of their requests. */
  first: number;
  last: number;
}

/** What of a campaign is in a range. */
export interface RangeParts {
  /** Cells that are in it as they are. */
  whole: Cell[];
  /** When messages were admitted that are asked one by one, since their cells are neither in it nor outside. */
  apart: TotalsRange[];
  /** Whether anything of the campaign may be outside. */
  leavesOut: boolean;
}

/** Parts a campaign's cells by a range. Pure. */
export function partsOf(range: RangedLaunches, cells: readonly Cell[]): RangeParts {
  const placed = cells.map((cell) => ({ cell, place: placeOf(range, cell) }));
  let apart: TotalsRange[] = placed.filter(({ place }) => place === 'cut').map(({ cell }) => cell);
  // A day's messages are in cells of half hours and in one of the day while they are being put together.
  for (let before = -1; before !== apart.length; ) {
    before = apart.length;
    apart = merged([...apart, ...cells.filter((cell) => apart.some((each) => meet(each, cell)))]);
  }
  return {
    whole: placed.flatMap(({ cell, place }) =>
      place === 'within' && !apart.some((each) => meet(each, cell)) ? [cell] : [],
    ),
    apart,
    leavesOut: placed.some(({ place }) => place !== 'within'),
  };
}

function placeOf({ from, to, within, outside }: RangedLaunches, cell: Cell): 'within' | 'outside' | 'cut' {
  if (cell.launch !== 0) return within.includes(cell.launch) ? 'within' : 'outside';
  const isOf = (id: number) => id >= cell.first && id <= cell.last;
  const mayBeWithin = within.some(isOf) || (cell.from < to && cell.to > from);
  const mayBeOutside = outside.some(isOf) || cell.from < from || cell.to > to;
  if (mayBeWithin && mayBeOutside) return 'cut';
  return mayBeWithin ? 'within' : 'outside';
}

const meet = (one: TotalsRange, other: TotalsRange) => one.from < other.to && other.from < one.to;

/** The same times, none of them twice. */
function merged(all: readonly TotalsRange[]): TotalsRange[] {
  const sorted = all.toSorted((a, b) => a.from.getTime() - b.from.getTime());
  const apart: TotalsRange[] = [];
  for (const { from, to } of sorted) {
    const last = apart.at(-1);
    if (last && from < last.to) last.to = new Date(Math.max(to.getTime(), last.to.getTime()));
    else apart.push({ from, to });
  }
  return apart;
}
