import { type Static, Type } from 'typebox';
import { handsetName, type WireName } from '../ledger/entry.ts';

/** The most posts a second a sender can be held to; ten times what the fastest real ones have. */
const mostMps = 10_000;

const shareOf = (what: string) =>
  Type.Optional(Type.Number({ minimum: 0, maximum: 1, description: `a share from 0 to 1 of ${what}` }));
const Milliseconds = Type.Number({ minimum: 0, description: 'milliseconds, 0 or more' });
const Span = Type.Object(
  { min: Milliseconds, max: Milliseconds },
  { additionalProperties: false, description: 'milliseconds: a number, or { min, max }' },
);

/** How carriers behave, for one number or for all; what is left out is as usual. */
export const BehaviourChange = Type.Object(
  {
    number: Type.Optional(
      Type.String({ minLength: 1, description: 'a sender or a handset; left out, everyone is meant' }),
    ),
    latencyMs: Type.Optional(Span),
    receiptDelayMs: Type.Optional(Span),
    loss: shareOf('messages without any receipt'),
    dropAnswer: shareOf('posts taken and then cut off without an answer'),
    duplicates: shareOf('callbacks sent twice'),
    outOfOrder: shareOf('messages whose callbacks come in reverse'),
    rateAnswers: shareOf('posts answered 429 (mps limits the posts of any second)'),
    mps: Type.Optional(
      Type.Union([Type.Null(), Type.Number({ exclusiveMinimum: 0, maximum: mostMps })], {
        description: `posts a second above 0 and up to ${mostMps}, or null for no limit`,
      }),
    ),
    errors: Type.Optional(
      Type.Record(
        Type.String({ pattern: '^(0|[1-9]\\d{0,5})$' }),
        Type.Number({ minimum: 0, maximum: 1, description: 'a share from 0 to 1 of messages' }),
        {
          additionalProperties: false,
          description:
            'error codes of one to six digits, each with its share: { code: share } or [{ code, share }]',
        },
      ),
    ),
    read: shareOf('delivered WhatsApp messages that are read'),
    templateReviewMs: Type.Optional(Milliseconds),
    carrierOptOut: Type.Optional(
      Type.Union([Type.Null(), Type.Boolean()], {
        description: 'true, false, or null for as each number is set',
      }),
    ),
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
  /** Whether Twilio itself obeys STOP for long and short codes; null: as each number is set. */
  carrierOptOut: boolean | null;
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
  carrierOptOut: null,
};

/** The behaviours in force. */
export interface Behaviours {
  /** Replaces the behaviour of `change.number`, or of everyone. */
  put(change: BehaviourChange): void;
  /** Makes a number behave like everyone again. */
  remove(number: string): void;
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
      else numbers.set(handsetName(number), change);
    },
    of(from, to) {
      if (numbers.size === 0) return all;
      return merge(merge(all, numbers.get(handsetName(from))), numbers.get(handsetName(to)));
    },
    remove: (number) => numbers.delete(handsetName(number)),
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

/**
 * Which wire an error code is of: replies of SMTP (400 to 599), Twilio's five digits, all else is Meta's. Meta
 * has five digits only for the limits of business use cases, 80000 to 80099 (developers.facebook.com, rate limits).
 */
export function wireOf(code: number): WireName {
  if (code >= 400 && code < 600) return 'smtp';
  const isMetas = code < 10_000 || code >= 100_000 || (code >= 80_000 && code < 80_100);
  return isMetas ? 'meta' : 'twilio';
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
