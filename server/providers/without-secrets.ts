/** Shorter ones would be found in what has nothing to do with them. */
const shortest = 6;

/** What a provider says, without the account's secrets where it gives them back: its words are kept, shown and logged. */
export function withoutSecrets(text: string, secrets: readonly string[]): string {
  let clean = text;
  for (const secret of secrets)
    if (secret.length >= shortest && clean.includes(secret)) clean = clean.replaceAll(secret, '[secret]');
  return clean;
}
