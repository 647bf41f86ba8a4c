import { type Static, Type } from 'typebox';
import { placeOfMailServer } from '../../outbound/place.ts';
import { accountFields, accountShape, textField } from '../account-shape.ts';
import type { ProviderAccount } from '../sending.ts';

const settings = accountFields({
  host: textField('Mail server', {
    where:
      'What your mail provider calls the SMTP server, SMTP host or outgoing server: such as smtp.example.com.',
  }),
  port: Type.Integer({
    ...{ title: 'Port', minimum: 1, maximum: 65_535, usual: 587 },
    where: 'Stands beside the server’s name. Most have 587, or 465 with TLS from the first byte.',
  }),
  secure: Type.Boolean({
    title: 'TLS from the first byte',
    where:
      'On for port 465. Off for 587 and 25: there TLS begins once both sides have said hello (STARTTLS).',
  }),
  user: Type.Optional(
    textField('User name', {
      where:
        'Often the whole email address, or a word such as “apikey”. Leave it empty for a server that asks for none.',
    }),
  ),
});

const secrets = accountFields({
  password: Type.Optional(
    textField('Password', {
      where:
        'Most providers want one made for this purpose: an app password or an SMTP key, not the one you sign in with.',
    }),
  ),
});

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
