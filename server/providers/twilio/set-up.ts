import { type AccountSetUp, type AccountStep, type Finding, fault, fine, notice } from '../account-set-up.ts';
import { textAt } from '../json-reading.ts';
import { failureWords, type ProviderFailure } from '../provider-failure.ts';
import { isTwilioAccount } from './account.ts';
import { askTwilio } from './ask-twilio.ts';
import { type OwnNumber, ownNumbers, takingServices } from './own-numbers.ts';
import { twilioWebhooks } from './webhook-set-up.ts';

const signIn: AccountStep = {
  name: 'signIn',
  title: 'Sign in to Twilio',
  about:
    'Open console.twilio.com and sign in. Both values stand on its first page, under “Account Info”. If you have several projects there, choose the one whose numbers you want to send from.',
  fields: ['accountSid', 'authToken', 'otherAuthToken', 'baseUrl'],
  async check(account, { exchanges }) {
    if (!isTwilioAccount(account)) return [];
    const path = `/2010-04-01/Accounts/${encodeURIComponent(account.accountSid)}.json`;
    const asked = await askTwilio(account, exchanges, 'api', path);
    if (!asked.ok) return [signInFault(asked.failure)];
    const name = textAt(asked.answer, 'friendly_name') ?? account.accountSid;
    const status = textAt(asked.answer, 'status') ?? 'active';
    if (status !== 'active')
      return [
        fault(
          'Sign-in',
          `The account “${name}” is ${status}`,
          'Twilio sends nothing for it. Look for the notice at the top of console.twilio.com, or write to Twilio’s support.',
        ),
      ];
    return [
      fine('Sign-in', `Signed in to the account “${name}”`),
      ...(textAt(asked.answer, 'type') === 'Trial' ? [trial] : []),
    ];
  },
};

const trial = notice(
  'Trial account',
  'It is a trial account: it texts only numbers that you have verified with Twilio, and each text begins with words of Twilio’s',
  'Upgrade it in console.twilio.com under Billing before you write to customers.',
);

function signInFault(failure: ProviderFailure): Finding {
  const remedy =
    failure.outcome === 'unreachable'
      ? 'Try again in a moment. If it stays so, whoever runs Carillon should look whether it may call the Internet.'
      : 'Copy both values anew: the Account SID, and the auth token of the same account with “Show”. The token may have been changed since.';
  return fault('Sign-in', failureWords('Twilio', failure), remedy);
}

const numbers: AccountStep = {
  name: 'numbers',
  title: 'Your numbers',
  about:
    'Numbers are bought in console.twilio.com under Phone Numbers → Manage → Buy a number. For texts in the United States, a long code must belong to an approved A2P 10DLC campaign and a toll-free number must be verified there first.',
  fields: [],
  async check(account, { exchanges }) {
    if (!isTwilioAccount(account)) return [];
    const [owned, services] = await Promise.all([
      ownNumbers(account, exchanges),
      takingServices(account, exchanges),
    ]);
    if (!owned.ok) return [listFault('Numbers', owned.failure)];
    return [
      numbersFinding(owned.numbers),
      ...(services.ok
        ? servicesFindings(services.all)
        : [
            notice(
              'Messaging Services',
              failureWords('Twilio', services.failure),
              'Nothing is needed of them: messages go by the number itself.',
            ),
          ]),
    ];
  },
};

function numbersFinding(found: readonly OwnNumber[]): Finding {
  const texting = found.filter(({ texts }) => texts);
  if (texting.length === 0)
    return fault(
      'Numbers',
      found.length === 0 ? 'The account has no number' : 'None of the account’s numbers takes texts',
      'Buy one that has “SMS” among its capabilities: console.twilio.com → Phone Numbers → Buy a number. Then check again.',
    );
  const words = texting.length === 1 ? 'One number texts' : `${texting.length} numbers text`;
  return fine('Numbers', `${words}: ${listWords(texting.map(({ address }) => address))}`);
}

function servicesFindings(count: number): Finding[] {
  if (count === 0) return [];
  const words = count === 1 ? 'One Messaging Service' : `${count} Messaging Services`;
  return [
    fine(
      'Messaging Services',
      `${words}; a number that is in one keeps its registration there, and messages go by the number itself`,
    ),
  ];
}

/** The first few, and how many more. */
function listWords(addresses: readonly string[]): string {
  const shown = addresses.slice(0, 5).join(', ');
  return addresses.length > 5 ? `${shown} and ${addresses.length - 5} more` : shown;
}

function listFault(about: string, failure: ProviderFailure): Finding {
  return fault(about, failureWords('Twilio', failure), 'Try again in a moment.');
}

/** How an account with Twilio is connected. */
export const twilioSetUp: AccountSetUp = {
  steps: [signIn, numbers],
  async numbers(account, { exchanges }) {
    if (!isTwilioAccount(account)) return { numbers: [] };
    const owned = await ownNumbers(account, exchanges);
    if (!owned.ok) return { problem: listFault('Numbers', owned.failure) };
    const found = owned.numbers.filter(({ texts }) => texts);
    return {
      numbers: found.map(({ kind, address, name }) => ({ kind, address, name, notice: registration[kind] })),
    };
  },
  webhooks: twilioWebhooks,
};

/** What carriers in the United States want of each kind before they deliver (twilio.com/docs/messaging, as read 2026-11-23). */
const registration: Record<OwnNumber['kind'], string | null> = {
  longCode:
    'In the United States it must be in an approved A2P 10DLC campaign, or carriers block it (30034).',
  tollFree: 'In the United States and Canada it must be verified, or carriers block it (30032).',
  shortCode: null,
};
