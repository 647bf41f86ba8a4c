import type { Static } from 'typebox';
import { placeOfUrl } from '../../outbound/place.ts';
import { accountFields, accountShape, baseUrlField, patternField, textField } from '../account-shape.ts';
import type { ProviderAccount } from '../sending.ts';

const settings = accountFields({
  businessAccountId: textField('Business account id', {
    where:
      'business.facebook.com → Settings → Accounts → WhatsApp accounts → the account: “ID”, digits only.',
  }),
  version: patternField('Version of the Graph API', '^v\\d+\\.\\d+$', 'a version such as v26.0', {
    usual: 'v26.0',
  }),
  baseUrl: baseUrlField('https://graph.facebook.com'),
});

const secrets = accountFields({
  accessToken: textField('Access token', {
    where:
      'business.facebook.com → Settings → Users → System users → the user → Generate token: your app, expiry “Never”, with whatsapp_business_messaging and whatsapp_business_management.',
  }),
  appSecret: textField('App secret', {
    where: 'developers.facebook.com → My apps → the app → App settings → Basic → App secret → “Show”.',
  }),
  verifyToken: textField('Verify token', {
    where:
      'Words of your own, which Meta says when it first calls. Copy them now if you mean to enter the webhook by hand: they are not shown again.',
    isOwnWords: true,
  }),
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
