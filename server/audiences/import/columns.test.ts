import assert from 'node:assert/strict';
import { test } from 'node:test';
import { mapColumns } from './columns.ts';

const meaningOf = (header: string) => {
  const [column] = mapColumns([header]);
  return column!.medium ? `${column!.meaning} ${column!.medium}` : column!.meaning;
};

test('a consent column counts for the channel that its words name, in the words of many tools and languages', () => {
  const rows: [expected: string, ...headers: string[]][] = [
    [
      'optIn sms',
      'Accepts SMS Marketing',
      'sms opt in',
      'SMS Marketing Consent',
      'sms_opt_in',
      'smsOptIn',
      'Text Opt-In',
      'Mobile Consent',
      'sms_subscribed',
      'SMS-Einwilligung',
      'Consentement SMS',
      'Consentimiento SMS',
      'Consenso SMS',
      'Zgoda SMS',
      'SMS izni',
      'Согласие на SMS',
      'SMS配信の同意',
      '短信订阅',
    ],
    [
      'optIn email',
      'Accepts Email Marketing',
      'Email Marketing Consent',
      'email_subscribe',
      'E-Mail Opt-in',
      'Newsletter E-Mail',
      'Email Consent Status',
      'E-Mail-Einwilligung',
      'Zgoda e-mail',
      'Согласие на почту',
      'メール購読',
    ],
    ['optIn whatsApp', 'WhatsApp opt-in', 'whatsapp_consent', 'WhatsApp Phone Consent'],
    [
      'optIn',
      'opt_in',
      'Consent',
      'Accepts Marketing',
      'Subscribed',
      'Email & SMS consent',
      'Einwilligung',
      'Newsletter',
    ],
    [
      'optOut sms',
      'SMS Opt Out',
      'Do Not Text',
      'sms_unsubscribed',
      'DoNotCall',
      'SMS-Abmeldung',
      'SMS配信停止',
    ],
    [
      'optOut email',
      'HasOptedOutOfEmail',
      'Email Opt Out',
      'Unsubscribed from all email',
      'Désinscription e-mail',
      'Email Suppressions',
    ],
    ['optOut', 'Unsubscribed', 'Do not contact', 'DNC', 'opted_out', 'Blacklisted', 'Wypisany', '退订'],
    [
      'optInDate',
      'opt in date',
      'OPTIN_TIME',
      'subscribed_at',
      'Consent Timestamp',
      'Datum der Einwilligung',
      'Fecha de consentimiento',
    ],
    ['optInDate sms', 'SMS Marketing Consent Timestamp', 'sms_opt_in_at'],
    ['optOutDate', 'unsubscribed_at', 'UNSUB_TIME', 'Opt-out date'],
    ['optInSource', 'opt_in_source', 'Consent source'],
    ['optInIp', 'OPTIN_IP', 'opt in ip'],
    ['optInText', 'Consent text', 'opt_in_wording'],
    [
      'email',
      'Email',
      'E-Mail-Adresse',
      'Email Address',
      'Adresse e-mail',
      'Correo electrónico',
      'メールアドレス',
      'Электронная почта',
      '邮箱',
    ],
    [
      'phoneNumber',
      'Phone',
      'Mobile Phone Number',
      'Handynummer',
      'Teléfono móvil',
      'Numéro de téléphone',
      'Telefone celular',
      'Cellulare',
      'Telefoonnummer',
      'Numer telefonu',
      'Cep telefonu',
      'Номер телефона',
      '携帯電話番号',
      '手机号码',
      'Phone Number',
      'MobilePhone',
      'WhatsApp',
      'Customer phone number',
    ],
    ['userId', 'Customer ID', 'Record ID', 'External ID', 'Kundennummer', 'Subscriber Key', '顧客ID'],
    [
      'postalCode',
      'Zip',
      'Postal Code',
      'PLZ',
      'Code postal',
      'Default Address Zip',
      'Mailing Zip/Postal Code',
      '郵便番号',
    ],
    [
      'country',
      'Country/Region',
      'Country Code',
      'Default Address Country Code',
      'MailingCountry',
      'Land',
      'Pays',
      'País',
      '国',
    ],
    ['Default Address Phone', 'Default Address Phone'],
    ['Fax Number', 'Fax Number'],
    ['Subscription Plan', 'Subscription Plan'],
    ['Description', 'Description'],
    ['Adoption', 'Adoption'],
    ['Text', 'Text'],
  ];
  const wrong = rows.flatMap(([expected, ...headers]) =>
    headers.flatMap((header) =>
      meaningOf(header) === expected ? [] : `${header}: ${meaningOf(header)}, not ${expected}`,
    ),
  );
  assert.deepEqual(wrong, []);
});

test('of two columns for one thing the plainer has it; numbers and consent may stand in several', () => {
  const columns = mapColumns([
    'Default Address Zip',
    'ZIP',
    'id',
    'Customer ID',
    'Mobile',
    'Phone',
    'SMS consent',
    'Text opt in',
  ]);
  assert.deepEqual(
    columns.map(({ meaning }) => meaning),
    ['Default Address Zip', 'postalCode', 'id', 'userId', 'phoneNumber', 'phoneNumber', 'optIn', 'optIn'],
  );
});
