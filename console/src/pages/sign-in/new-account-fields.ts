/** What the server takes at the least. */
export const shortestPassword = 12;

/** What stands under a password that is too short. */
export const tooShortWords = `Give at least ${shortestPassword} characters`;
