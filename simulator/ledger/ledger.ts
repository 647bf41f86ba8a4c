import {
  type EntryDraft,
  handsetName,
  handsetOf,
  type LedgerEntry,
  type Medium,
  mediumOf,
  plainAddress,
  senderOf,
  type WireName,
} from './entry.ts';
import { openJournal } from './journal.ts';
import { changeLine, entryLine, readRecord } from './record.ts';

/** Which messages are asked for. All given parts must hold. */
export interface LedgerFilter {
  to?: string;
  from?: string;
  wire?: WireName;
  medium?: Medium;
  /** Only those behind this place, counted from 1: what `seq` is in public. */
  after?: number;
  /** Only those that arrived later than this instant, milliseconds since 1970. */
  since?: number;
}

/** Which part of the messages asked for: those behind place `after` (counted from 1), `skip` passed over. */
export interface LedgerPage {
  after: number;
  skip: number;
  limit: number;
}

/** What passed through the network: in memory by handset and by sender, and on disk. */
export interface Ledger {
  /** Gives a message its place. It counts at once; `taken` resolves when the disk has it. */
  append<T extends EntryDraft>(draft: T): { entry: LedgerEntry & { wire: T['wire'] }; taken: Promise<void> };
  /** Moves a message's status up, never down. False when it stands higher already or is forgotten. */
  setStatus(entry: LedgerEntry, status: string, errorCode?: number): boolean;
  /** Writes down the flags of an entry that were changed. */
  noteFlags(entry: LedgerEntry): void;
  get(id: string): LedgerEntry | undefined;
  /** Outbound messages in order of arrival; `next` is the place behind which the next page begins. */
  page(filter: LedgerFilter, page: LedgerPage): { entries: LedgerEntry[]; next: number | null };
  count(filter: LedgerFilter): number;
  /** All that a handset sent and got, in order. */
  thread(handset: string): LedgerEntry[];
  /** Entries of all kinds between a sender and anyone, in order; the newest last. */
  ofSender(sender: string): LedgerEntry[];
  /** Every entry, in order of arrival. */
  all(): readonly LedgerEntry[];
  /** The latest entry of each handset, latest first, before place `before`, whose address holds `part`. */
  handsets(part: string, before: number, limit: number): LedgerEntry[];
  /** Forgets everything, in memory and on disk. */
  clear(): void;
  /** Called with every entry that is new or changed. Answers how to stop it. */
  watch(listener: (entry: LedgerEntry) => void): () => void;
  close(): void;
}

/**
 * How far along a status is. Statuses only rise, and of two equal ones the first stays; final ones are equal
 * (ranks after Twilio's list of message statuses; Meta's are a part of it).
 */
const rank: Record<string, number> = {
  accepted: 1,
  scheduled: 1,
  queued: 2,
  sending: 3,
  sent: 4,
  delivered: 5,
  read: 6,
  failed: 7,
  undelivered: 7,
  canceled: 7,
  received: 7,
};

interface Index {
  entries: LedgerEntry[];
  byId: Map<string, LedgerEntry>;
  byHandset: Map<string, LedgerEntry[]>;
  bySender: Map<string, LedgerEntry[]>;
}

function push(map: Map<string, LedgerEntry[]>, key: string, entry: LedgerEntry): void {
  const list = map.get(key);
  if (list) list.push(entry);
  else map.set(key, [entry]);
}

function addToIndex(index: Index, entry: LedgerEntry): void {
  index.entries.push(entry);
  index.byId.set(entry.id, entry);
  push(index.byHandset, handsetOf(entry), entry);
  push(index.bySender, senderOf(entry), entry);
}

/** Takes back the entries from place `length` on, the last first. */
function forgetBehind(index: Index, length: number): void {
  while (index.entries.length > length) {
    const entry = index.entries.pop()!;
    index.byId.delete(entry.id);
    index.byHandset.get(handsetOf(entry))?.pop();
    index.bySender.get(senderOf(entry))?.pop();
  }
}

/** The first place in `list` (sorted by arrival) whose entry passes `late`. */
function firstWhere(list: readonly LedgerEntry[], late: (entry: LedgerEntry) => boolean): number {
  let low = 0;
  let high = list.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (late(list[middle]!)) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** The shortest list that holds all matches, and where in it to begin behind place `behind`. */
function candidates(
  index: Index,
  filter: LedgerFilter,
  behind: number,
): { list: LedgerEntry[]; start: number } {
  const list =
    filter.to !== undefined
      ? (index.byHandset.get(handsetName(filter.to)) ?? [])
      : filter.from !== undefined
        ? (index.bySender.get(plainAddress(filter.from)) ?? [])
        : index.entries;
  const { after = 0, since = Number.NEGATIVE_INFINITY } = filter;
  // What is behind place n, counted from 1, has place n or more, counted from 0.
  const floor = Math.max(behind, after);
  return { list, start: firstWhere(list, (entry) => entry.seq >= floor && entry.at > since) };
}

function matches(entry: LedgerEntry, filter: LedgerFilter): boolean {
  return (
    entry.kind === 'outbound' &&
    (filter.wire === undefined || entry.wire === filter.wire) &&
    (filter.medium === undefined || mediumOf(entry) === filter.medium) &&
    (filter.from === undefined || plainAddress(entry.from) === plainAddress(filter.from))
  );
}

function handsetsOf(index: Index, part: string, before: number, limit: number): LedgerEntry[] {
  const seen = new Set<string>();
  const found: LedgerEntry[] = [];
  for (let place = index.entries.length - 1; place >= 0 && found.length < limit; place -= 1) {
    if (seen.size === index.byHandset.size) break;
    const entry = index.entries[place]!;
    const handset = handsetOf(entry);
    if (seen.has(handset)) continue;
    seen.add(handset);
    if (entry.seq < before && handset.includes(part)) found.push(entry);
  }
  return found;
}

const emptyIndex = (): Index => ({ entries: [], byId: new Map(), byHandset: new Map(), bySender: new Map() });

/** Opens the ledger kept at `path`, with all that was in it. `now` gives milliseconds since 1970. */
export async function openLedger(path: string, now: () => number): Promise<Ledger> {
  const record = await readRecord(path);
  const listeners = new Set<(entry: LedgerEntry) => void>();
  let index = emptyIndex();
  let written = record.entries.length;
  const journal = openJournal(path, record.length, (isTaken) => {
    // What the disk did not take was refused, so it is no message; nothing came behind it.
    if (isTaken) written = index.entries.length;
    else forgetBehind(index, written);
  });
  for (const entry of record.entries) addToIndex(index, entry);
  let latest = record.entries.at(-1)?.at ?? 0;

  const tell = (entry: LedgerEntry) => {
    for (const listener of listeners) listener(entry);
  };
  const keep = (entry: LedgerEntry) => {
    // A status that is not written is only lost at a restart, so nobody waits for it.
    journal.append(changeLine(entry)).catch(() => undefined);
    tell(entry);
  };

  return {
    append(draft) {
      latest = Math.max(latest, now());
      const entry = { ...draft, seq: index.entries.length, at: latest, updatedAt: latest };
      addToIndex(index, entry);
      tell(entry);
      return { entry, taken: journal.append(entryLine(entry)) };
    },
    setStatus(entry, status, errorCode) {
      if (index.entries[entry.seq] !== entry) return false;
      if ((rank[status] ?? 0) <= (rank[entry.status] ?? 0)) return false;
      entry.status = status;
      entry.updatedAt = now();
      if (errorCode !== undefined) entry.errorCode = errorCode;
      keep(entry);
      return true;
    },
    noteFlags: keep,
    get: (id) => index.byId.get(id),
    page(filter, { after, skip, limit }) {
      const { list, start } = candidates(index, filter, after);
      const entries: LedgerEntry[] = [];
      let passed = 0;
      for (let place = start; place < list.length; place += 1) {
        const entry = list[place]!;
        if (!matches(entry, filter)) continue;
        if (entries.length === limit) return { entries, next: entries.at(-1)!.seq + 1 };
        if (passed < skip) passed += 1;
        else entries.push(entry);
      }
      return { entries, next: null };
    },
    count(filter) {
      const { list, start } = candidates(index, filter, 0);
      let count = 0;
      for (let place = start; place < list.length; place += 1) if (matches(list[place]!, filter)) count += 1;
      return count;
    },
    thread: (handset) => index.byHandset.get(handsetName(handset)) ?? [],
    ofSender: (sender) => index.bySender.get(plainAddress(sender)) ?? [],
    all: () => index.entries,
    handsets: (part, before, limit) => handsetsOf(index, part, before, limit),
    clear() {
      // Both in one step: what arrives from here on is the first in memory and in the file.
      index = emptyIndex();
      written = 0;
      journal.clear();
    },
    watch(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    close: () => journal.close(),
  };
}
