/** Who did something, in plain words: a person by their email, a program by the name of its API key. */
export const byWords = (by: string) => by.replace(/^key (.+)$/, 'the API key “$1”');
