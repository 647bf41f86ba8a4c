import type { Static } from 'typebox';
import { placeOfUrl } from '../../outbound/place.ts';
import { accountFields, accountShape, baseUrlField, patternField, textField } from '../account-shape.ts';
import type { ProviderAccount } from '../sending.ts';

const settings = accountFields({
  baseUrl: baseUrlField,
  version: patternField('Version of the Graph API', '^v\\d+\\.\\d+$', 'a version such as v26.0'),
  businessAccountId: textField('Business account id'),
});

const secrets = accountFields({
  accessToken: textField('Access token'),
  appSecret: textField('App secret'),
  verifyToken: textField('Verify token'),
});

/** What a WhatsApp Business Account with Meta is made of. */
export const metaAccount = accountShape({
  ...{ settings, secrets, destination: ['baseUrl'] },
  placeOf: ({ baseUrl }) => placeOfUrl(baseUrl),
});

/** A WhatsApp Business Account with Meta. */
export type MetaAccount = ProviderAccount & Static<typeof settings> & Static<typeof secrets>;

/** Whether an account is one of this wire: it was then opened by the schemas above. */
export function isMetaAccount(account: ProviderAccount): account is MetaAccount {
  return account.wire === 'meta';
}
