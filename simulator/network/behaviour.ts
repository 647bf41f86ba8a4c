import { type Static, Type } from 'typebox';
import { plainAddress, type WireName } from '../ledger/entry.ts';

const Share = Type.Number({ minimum: 0, maximum: 1 });
const Span = Type.Object(
  { min: Type.Number({ minimum: 0 }), max: Type.Number({ minimum: 0 }) },
  { additionalProperties: false },
);

/** How carriers behave, for one number or for all; what is left out is as usual. */
export const BehaviourChange = Type.Object(
  {
    number: Type.Optional(
      Type.String({ minLength: 1, description: "A sender or a handset; absent means everyone's." }),
    ),
    latencyMs: Type.Optional(Span),
    receiptDelayMs: Type.Optional(Span),
    loss: Type.Optional(Share),
    dropAnswer: Type.Optional(Share),
    duplicates: Type.Optional(Share),
    outOfOrder: Type.Optional(Share),
    rateAnswers: Type.Optional(Share),
    mps: Type.Optional(Type.Union([Type.Null(), Type.Number({ exclusiveMinimum: 0 })])),
    errors: Type.Optional(Type.Record(Type.String({ pattern: '^\\d{1,6}$' }), Share)),
    read: Type.Optional(Share),
    templateReviewMs: Type.Optional(Type.Number({ minimum: 0 })),
    carrierOptOut: Type.Optional(Type.Boolean()),
  },
  { additionalProperties: false },
);
export type BehaviourChange = Static<typeof BehaviourChange>;

interface Span {
  min: number;
  max: number;
}

/** A behaviour with every part decided. Shares lie between 0 and 1, times are in milliseconds. */
export interface Behaviour {
  /** How long the answer to a post takes. */
  latencyMs: Span;
  /** How long after the answer the last receipt comes. */
  receiptDelayMs: Span;
  /** Share of messages for which no receipt ever comes. */
  loss: number;
  /** Share of posts taken whose connection is cut before the answer. */
  dropAnswer: number;
  /** Share of callbacks sent twice. */
  duplicates: number;
  /** Share of messages whose callbacks come in reverse order. */
  outOfOrder: number;
  /** Share of posts answered as too many. */
  rateAnswers: number;
  /** Messages a sender may post in any second; beyond it, posts are answered as too many. Null: no limit. */
  mps: number | null;
  /** For each of the wire's error codes, the share of messages that meet it. */
  errors: Record<string, number>;
  /** Share of delivered WhatsApp messages that are read. */
  read: number;
  /** How long Meta reviews a template. */
  templateReviewMs: number;
  /** Whether the network itself obeys STOP for long and short codes, as Twilio does by default. */
  carrierOptOut: boolean;
}

const usual: Behaviour = {
  latencyMs: { min: 0, max: 0 },
  receiptDelayMs: { min: 50, max: 400 },
  loss: 0,
  dropAnswer: 0,
  duplicates: 0,
  outOfOrder: 0,
  rateAnswers: 0,
  mps: null,
  errors: {},
  read: 0.5,
  templateReviewMs: 500,
  carrierOptOut: false,
};

/** The behaviours in force. */
export interface Behaviours {
  /** Replaces the behaviour of `change.number`, or of everyone. */
  put(change: BehaviourChange): void;
  /** The behaviour a message between these two meets: everyone's, then the sender's, then the handset's. */
  of(from: string, to: string): Behaviour;
  /** Everyone's behaviour, and what differs for single numbers. */
  list(): { all: Behaviour; numbers: Record<string, Omit<BehaviourChange, 'number'>> };
  reset(): void;
}

function merge(base: Behaviour, change: Omit<BehaviourChange, 'number'> | undefined): Behaviour {
  return change ? { ...base, ...change, errors: { ...base.errors, ...change.errors } } : base;
}

/** Behaviours as usual, to be changed. */
export function createBehaviours(): Behaviours {
  let all = usual;
  const numbers = new Map<string, Omit<BehaviourChange, 'number'>>();
  return {
    put({ number, ...change }) {
      if (number === undefined) all = merge(usual, change);
      else numbers.set(plainAddress(number), change);
    },
    of(from, to) {
      if (numbers.size === 0) return all;
      return merge(merge(all, numbers.get(plainAddress(from))), numbers.get(plainAddress(to)));
    },
    list: () => ({ all, numbers: Object.fromEntries(numbers) }),
    reset() {
      all = usual;
      numbers.clear();
    },
  };
}

/** A random length within a span. */
export function within(span: Span, random: () => number): number {
  return span.min + Math.max(0, span.max - span.min) * random();
}

/** Which wire an error code is of: replies of SMTP (400 to 599), Twilio's five digits, all else is Meta's. */
function wireOf(code: number): WireName {
  if (code >= 400 && code < 600) return 'smtp';
  return code >= 10_000 && code < 80_000 ? 'twilio' : 'meta';
}

/**
 * The error code a message on `wire` meets by the shares of `errors`, or null. Shares of several codes add up;
 * codes of other wires do not count.
 */
export function drawError(
  errors: Record<string, number>,
  wire: WireName,
  random: () => number,
): number | null {
  let draw: number | null = null;
  for (const code in errors) {
    if (wireOf(Number(code)) !== wire) continue;
    draw ??= random();
    const share = errors[code] ?? 0;
    if (draw < share) return Number(code);
    draw -= share;
  }
  return null;
}
