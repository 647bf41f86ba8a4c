/** Characters of one snippet; of a project the snippets, and the characters of all. */
export const snippetLimits = { content: 100_000, count: 1_000, characters: 5_000_000 } as const;
