import { type Static, Type } from 'typebox';
import { placeOfMailServer } from '../../outbound/place.ts';
import { accountFields, accountShape, textField } from '../account-shape.ts';
import type { ProviderAccount } from '../sending.ts';

const settings = accountFields({
  host: textField('Mail server'),
  port: Type.Integer({ title: 'Port', minimum: 1, maximum: 65_535 }),
  secure: Type.Boolean({ title: 'TLS from the first byte' }),
  user: Type.Optional(textField('User name')),
});

const secrets = accountFields({ password: Type.Optional(textField('Password')) });

/** What an account with a mail server is made of. */
export const smtpAccount = accountShape({
  ...{ settings, secrets, destination: ['host', 'port', 'secure'] },
  placeOf: ({ host, port }) => placeOfMailServer(host, port),
});

/** An account with a mail server. */
export type SmtpAccount = ProviderAccount & Static<typeof settings> & Static<typeof secrets>;

/** Whether an account is one of this wire: it was then opened by the schemas above. */
export function isSmtpAccount(account: ProviderAccount): account is SmtpAccount {
  return account.wire === 'smtp';
}
