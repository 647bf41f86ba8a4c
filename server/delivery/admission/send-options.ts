import { type Static, Type } from 'typebox';
import { Value } from 'typebox/value';

/** What becomes of a message when hours or caps stand against it: it waits, or it is skipped with that reason. */
const delayOrSkip = Type.Union([Type.Literal('delay'), Type.Literal('skip')]);

/** How a campaign is sent; the shape of `campaign.options`. What is absent is not asked for. */
export const sendOptions = Type.Object({
  /** ISO 8601; when the campaign is to start. */
  sendAt: Type.Optional(Type.String()),
  /** Each person gets it when the clock at their own place shows what `startTimeZone`'s shows at `sendAt`. */
  inUserZone: Type.Optional(Type.Boolean()),
  /** IANA zone in which `sendAt` is read when `inUserZone` is set. */
  startTimeZone: Type.Optional(Type.String()),
  /** IANA zone of people whose own is not known. */
  defaultTimeZone: Type.Optional(Type.String()),
  /** The messages are spread evenly over so many hours from the start. */
  spreadHours: Type.Optional(Type.Number({ exclusiveMinimum: 0, maximum: 168 })),
  quietHours: Type.Optional(delayOrSkip),
  caps: Type.Optional(delayOrSkip),
  /** Fields for templates, below those of user and event in rank. */
  dataFields: Type.Optional(Type.Record(Type.String(), Type.Unknown())),
  /** What `[[field]]` shows, above those in rank: given when the campaign was made, and never changed. */
  templateFields: Type.Optional(Type.Record(Type.String(), Type.Unknown())),
});

export type SendOptions = Static<typeof sendOptions>;

/** Reads `campaign.options` as it was stored. */
export function readOptions(stored: unknown): SendOptions {
  return Value.Parse(sendOptions, stored);
}
