import type { Context } from '../../http/context.ts';
import { ApiError } from '../../http/errors.ts';
import type { ProviderAccount } from '../../providers/sending.ts';
import { tryAccount } from '../../senders/account.ts';

/** A provider account that may call us, with the project it belongs to. */
export interface CallingAccount {
  account: ProviderAccount;
  projectId: number;
}

/** How long an account is remembered: callbacks come by the thousand a second, accounts change by the month. */
const keptForMs = 5_000;

const largestId = 2 ** 31 - 1;

/**
 * Looks provider accounts up by the id that an address names, opening their secrets at most once every few
 * seconds. Null for what is no id or nobody's; only accounts that exist are remembered.
 */
export function accountCache({
  db,
  secrets,
  clock,
  providers,
  log,
}: Context): (named: string) => Promise<CallingAccount | null> {
  const known = new Map<number, { until: number; found: Promise<CallingAccount | null> }>();
  return async (named) => {
    const id = Number(named);
    if (!/^[1-9]\d*$/.test(named) || id > largestId) return null;
    const now = clock.now().getTime();
    const kept = known.get(id);
    if (kept && kept.until > now) return kept.found;
    const found = db
      .selectFrom('provider_account')
      .selectAll()
      .where('id', '=', id)
      .executeTakeFirst()
      .then((row) => {
        if (!row) return null;
        const opened = tryAccount(row, secrets, providers.known);
        if ('account' in opened) return { account: opened.account, projectId: row.project_id };
        // Nobody can tell whose words it brings; a provider calls again later, and none of a STOP is lost.
        log.error({ accountId: id, fault: opened.fault }, 'a provider calls an account that cannot be used');
        throw new ApiError(
          'AccountUnusable',
          `Provider account ${id} cannot be used for now; call again later`,
        );
      });
    known.set(id, { until: now + keptForMs, found });
    const forget = () => {
      if (known.get(id)?.found === found) known.delete(id);
    };
    found.then((account) => account ?? forget(), forget);
    return found;
  };
}
