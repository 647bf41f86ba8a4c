import { createHmac } from 'node:crypto';
import { type AccountSetUp, type AccountStep, type Finding, fault, fine, notice } from '../account-set-up.ts';
import { type JsonRecord, recordAt, textAt } from '../json-reading.ts';
import { failureWords, type ProviderFailure } from '../provider-failure.ts';
import { isMetaAccount, type MetaAccount } from './account.ts';
import { askGraph } from './ask-graph.ts';
import { listNumbers } from './list-numbers.ts';
import { lookAtNumber } from './managed-number.ts';
import { numberFindings } from './number-health.ts';
import { metaWebhooks } from './webhook-set-up.ts';

/** What a token must be allowed (facts: Cloud API, permissions). */
const scopes = ['whatsapp_business_messaging', 'whatsapp_business_management'];

const token: AccountStep = {
  name: 'token',
  title: 'A token that lasts',
  about:
    'You need a Meta app of type Business with the product WhatsApp, and a system user of your business who has the app and the WhatsApp account assigned with full control. The token on the app’s first page ends after a day: make one of the system user, which does not end.',
  fields: ['accessToken', 'version', 'baseUrl'],
  async check(account, { exchanges }) {
    if (!isMetaAccount(account)) return [];
    const path = `debug_token?input_token=${encodeURIComponent(account.accessToken)}`;
    const asked = await askGraph(account, exchanges, 'GET', path);
    return asked.ok ? tokenFindings(recordAt(asked.answer, 'data')) : [accessFault('Token', asked.failure)];
  },
};

function tokenFindings(data: JsonRecord): Finding[] {
  if (data.is_valid !== true)
    return [
      fault(
        'Token',
        textAt(recordAt(data, 'error'), 'message') ?? 'Meta says that the token is not valid',
        'Make a new one: Settings → Users → System users → the user → Generate token, with expiry “Never”.',
      ),
    ];
  const granted = Array.isArray(data.scopes) ? data.scopes : [];
  const missing = scopes.filter((scope) => !granted.includes(scope));
  if (missing.length > 0)
    return [
      fault(
        'Permissions',
        `The token lacks ${missing.join(' and ')}`,
        'Generate the token anew and tick both permissions that begin with whatsapp_business.',
      ),
    ];
  const app = textAt(data, 'application');
  return [fine('Token', `It is valid${app ? `, of the app “${app}”` : ''}`), ...expiryFindings(data)];
}

function expiryFindings({ expires_at: ends }: JsonRecord): Finding[] {
  if (typeof ends !== 'number' || ends <= 0) return [];
  return [
    notice(
      'Token',
      `It ends on ${new Date(ends * 1000).toISOString().slice(0, 10)}, and with it all sending and all receipts`,
      'Make one of a system user with expiry “Never”, and change it here before that day.',
    ),
  ];
}

function accessFault(about: string, failure: ProviderFailure): Finding {
  const remedies: Record<string, string> = {
    190: 'Make a new token: Settings → Users → System users → the user → Generate token, with expiry “Never”.',
    100: 'Compare the id with that in business.facebook.com → Settings → Accounts → WhatsApp accounts, and see that the system user has the account assigned.',
    33: 'Compare the id with that in business.facebook.com → Settings → Accounts → WhatsApp accounts, and see that the system user has the account assigned.',
  };
  const assigned =
    'See that the system user has the WhatsApp account assigned with full control: Settings → Users → System users → Assign assets.';
  const remedy =
    failure.outcome === 'unreachable'
      ? 'Try again in a moment. If it stays so, whoever runs Carillon should look whether it may call the Internet.'
      : (remedies[failure.code] ?? assigned);
  return fault(about, failureWords('Meta', failure), remedy);
}

const business: AccountStep = {
  name: 'account',
  title: 'Your WhatsApp account',
  about:
    'The id is that of the WhatsApp Business account, not of a phone number, an app or your business. Numbers are added in business.facebook.com under WhatsApp Manager → Phone numbers.',
  fields: ['businessAccountId'],
  async check(account, { exchanges }) {
    if (!isMetaAccount(account)) return [];
    const id = encodeURIComponent(account.businessAccountId);
    const asked = await askGraph(account, exchanges, 'GET', `${id}?fields=id,name`);
    if (!asked.ok) return [accessFault('Business account', asked.failure)];
    const listed = await listNumbers(account, exchanges);
    const name = textAt(asked.answer, 'name') ?? account.businessAccountId;
    return [
      fine('Business account', `Found “${name}”`),
      listed.ok ? countFinding(listed.numbers) : accessFault('Numbers', listed.failure),
    ];
  },
};

function countFinding(numbers: readonly { address: string }[]): Finding {
  return numbers.length === 0
    ? fault(
        'Numbers',
        'The account has no phone number',
        'Add one in WhatsApp Manager → Phone numbers → Add phone number, then check again. It may not be in use in the WhatsApp app.',
      )
    : fine('Numbers', `Found ${numbers.map(({ address }) => address).join(', ')}`);
}

const app: AccountStep = {
  name: 'app',
  title: 'The app’s secret',
  about:
    'Meta signs with the app’s secret what it tells Carillon; without it no receipt and no reply could be believed. It is that of the app which the token was made for.',
  fields: ['appSecret', 'verifyToken'],
  async check(account, { exchanges }) {
    if (!isMetaAccount(account)) return [];
    const id = encodeURIComponent(account.businessAccountId);
    const asked = await askGraph(
      account,
      exchanges,
      'GET',
      `${id}?fields=id&appsecret_proof=${proofOf(account)}`,
    );
    if (asked.ok) return [fine('App secret', 'It is the secret of the token’s app')];
    return [
      asked.failure.outcome === 'refused' && asked.failure.code === '100'
        ? fault(
            'App secret',
            failureWords('Meta', asked.failure),
            'Copy it anew: the app must be the one that the token was made for. After “Reset” in Meta’s settings only the new one holds.',
          )
        : accessFault('App secret', asked.failure),
    ];
  },
};

/** What proves that a caller has the app's secret beside the token (Graph API, securing requests). */
function proofOf({ appSecret, accessToken }: MetaAccount): string {
  return createHmac('sha256', appSecret).update(accessToken).digest('hex');
}

/** How a WhatsApp Business account with Meta is connected. */
export const metaSetUp: AccountSetUp = {
  steps: [token, business, app],
  async numbers(account, { exchanges }) {
    if (!isMetaAccount(account)) return { numbers: [] };
    const listed = await listNumbers(account, exchanges);
    return listed.ok ? { numbers: listed.numbers } : { problem: accessFault('Numbers', listed.failure) };
  },
  webhooks: metaWebhooks,
  async standing(account, senders, { exchanges }) {
    if (!isMetaAccount(account)) return [];
    const each = senders.map(async ({ address, wireAddress }) => {
      const looked = await lookAtNumber(account, wireAddress, exchanges);
      return looked.ok ? numberFindings(address, looked.fields) : [accessFault(address, looked.failure)];
    });
    return (await Promise.all(each)).flat();
  },
};
