import { createReadStream, existsSync } from 'node:fs';
import { type Static, Type } from 'typebox';
import { Compile } from 'typebox/compile';
import type { LedgerEntry } from './entry.ts';

const base = {
  seq: Type.Integer(),
  id: Type.String(),
  kind: Type.Union([Type.Literal('outbound'), Type.Literal('inbound'), Type.Literal('network')]),
  from: Type.String(),
  to: Type.String(),
  at: Type.Number(),
  updatedAt: Type.Number(),
  status: Type.String(),
  errorCode: Type.Optional(Type.Integer()),
  body: Type.String(),
  media: Type.Array(Type.String()),
  segments: Type.Integer(),
  reference: Type.Optional(Type.String()),
};

const Entry = Type.Union([
  Type.Object({
    ...base,
    wire: Type.Literal('twilio'),
    accountSid: Type.String(),
    messagingServiceSid: Type.Optional(Type.String()),
    statusCallback: Type.Optional(Type.String()),
    sendAt: Type.Optional(Type.Number()),
    removed: Type.Optional(Type.Boolean()),
    removedMedia: Type.Optional(Type.Array(Type.Integer())),
    redacted: Type.Optional(Type.Boolean()),
  }),
  Type.Object({
    ...base,
    wire: Type.Literal('meta'),
    wabaId: Type.String(),
    phoneNumberId: Type.String(),
    type: Type.String(),
    template: Type.Optional(
      Type.Object({
        name: Type.String(),
        language: Type.String(),
        category: Type.String(),
        components: Type.Array(Type.Unknown()),
        parameters: Type.Array(Type.String()),
      }),
    ),
    content: Type.Optional(Type.Unknown()),
    userId: Type.Optional(Type.String()),
    addressedBy: Type.Optional(Type.Union([Type.Literal('to'), Type.Literal('recipient')])),
  }),
  Type.Object({
    ...base,
    wire: Type.Literal('smtp'),
    subject: Type.String(),
    html: Type.Optional(Type.String()),
    headers: Type.Record(Type.String(), Type.String()),
  }),
]);

/** A change to an entry after it arrived: seq, status, error code (0 for none), instant; and flags. */
const Change = Type.Object({
  seq: Type.Integer(),
  status: Type.String(),
  errorCode: Type.Optional(Type.Integer()),
  updatedAt: Type.Number(),
  removed: Type.Optional(Type.Boolean()),
  removedMedia: Type.Optional(Type.Array(Type.Integer())),
  redacted: Type.Optional(Type.Boolean()),
});
type Change = Static<typeof Change>;

const entryCheck = Compile(Entry);
const changeCheck = Compile(Change);

/** The journal's line for a new entry. */
export function entryLine(entry: LedgerEntry): string {
  return JSON.stringify(entry);
}

/** The journal's line for an entry's new status and flags; by hand, since every message has two or three. */
export function changeLine(entry: LedgerEntry): string {
  const code = entry.errorCode === undefined ? '' : `,"errorCode":${entry.errorCode}`;
  const removed = entry.wire === 'twilio' && entry.removed ? ',"removed":true' : '';
  const redacted = entry.wire === 'twilio' && entry.redacted ? ',"redacted":true' : '';
  const media =
    entry.wire === 'twilio' && entry.removedMedia ? `,"removedMedia":[${entry.removedMedia}]` : '';
  return `{"seq":${entry.seq},"status":"${entry.status}","updatedAt":${entry.updatedAt}${code}${removed}${media}${redacted}}`;
}

function parseLine(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}

/** The whole lines of a file, one after another; a last one without its line end is left out. */
async function* wholeLines(path: string): AsyncGenerator<Buffer> {
  let rest: Buffer = Buffer.alloc(0);
  for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20 })) {
    rest = Buffer.concat([rest, chunk]);
    let start = 0;
    for (let end = rest.indexOf(10); end >= 0; end = rest.indexOf(10, start)) {
      yield rest.subarray(start, end);
      start = end + 1;
    }
    rest = rest.subarray(start);
  }
}

/**
 * Reads a journal back: every entry with its latest status, in order, and the length in bytes of the good
 * part of the file. Reading stops at the first line that is not one of ours, which a crash in mid-write leaves.
 */
export async function readRecord(path: string): Promise<{ entries: LedgerEntry[]; length: number }> {
  const entries: LedgerEntry[] = [];
  let length = 0;
  if (!existsSync(path)) return { entries, length };
  for await (const line of wholeLines(path)) {
    const value = parseLine(line.toString());
    if (entryCheck.Check(value) && value.seq === entries.length) entries.push(value);
    else if (changeCheck.Check(value)) applyChange(entries, value);
    else break;
    length += line.length + 1;
  }
  return { entries, length };
}

function applyChange(entries: LedgerEntry[], change: Change): void {
  const entry = entries[change.seq];
  if (entry) Object.assign(entry, change);
}
