/** An instant as Iterable writes it: 2026-11-23 17:00:00 +00:00. */
export const instantText = (at: Date) => `${at.toISOString().slice(0, 19).replace('T', ' ')} +00:00`;
