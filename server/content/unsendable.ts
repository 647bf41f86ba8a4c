/** Why a template gives one person no message; each is a skip reason of its own. */
export const unsendable = [
  'missingField',
  'missingCatalogItem',
  'contentTooLong',
  'skippedByTemplate',
  'renderError',
  'emptyMessage',
  'noCoupon',
  'dataFeedError',
] as const;

export type Unsendable = (typeof unsendable)[number];

/** Thrown while a message is rendered that cannot be sent as it is. `message` tells what is wrong with it. */
export class UnsendableMessage extends Error {
  readonly reason: Unsendable;

  constructor(reason: Unsendable, detail: string) {
    super(detail);
    this.reason = reason;
  }
}
