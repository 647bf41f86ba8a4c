import type { Account } from '../../network/registry.ts';
import { twilioFault } from '../errors.ts';
import { type Call, dateText, type Route } from './call.ts';
import { pageOf } from './page.ts';
import { spentBy } from './usage.ts';

/** What every account has on its balance before it sends anything, in US dollars. */
const startBalance = 1000;
const statuses = ['active', 'suspended', 'closed'];
const below = ['balance', 'incoming_phone_numbers', 'available_phone_numbers', 'messages', 'usage'];
const paths: Record<string, string> = { usage: 'Usage/Records' };

function pathName(name: string): string {
  return name.replace(/(?:^|_)([a-z])/g, (_whole, sign: string) => sign.toUpperCase());
}

function accountJson(call: Call, account: Account): Record<string, unknown> {
  const uri = `/2010-04-01/Accounts/${account.sid}`;
  const date = dateText(call, account.created ?? 0);
  return {
    sid: account.sid,
    owner_account_sid: account.ownerSid ?? account.sid,
    friendly_name: account.friendlyName ?? 'Carillon simulator',
    auth_token: account.authToken,
    status: account.status ?? 'active',
    type: 'Full',
    date_created: date,
    date_updated: date,
    uri: `${uri}.json`,
    subresource_uris: Object.fromEntries(
      below.map((name) => [name, `${uri}/${paths[name] ?? pathName(name)}.json`]),
    ),
  };
}

/** The account itself and those it made. */
function family({ network, account }: Call): Account[] {
  const made = network.registry.accounts.values().filter((one) => one.ownerSid === account.sid);
  return [account, ...made];
}

function create(call: Call): Account {
  const { network, account, form } = call;
  if (account.ownerSid) throw twilioFault(20003, 'a subaccount makes no accounts');
  const made = {
    sid: network.newId('AC'),
    authToken: network.newId(''),
    ownerSid: account.sid,
    friendlyName: form.get('FriendlyName') ?? 'SubAccount',
    created: network.now(),
  };
  network.registry.accounts.set(made.sid, made);
  return made;
}

function update(call: Call): Account {
  const { network, account, form } = call;
  const status = form.get('Status') ?? account.status;
  if (status !== undefined && !statuses.includes(status))
    throw twilioFault(20001, `Status is none of ${statuses.join(', ')}`);
  const changed = { ...account, status, friendlyName: form.get('FriendlyName') ?? account.friendlyName };
  network.registry.accounts.set(account.sid, changed);
  return changed;
}

/** Accounts, their subaccounts and their balance. */
export const accountRoutes: Route[] = [
  {
    method: 'GET',
    path: '/2010-04-01/Accounts',
    answer: (call) => {
      const name = call.query.get('FriendlyName');
      const status = call.query.get('Status');
      const found = family(call).filter(
        (one) =>
          (name === null || one.friendlyName === name) &&
          (status === null || (one.status ?? 'active') === status),
      );
      return pageOf(call, 'accounts', found, (one) => accountJson(call, one));
    },
  },
  {
    method: 'POST',
    path: '/2010-04-01/Accounts',
    answer: (call) => ({ status: 201, json: accountJson(call, create(call)) }),
  },
  {
    method: 'GET',
    path: '/2010-04-01/Accounts/:account',
    answer: (call) => ({ status: 200, json: accountJson(call, call.account) }),
  },
  {
    method: 'POST',
    path: '/2010-04-01/Accounts/:account',
    answer: (call) => ({ status: 200, json: accountJson(call, update(call)) }),
  },
  {
    method: 'GET',
    path: '/2010-04-01/Accounts/:account/Balance',
    answer: ({ network, account }) => ({
      status: 200,
      json: {
        account_sid: account.sid,
        balance: (startBalance - spentBy(network, account.sid)).toFixed(4),
        currency: 'USD',
      },
    }),
  },
];
