import { factsOfKind, type SenderKind } from '../medium/media.ts';

/** Segments a second of a new sender, until its owner says what the provider grants. */
export function defaultMps(kind: SenderKind): number {
  return factsOfKind(kind).mps;
}

/** Where the day of a sender's daily cap turns: T-Mobile counts US traffic by midnight Pacific (SignalWire, Bird). */
export function defaultDayZone(kind: SenderKind, country: string): string {
  return kind === 'longCode' && (country === 'US' || country === 'PR') ? 'America/Los_Angeles' : 'UTC';
}
