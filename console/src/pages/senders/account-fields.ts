import type { ProviderAccount, Wire } from '../../api/provider-accounts.ts';
import { mediumWords } from '../../words/message-statuses.ts';

/** A field of a provider account's form. */
export interface AccountField {
  name: string;
  label: string;
  kind: 'text' | 'number' | 'switch';
  isOptional: boolean;
  /** Where its value is found at the provider. */
  where?: string;
  /** What most accounts have. */
  usual?: string | number | boolean;
  /** Any words of one's own will do. */
  isOwnWords: boolean;
}

/** The fields that a wire's schema names, in its order. */
export function fieldsOf({ properties, required = [] }: Wire['settings']): AccountField[] {
  return Object.entries(properties).map(([name, { title, type, where, usual, isOwnWords = false }]) => ({
    name,
    label: title,
    kind: type === 'boolean' ? 'switch' : type === 'integer' ? 'number' : 'text',
    isOptional: !required.includes(name),
    isOwnWords,
    ...(where === undefined ? {} : { where }),
    ...(usual === undefined ? {} : { usual }),
  }));
}

/** What a new account starts with: what is usual, and every switch off. */
export function usualSettings(wire: Wire): ProviderAccount['settings'] {
  const given = fieldsOf(wire.settings).flatMap(({ name, kind, usual }) => {
    const value = usual ?? (kind === 'switch' ? false : undefined);
    return value === undefined ? [] : [[name, value] as const];
  });
  return Object.fromEntries(given);
}

/** What was filled in. */
export function filledIn<Value>(entered: Record<string, Value>): Record<string, Value> {
  return Object.fromEntries(Object.entries(entered).filter(([, value]) => value !== ''));
}

/** A wire in words: "Meta · WhatsApp". */
export const wireWords = ({ title, media }: Wire) => `${title} · ${media.map(mediumWords).join(', ')}`;

/** Where an account leads, in short. */
export function placeWords({ settings }: ProviderAccount, wire: Wire | undefined): string {
  const places = (wire?.destination ?? []).map((name) => settings[name]);
  return places.filter((place) => typeof place !== 'boolean').join(':');
}
