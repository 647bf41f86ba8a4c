import type { Purpose } from '../database/tables/consent.ts';
import { factsOfKind, type Medium, type SenderKind } from '../medium/media.ts';
import { countryRule } from './country-rules.ts';

/** A sender as far as choosing goes. */
export interface SenderCandidate {
  id: number;
  kind: SenderKind;
  medium: Medium;
  purpose: Purpose;
  country: string;
  state: 'active' | 'stopped';
}

/** Which sender a campaign wants: that one, any of a pool, or the project's first that fits. */
export type SenderChoice =
  | { kind: 'sender'; senderId: number }
  | { kind: 'pool'; senderIds: readonly number[] }
  | { kind: 'any' };

export interface SenderRequest {
  choice: SenderChoice;
  medium: Medium;
  purpose: Purpose;
  userId: number;
  /** The recipient's country (ISO 3166-1), null where it is not known. */
  country: string | null;
  /** The pool's sender this user knows already, null for none. */
  sticky: number | null;
}

/** Why no sender may carry a message. */
export type SenderRefusal = 'noSender' | 'senderPurpose' | 'senderStopped' | 'senderCountry';

export type ChosenSender = { senderId: number } | { refusal: SenderRefusal };

/**
 * Chooses who sends to one person. In a pool the sender a person knows stays theirs while it can; a new person
 * gets one of their own country where there is one, spread evenly by user id and moved as little as can be when
 * the pool changes (rendezvous hashing). Pure. `candidates` are the project's senders.
 */
export function chooseSender(request: SenderRequest, candidates: readonly SenderCandidate[]): ChosenSender {
  const wanted = wantedSenders(request.choice, candidates);
  const speaking = wanted.filter((sender) => sender.medium === request.medium);
  if (speaking.length === 0) return { refusal: 'noSender' };
  const fitting = speaking.filter((sender) => sender.purpose === request.purpose);
  if (fitting.length === 0) return { refusal: request.choice.kind === 'any' ? 'noSender' : 'senderPurpose' };
  const active = fitting.filter((sender) => sender.state === 'active');
  if (active.length === 0) return { refusal: 'senderStopped' };
  const reaching = active.filter((sender) => canReach(sender, request.country));
  if (reaching.length === 0) return { refusal: 'senderCountry' };
  const known = reaching.find((sender) => sender.id === request.sticky);
  if (known) return { senderId: known.id };
  const native = reaching.filter((sender) => sender.country === request.country);
  const among = native.length > 0 ? native : reaching;
  const first = among.reduce((best, sender) => (isBefore(sender, best, request) ? sender : best));
  return { senderId: first.id };
}

function wantedSenders(
  choice: SenderChoice,
  candidates: readonly SenderCandidate[],
): readonly SenderCandidate[] {
  switch (choice.kind) {
    case 'sender':
      return candidates.filter((sender) => sender.id === choice.senderId);
    case 'pool':
      return candidates.filter((sender) => choice.senderIds.includes(sender.id));
    case 'any':
      return candidates;
  }
}

function isBefore(one: SenderCandidate, other: SenderCandidate, request: SenderRequest): boolean {
  if (request.choice.kind === 'any') return one.id < other.id;
  return weight(request.userId, one.id) > weight(request.userId, other.id);
}

/** A number from user and sender alone, so that each user ranks the senders in an order of their own. */
function weight(userId: number, senderId: number): number {
  let hash = Math.imul(userId >>> 0, 0x9e3779b1) ^ Math.imul(Math.floor(userId / 2 ** 32) + 1, 0x85ebca77);
  hash = Math.imul(hash ^ Math.imul(senderId, 0xc2b2ae3d), 0x27d4eb2f);
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  hash = Math.imul(hash ^ (hash >>> 12), 0x297a2d39);
  return (hash ^ (hash >>> 15)) >>> 0;
}

const northAmerica: ReadonlySet<string> = new Set(['US', 'PR', 'CA']);

/**
 * Whether a sender's messages are taken in a country. Short codes are national; toll-free numbers reach their
 * numbering plan; a name reaches only where names are taken, and where they are registered only from there; US
 * networks take registered North American numbers only. A country that is not known refuses nobody.
 */
export function canReach(sender: Pick<SenderCandidate, 'kind' | 'country'>, country: string | null): boolean {
  if (country === null || !factsOfKind(sender.kind).isRuledByCountries) return true;
  const isSame = sender.country === country || (isUnitedStates(sender.country) && isUnitedStates(country));
  switch (sender.kind) {
    case 'shortCode':
      return isSame;
    case 'tollFree':
      return isSame || (northAmerica.has(sender.country) && northAmerica.has(country));
    case 'alphanumeric': {
      const { alphanumeric } = countryRule(country);
      return alphanumeric !== 'no' && (isSame || alphanumeric !== 'registered');
    }
    case 'longCode':
      return isSame || !isUnitedStates(country) || northAmerica.has(sender.country);
    default:
      return true;
  }
}

function isUnitedStates(country: string): boolean {
  return country === 'US' || country === 'PR';
}
