import { type Finding, fault, fine, notice, type WebhookSetUp } from '../account-set-up.ts';
import { recordAt, recordsAt, textAt } from '../json-reading.ts';
import { failureWords } from '../provider-failure.ts';
import { withoutSecrets } from '../without-secrets.ts';
import { isMetaAccount, type MetaAccount } from './account.ts';
import { askGraph } from './ask-graph.ts';

const pathOf = ({ businessAccountId }: MetaAccount) =>
  `${encodeURIComponent(businessAccountId)}/subscribed_apps`;
const about = 'Webhook';

/** Receipts and what people write come to one address for the whole account. Meta calls it at once to see that it is ours. */
export const metaWebhooks: WebhookSetUp = {
  toCopy: (callbacks) => [
    {
      where:
        'developers.facebook.com → the app → WhatsApp → Configuration → Webhook: this Callback URL with your verify token; then subscribe to “messages”, “flows” and the fields that begin with “message_template”',
      address: callbacks,
    },
  ],
  async set(account, _senders, callbacks, { exchanges }) {
    if (!isMetaAccount(account)) return [];
    const asked = await askGraph(account, exchanges, 'POST', pathOf(account), {
      ...{ override_callback_uri: callbacks, verify_token: account.verifyToken },
    });
    if (asked.ok) return [fine(about, 'Meta has called Carillon and tells it everything from now on')];
    return [
      fault(
        about,
        withoutSecrets(failureWords('Meta', asked.failure), [account.verifyToken]),
        'Meta must reach the address below from the Internet by https with a certificate that it knows. Have whoever runs Carillon look at PUBLIC_URL, then try again.',
      ),
    ];
  },
  async check(account, _senders, callbacks, { exchanges }) {
    if (!isMetaAccount(account)) return [];
    const asked = await askGraph(account, exchanges, 'GET', pathOf(account));
    if (!asked.ok) return [fault(about, failureWords('Meta', asked.failure), 'Try again in a moment.')];
    return [subscriptionFinding(recordsAt(asked.answer, 'data').map(subscriptionOf), callbacks)];
  },
};

interface Subscription {
  app: string;
  /** Where it has this account's webhooks go in place of the app's own address, which only the app's own token may see. */
  override: string | undefined;
}

function subscriptionOf(entry: Parameters<typeof recordAt>[0]): Subscription {
  const app = recordAt(entry, 'whatsapp_business_api_data');
  return {
    app: textAt(app, 'name') ?? textAt(app, 'id') ?? 'an app',
    override: textAt(entry, 'override_callback_uri'),
  };
}

function subscriptionFinding(subscriptions: readonly Subscription[], callbacks: string): Finding {
  if (subscriptions.some(({ override }) => override === callbacks))
    return fine(about, 'Meta tells Carillon what becomes of messages and what people write');
  const [first] = subscriptions;
  const remedy = 'Let Carillon set the address at Meta, or enter it there by hand.';
  if (!first)
    return {
      ...fault(
        about,
        'No app is subscribed to the account: receipts, replies and STOP come to nobody',
        remedy,
      ),
      mendedBy: 'webhooks',
    };
  const finding =
    first.override === undefined
      ? notice(
          about,
          `Meta calls the address that is set in the app “${first.app}”, which cannot be seen from here`,
          'If it is the address below, nothing is to be done; else let Carillon set it.',
        )
      : fault(about, `What people write, STOP among it, goes to ${first.override}`, remedy);
  return { ...finding, mendedBy: 'webhooks' };
}
