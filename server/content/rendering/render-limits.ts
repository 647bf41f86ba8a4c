/** What a template may be, and what filling it in for one person may take, so that none can hold up the others. */
export const renderLimits = {
  /** Characters of a template's text, and of an email's HTML. */
  sourceText: 50_000,
  sourceHtml: 500_000,
  /** `{{…}}` in one text, and the characters that stand in them together. */
  tags: 5_000,
  /** Those of a text and of all snippets in it together, each snippet once. */
  tagsWithSnippets: 10_000,
  tagCharacters: 100_000,
  /** Of the tags those that are `{{!-- comments --}}`. */
  comments: 500,
  /** Blocks, brackets of expressions, and calls of snippets within one another. */
  nesting: 30,
  snippetNesting: 20,
  /** Names in a path, as `order.address.city`; `name=value` pairs of a call. */
  pathNames: 30,
  pairs: 50,
  /** What one message may take: characters that its helpers and blocks read and write. */
  work: 3_000_000,
  turns: 10_000,
  snippets: 200,
  /** Keys of metadata, items and collections of catalogs that one message may look up. */
  lookups: 50,
  /** Links of one message that are made short. */
  links: 500,
  /** Characters of what is made. */
  outputText: 20_000,
  outputHtml: 1_000_000,
  /** Characters of a pattern of dates, numbers or texts, and of a locale or zone. */
  pattern: 500,
  name: 100,
} as const;

/** A number as it stands in an error. */
export const counted = (count: number): string => count.toLocaleString('en-US');

/** The start of a text that may be long, in quotes, for an error. */
export const quoted = (text: string): string =>
  JSON.stringify(text.length > 60 ? `${text.slice(0, 60).toWellFormed()}…` : text);
