import type { ProviderAccount, Wire } from '../../api/provider-accounts.ts';
import { mediumWords } from '../../words/message-statuses.ts';

/** A field of a provider account's form. */
export interface AccountField {
  name: string;
  label: string;
  kind: 'text' | 'number' | 'switch';
  isOptional: boolean;
}

/** The fields that a wire's schema names, in its order. */
export function fieldsOf({ properties, required = [] }: Wire['settings']): AccountField[] {
  return Object.entries(properties).map(([name, { title, type }]) => ({
    name,
    label: title,
    kind: type === 'boolean' ? 'switch' : type === 'integer' ? 'number' : 'text',
    isOptional: !required.includes(name),
  }));
}

/** A wire in words: "Meta · WhatsApp". */
export const wireWords = ({ title, media }: Wire) => `${title} · ${media.map(mediumWords).join(', ')}`;

/** Where an account leads, in short. */
export function placeWords({ settings }: ProviderAccount, wire: Wire | undefined): string {
  const places = (wire?.destination ?? []).map((name) => settings[name]);
  return places.filter((place) => typeof place !== 'boolean').join(':');
}
