/**
 * The words of one language out of which refusals are made. A clause that holds nothing but such words is read by
 * what it combines (read-refusal.ts): "ne", "envoyez", "messages" is a refusal in whatever order and with whatever
 * manners. Words stand with single spaces between them; `_` joins those that count only together, a `*` at the end
 * stands for any ending. All are folded as replies are (fold.ts). From knowledge of the languages, November 2026.
 */
export interface RefusalWords {
  /** ISO 639 code. */
  language: string;
  /** Set where words stand without spaces between them. */
  spaceless?: true;
  /** What a vowel swallows and an apostrophe joins: "m'adresser" is written of `m`. */
  elided?: string;
  /** Refuses by itself: "unsubscribe", "remove me". */
  leave?: string;
  /** Refuses with an object only, being said of orders and appointments too: "cancel", "delete". */
  cancel?: string;
  /** "Stop", of sending or of messages. */
  end?: string;
  /** Makes a refusal of sending, wanting or of a noun. */
  not?: string;
  /** "No more", of a noun. */
  none?: string;
  /** What we do: sending, writing, calling. Only as it is asked for; "you sent" is no part of a refusal. */
  send?: string;
  /** "Want", "wish", "like to". */
  want?: string;
  /** "Receive": a refusal beside `want` alone, else a complaint that nothing came. */
  receive?: string;
  /** `not` and `send` in one word. */
  dontSend?: string;
  /** `not` and `want` in one; "not interested" too. */
  dontWant?: string;
  /** What we send. */
  noun?: string;
  /** The writer, their number, our list. */
  who?: string;
  /** "Can you", by which a question is a request. */
  ask?: string;
  /** "Signed up", "asked for this": with a "never" beside it no more than the reason of a refusal. */
  joined?: string;
  /** Such reasons in one: "I shall report you". */
  reason?: string;
  /** Who sends, and what is wrong with it: "shop", "expensive". Leaves a refusal certain that names messages. */
  beside?: string;
  /** "I" as the one who does it: "I do not text" refuses nothing. */
  self?: string;
  /** Makes a statement or the contrary of the rest. */
  block?: string;
  /** Leads to an object, and makes no sense without one: "the", "from". */
  link?: string;
  /** Weak by itself: "too many messages". Leaves a refusal beside it certain. */
  soft?: string;
  /** Adds nothing. */
  fill?: string;
  /** Manners: add nothing, and may stand at both ends of a keyword too. */
  manners?: string;
}
