import type { FoundNumber } from '../account-set-up.ts';
import type { Exchanges } from '../exchange.ts';
import { type JsonRecord, recordAt, recordsAt, textAt } from '../json-reading.ts';
import type { ProviderFailure } from '../provider-failure.ts';
import type { MetaAccount } from './account.ts';
import { askGraph, type GraphAnswer } from './ask-graph.ts';

const fields = 'id,display_phone_number,verified_name,status,code_verification_status';
/** Enough for the numbers of any account: a business may have a few dozen. */
const mostPages = 10;

/** The numbers of a WhatsApp Business account. */
export async function listNumbers(
  account: MetaAccount,
  exchanges: Exchanges,
): Promise<{ ok: true; numbers: FoundNumber[] } | { ok: false; failure: ProviderFailure }> {
  const numbers: FoundNumber[] = [];
  const path = `${encodeURIComponent(account.businessAccountId)}/phone_numbers?fields=${fields}&limit=100`;
  let after: string | undefined = '';
  for (let page = 0; page < mostPages && after !== undefined; page++) {
    const cursor: string = after === '' ? '' : `&after=${encodeURIComponent(after)}`;
    const asked: GraphAnswer = await askGraph(account, exchanges, 'GET', path + cursor);
    if (!asked.ok) return asked;
    numbers.push(...recordsAt(asked.answer, 'data').flatMap(numberOf));
    const paging = recordAt(asked.answer, 'paging');
    after = paging.next === undefined ? undefined : textAt(recordAt(paging, 'cursors'), 'after');
  }
  return { ok: true, numbers };
}

function numberOf(entry: JsonRecord): FoundNumber[] {
  const id = textAt(entry, 'id');
  const shown = textAt(entry, 'display_phone_number') ?? '';
  const digits = shown.replace(/\D/g, '');
  if (id === undefined || digits === '') return [];
  const name = textAt(entry, 'verified_name') ?? shown;
  return [{ kind: 'whatsApp', address: `+${digits}`, wireAddress: id, name, notice: noticeOf(entry) }];
}

function noticeOf(entry: JsonRecord): string | null {
  if (textAt(entry, 'code_verification_status') === 'NOT_VERIFIED')
    return 'It is not verified yet: have a code sent to it on its page here, once it is a sender.';
  const status = textAt(entry, 'status');
  return status === undefined || status === 'CONNECTED'
    ? null
    : `It is ${status.toLowerCase()} at Meta: register it with its PIN on its page here, once it is a sender.`;
}
