import type { ProviderAccount } from '../../api/provider-accounts.ts';

/** A field of a provider account's form. */
export interface AccountField {
  name: string;
  label: string;
  kind: 'text' | 'number' | 'switch';
  /** Whether it says who receives the secrets: changed, they are asked for again. */
  leads?: boolean;
  optional?: boolean;
}

const leads = true;
const optional = true;
const baseUrl: AccountField = { name: 'baseUrl', label: 'Base address', kind: 'text', leads };

/** What each provider's account says openly. */
export const settingFields: Record<ProviderAccount['wire'], readonly AccountField[]> = {
  twilio: [baseUrl, { name: 'accountSid', label: 'Account SID', kind: 'text' }],
  meta: [
    baseUrl,
    { name: 'version', label: 'Version of the Graph API', kind: 'text' },
    { name: 'businessAccountId', label: 'Business account id', kind: 'text' },
  ],
  smtp: [
    { name: 'host', label: 'Mail server', kind: 'text', leads },
    { name: 'port', label: 'Port', kind: 'number', leads },
    { name: 'secure', label: 'TLS from the first byte', kind: 'switch', leads },
    { name: 'user', label: 'User name', kind: 'text', optional },
  ],
};

/** What is encrypted and never shown again. */
export const secretFields: Record<ProviderAccount['wire'], readonly Omit<AccountField, 'kind'>[]> = {
  twilio: [
    { name: 'authToken', label: 'Auth token' },
    { name: 'otherAuthToken', label: 'Other auth token, while it is being rotated', optional },
  ],
  meta: [
    { name: 'accessToken', label: 'Access token' },
    { name: 'appSecret', label: 'App secret' },
    { name: 'verifyToken', label: 'Verify token' },
  ],
  smtp: [{ name: 'password', label: 'Password', optional }],
};

/** Providers in words. */
export const wireWords: Record<ProviderAccount['wire'], string> = {
  twilio: 'Twilio',
  meta: 'Meta (WhatsApp)',
  smtp: 'Mail server',
};

/** Where an account leads, in short. */
export function placeWords({ wire, settings }: ProviderAccount): string {
  return wire === 'smtp' ? `${settings.host}:${settings.port}` : String(settings.baseUrl);
}
