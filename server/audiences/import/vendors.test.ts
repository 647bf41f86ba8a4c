import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { consentRoutes } from '../../consent/routes.ts';
import { startTestApi, type TestApi } from '../../testing/api.ts';
import { userRoutes } from '../../users/routes.ts';
import { audienceRoutes } from '../routes.ts';

let server: TestApi;
/** What is wanted of each file: consent to marketing by SMS and by email. */
const types: Record<string, number> = {};
before(async () => {
  server = await startTestApi([
    userRoutes,
    consentRoutes,
    audienceRoutes({ enqueue: async () => undefined }),
  ]);
  const rows = await server.database.db
    .selectFrom('message_type')
    .innerJoin('channel', 'channel.id', 'channel_id')
    .select(['message_type.id', 'medium', 'purpose'])
    .orderBy('message_type.id')
    .execute();
  for (const { id, medium, purpose } of rows) if (purpose === 'promotional') types[medium] ??= id;
});
after(() => server.close());

interface Export {
  tool: string;
  file: readonly string[];
  country?: string;
  /** What the columns are taken for that have a meaning of their own; `+` where their yes counts. */
  columns: Record<string, string>;
  asked: readonly string[];
  /** Row by row: number, and what is taken for a wish. */
  rows: readonly [phone: string | undefined, consent: string | null][];
}

interface Preview {
  columns: { header: string; field: string; medium: string | null; messageTypeIds: number[] }[];
  questions: { about: string; columns: string[] }[];
  rows: { identities: Record<string, string>; consent: string | null }[];
}

/** Headers and values as these tools write them. */
const exports: readonly Export[] = [
  {
    tool: 'Mailchimp, people who unsubscribed',
    file: [
      'Email Address,First Name,Last Name,Phone Number,MEMBER_RATING,OPTIN_TIME,OPTIN_IP,UNSUB_TIME,UNSUB_CAMPAIGN_TITLE,UNSUB_REASON,CC,LEID',
      'cy@example.com,Cy,Poe,+15125550142,1,2023-03-05 14:22:10,198.51.100.8,2024-06-01 10:00:00,June News,NORMAL: No longer interested,US,123',
    ],
    columns: { OPTIN_TIME: 'optInDate', OPTIN_IP: 'optInIp', UNSUB_TIME: 'optOutDate', CC: 'country' },
    asked: ['noColumn', 'noColumn'],
    rows: [['+15125550142', 'optOut']],
  },
  {
    tool: 'HubSpot',
    file: [
      'Record ID,First Name,Last Name,Email,Phone Number,Mobile Phone Number,Marketing contact status,Country/Region,Unsubscribed from all email,Opted out of email: Marketing Information',
      "102,Finn,Wood,finn@example.com,,'+14155550147,Non-marketing contact,United States,true,Yes",
    ],
    columns: {
      'Record ID': 'userId',
      'Country/Region': 'country',
      'Unsubscribed from all email': 'optOut email +',
      'Opted out of email: Marketing Information': 'optOut email +',
    },
    asked: ['noColumn', 'noColumn'],
    rows: [['+14155550147', 'optOut']],
  },
  {
    tool: 'Salesforce; a fax is no text',
    file: [
      'Contact ID,First Name,Last Name,Email,Phone,Mobile,Email Opt Out,SMS Opt In,SMS_Opt_In_Date__c,Fax Opt Out,Mailing Country',
      '0035g00000AbCdE,Gia,Hall,gia@example.com,(212) 555-0148,(212) 555-0149,0,1,3/14/2024,1,USA',
      '0035g00000AbCdF,Hal,Ives,hal@example.com,,(212) 555-0150,1,0,,0,USA',
    ],
    columns: {
      'Contact ID': 'userId',
      'Email Opt Out': 'optOut email +',
      'SMS Opt In': 'optIn sms +',
      SMS_Opt_In_Date__c: 'optInDate sms',
      'Mailing Country': 'country',
    },
    asked: ['noColumn SMS Opt In'],
    rows: [
      ['+12125550149', 'optIn'],
      ['+12125550150', 'optOut'],
    ],
  },
  {
    tool: 'Attentive',
    file: [
      'Phone Number,Email Address,Text Subscription Status,Text Join Date,Text Unsubscribe Date,Email Subscription Status,Text Join Source',
      '+12125550153,kim@example.com,Opted in,2024-02-11,,Opted out,Popup',
      '+12125550154,lou@example.com,Opted out,2024-02-11,2025-01-01,Opted in,Popup',
    ],
    columns: {
      'Text Subscription Status': 'optIn sms +',
      'Text Join Date': 'optInDate sms',
      'Text Unsubscribe Date': 'optOutDate sms +',
      'Email Subscription Status': 'optIn email +',
      'Text Join Source': 'optInSource sms',
    },
    asked: [],
    rows: [
      ['+12125550153', 'optOut'],
      ['+12125550154', 'optOut'],
    ],
  },
  {
    tool: 'Postscript, which is all of texts and does not say so',
    file: [
      'id,phone_number,email,opted_in_at,opted_out_at,subscriber_status',
      '9001,+13105550155,mia@example.com,2024-01-09 12:00:00,,subscribed',
      '9002,+13105550156,,2024-01-10 12:00:00,2024-02-10 12:00:00,unsubscribed',
    ],
    columns: {
      id: 'userId',
      opted_in_at: 'optInDate',
      opted_out_at: 'optOutDate',
      subscriber_status: 'optIn',
    },
    asked: ['untoldChannel subscriber_status'],
    rows: [
      ['+13105550155', null],
      ['+13105550156', 'optOut'],
    ],
  },
  {
    tool: 'Braze; push is a channel of none of ours',
    file: [
      'external_id,email,phone,email_subscribe,push_subscribe,sms_subscription_state,email_opted_in_at,email_unsubscribed_at',
      'u-1,nia@example.com,+16175550158,opted_in,unsubscribed,subscribed,2024-03-02T00:00:00.000Z,',
      'u-2,oto@example.com,+16175550159,unsubscribed,opted_in,unsubscribed,,2024-06-01T00:00:00.000Z',
    ],
    columns: {
      external_id: 'userId',
      email_subscribe: 'optIn email +',
      sms_subscription_state: 'optIn sms +',
      email_opted_in_at: 'optInDate email',
      email_unsubscribed_at: 'optOutDate email +',
    },
    asked: [],
    rows: [
      ['+16175550158', 'optIn'],
      ['+16175550159', 'optOut'],
    ],
  },
  {
    tool: 'Iterable; what its ids refuse is asked',
    file: [
      'email,userId,phoneNumber,subscribedMessageTypeIds,unsubscribedMessageTypeIds,unsubscribedChannelIds,smsOptIn,SMSOptInDate',
      'ria@example.com,r1,+14045550161,[111],[],[],true,2024-01-01 10:00:00 +00:00',
      'sam@example.com,s1,+14045550162,[],[111],[55],false,',
    ],
    columns: {
      unsubscribedMessageTypeIds: 'optOut',
      unsubscribedChannelIds: 'optOut',
      smsOptIn: 'optIn sms +',
      SMSOptInDate: 'optInDate sms',
    },
    asked: [
      'refusedIds unsubscribedMessageTypeIds',
      'refusedIds unsubscribedChannelIds',
      'noColumn smsOptIn',
    ],
    rows: [
      ['+14045550161', 'optIn'],
      ['+14045550162', 'optOut'],
    ],
  },
  {
    tool: 'ActiveCampaign, whose state of a list is a plain Status',
    file: [
      'Contact ID,Email Address,Phone,IP Address,Status,SMS Opt-In Status,*Country,GDPR Consent',
      '1,wes@example.com,(303) 555-0164,198.51.100.9,Active,Subscribed,United States,Yes',
      '2,xan@example.com,(303) 555-0165,,Unsubscribed,Unsubscribed,United States,No',
      '3,yve@example.com,(303) 555-0166,,Bounced,Unconfirmed,United States,No',
    ],
    columns: {
      'Contact ID': 'userId',
      Status: 'optIn',
      'SMS Opt-In Status': 'optIn sms +',
      '*Country': 'country',
      'GDPR Consent': 'optIn',
    },
    asked: ['untoldChannel Status|GDPR Consent'],
    rows: [
      ['+13035550164', 'optIn'],
      ['+13035550165', 'optOut'],
      ['+13035550166', null],
    ],
  },
  {
    tool: 'Square',
    file: [
      'Reference ID,First Name,Surname,Email Address,Phone Number,Creation Source,Email Subscription Status,Lifetime Spend',
      ',Abe,Bly,abe@example.com,\'+16025550168,Terminal,unsubscribed,"$1,042.50"',
      ',Bea,Cox,bea@example.com,6025550169,Terminal,unknown,$10.00',
    ],
    columns: { Surname: 'lastName', 'Email Subscription Status': 'optIn email +' },
    asked: ['noColumn Email Subscription Status'],
    rows: [
      ['+16025550168', 'optOut'],
      ['+16025550169', null],
    ],
  },
  {
    tool: 'WooCommerce, whose only number is the bill’s',
    file: [
      'Customer ID,Email,Billing Postcode,Billing Country,Billing Phone,Shipping Phone,sms_marketing_consent,marketing_opt_in',
      '11,cal@example.com,1067,DE,0151 23456789,0151 99999999,1,1',
      '12,dot@example.com,1010,AT,0664 1234567,,0,1',
    ],
    columns: {
      'Billing Postcode': 'postalCode',
      'Billing Country': 'country',
      'Billing Phone': 'phoneNumber',
      sms_marketing_consent: 'optIn sms +',
      marketing_opt_in: 'optIn',
    },
    asked: ['untoldChannel marketing_opt_in'],
    rows: [
      ['+4915123456789', 'optIn'],
      ['+436641234567', null],
    ],
  },
  {
    tool: 'a Japanese shop',
    country: 'JP',
    file: [
      '会員番号,姓,名,メールアドレス,携帯電話番号,生年月日,メルマガ配信,SMS配信許諾,SMS許諾日時,退会日',
      'A001,山田,太郎,taro@example.jp,090-1234-5678,1980/4/3,配信する,許諾する,2024/03/05 14:22,',
      'A002,鈴木,花子,hanako@example.jp,08012345679,1991/12/24,配信停止,拒否,,',
      'A003,佐藤,次郎,jiro@example.jp,070-1234-5670,1975/01/15,配信する,未設定,,2024/05/05',
    ],
    columns: {
      会員番号: 'userId',
      姓: 'lastName',
      名: 'firstName',
      メルマガ配信: 'optIn email +',
      SMS配信許諾: 'optIn sms +',
      SMS許諾日時: 'optInDate sms',
      退会日: 'optOutDate',
    },
    asked: [],
    rows: [
      ['+819012345678', 'optIn'],
      ['+818012345679', 'optOut'],
      ['+817012345670', 'optOut'],
    ],
  },
  {
    tool: 'Klaviyo in French',
    file: [
      'Email,Prénom,Nom,Numéro de téléphone,Pays,Consentement aux e-mails,Date du consentement aux e-mails,Consentement aux SMS,Date du consentement SMS',
      'fee@example.fr,Fée,Morel,06 12 34 56 78,France,Abonné,13/04/2024,Abonné,14/04/2024',
      'gui@example.fr,Guy,Noir,+33 6 12 34 56 79,France,Désabonné,13/04/2024,Jamais abonné,',
    ],
    columns: {
      Nom: 'lastName',
      'Consentement aux e-mails': 'optIn email +',
      'Date du consentement aux e-mails': 'optInDate email',
      'Consentement aux SMS': 'optIn sms +',
      'Date du consentement SMS': 'optInDate sms',
    },
    asked: [],
    rows: [
      ['+33612345678', 'optIn'],
      ['+33612345679', 'optOut'],
    ],
  },
];

test('exports of many tools are read as they mean it: nobody is opted in by another column, no refusal is lost, doubt is asked about', async (t) => {
  for (const { tool, file, country, columns, asked, rows } of exports)
    await t.test(tool, async () => {
      const form = new FormData();
      form.set('file', new Blob([file.join('\n')]), 'export.csv');
      const consent = { source: 'shop.example', method: 'webForm', messageTypeIds: [types.sms, types.email] };
      form.set('options', JSON.stringify({ consent, ...(country && { defaultCountry: country }) }));
      const headers = { 'Api-Key': server.key };
      const answer = await fetch(`${server.url}/api/import/preview`, { method: 'POST', headers, body: form });
      const preview = (await answer.json()) as Preview;
      const seen = Object.fromEntries(
        preview.columns.map(({ header, field, medium, messageTypeIds }) => [
          header,
          [field, medium, messageTypeIds.length > 0 ? '+' : null].filter((part) => part !== null).join(' '),
        ]),
      );
      const speaks = (field: string) => /^opt(?:In|Out)/.test(field);
      const expected = Object.keys(seen).filter((header) => header in columns || speaks(seen[header]!));
      assert.deepEqual(Object.fromEntries(expected.map((header) => [header, seen[header]])), columns);
      assert.deepEqual(
        preview.questions.map(({ about, columns: of }) => `${about} ${of.join('|')}`.trim()),
        asked,
      );
      assert.deepEqual(
        preview.rows.map(({ identities, consent: wish }) => [identities.phoneNumber, wish]),
        rows,
      );
    });
});
