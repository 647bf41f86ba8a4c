import { type TObject, Type } from 'typebox';
import type { Context } from '../http/context.ts';
import { ApiError, type Fault } from '../http/errors.ts';
import { placeOfUrl } from '../outbound/place.ts';
import { type CheckGround, type Finding, fault, fine, notice } from '../providers/account-set-up.ts';
import type { ProviderAccount } from '../providers/sending.ts';
import type { Wire } from '../providers/wire.ts';
import { callbacksOf, detailFaults, faultWords, fieldsOf, tryAccount } from './account.ts';
import { isSimulated, requireOutbound } from './destination.ts';
import type { StoredAccount } from './provider-accounts.sql.ts';
import { type Sender, sendersOn } from './senders.sql.ts';

/** A step of connecting an account, as a form asks it. */
export interface AskedStep {
  name: string;
  title: string;
  about: string;
  fields: string[];
}

/** The steps by which an account of a wire is connected: one that asks for everything where the wire has none. */
export function stepsOf({ title, account, setUp }: Wire): AskedStep[] {
  if (setUp)
    return setUp.steps.map(({ name, title: words, about, fields }) => ({
      ...{ name, title: words, about, fields: [...fields] },
    }));
  const fields = [...Object.keys(account.settings.properties), ...Object.keys(account.secrets.properties)];
  return [{ name: 'account', title, about: '', fields }];
}

/** An account that is being connected: nothing of it is kept. */
export interface Draft {
  settings: unknown;
  secrets: unknown;
}

/**
 * Looks with the provider at what was given up to a step. Throws where a field does not fit its schema, or the account
 * leads where no call may go.
 */
export async function checkDraft(
  context: Context,
  wire: Wire,
  stepName: string,
  draft: Draft,
): Promise<Finding[]> {
  const steps = stepsOf(wire);
  const place = steps.findIndex(({ name }) => name === stepName);
  if (place < 0)
    throw new ApiError(
      'BadParams',
      `step ${JSON.stringify(stepName)} is none of ${wire.title}; the steps are ${steps.map(({ name }) => name).join(', ')}`,
      { field: 'step' },
    );
  const asked = new Set(steps.slice(0, place + 1).flatMap(({ fields }) => fields));
  requireFields(wire, asked, draft);
  await requireOutbound(context.outbound, wire, fieldsOf(draft.settings));
  return (await wire.setUp?.steps[place]?.check(draftAccount(wire, draft), groundOf(context))) ?? [];
}

/** What is known so far of an account that is being connected, as its wire uses it; it has no id yet. */
export const draftAccount = ({ name }: Wire, { settings, secrets }: Draft): ProviderAccount => ({
  ...{ ...fieldsOf(settings), ...fieldsOf(secrets), id: 0, wire: name },
});

function requireFields({ account }: Wire, asked: ReadonlySet<string>, { settings, secrets }: Draft): void {
  const faults: Fault[] = detailFaults(
    { settings: onlyOf(account.settings, asked), secrets: onlyOf(account.secrets, asked) },
    settings,
    secrets,
  );
  if (faults.length > 0) throw new ApiError('BadParams', faultWords(faults), { faults });
}

function onlyOf({ properties }: TObject, names: ReadonlySet<string>): TObject {
  const kept = Object.entries(properties).filter(([name]) => names.has(name));
  return Type.Object(Object.fromEntries(kept), { additionalProperties: false });
}

/** What accounts are looked at on, of a context. */
export const groundOf = ({ outbound, providers, clock }: Context): CheckGround => ({
  ...{ guard: outbound, exchanges: providers.exchanges, now: clock.now() },
});

/**
 * Looks an account over: that it signs in, whether the provider reaches us and calls here, and what it says of each sender.
 * What is not yet known stays unsaid after a fault, since one cause would be told many times.
 */
export async function checkStored(context: Context, row: StoredAccount): Promise<Finding[]> {
  const wire = context.providers.known.named(row.wire);
  const opened = tryAccount(row, context.secrets, context.providers.known);
  if ('fault' in opened || !wire)
    return [
      fault(
        'Account',
        'fault' in opened ? opened.fault : `this program has no wire ${row.wire}`,
        'Give its secrets again: press “Change” beside the account.',
      ),
    ];
  const { setUp } = wire;
  if (!setUp) return [];
  const ground = groundOf(context);
  const findings: Finding[] = [];
  for (const step of setUp.steps) {
    findings.push(...(await step.check(opened.account, ground)));
    if (findings.some(({ state }) => state === 'fault')) return findings;
  }
  const senders = (await sendersOn(context.db, row.id)).filter(({ state }) => state === 'active');
  const known = senders.map(knownSender);
  const callbacks = callbacksOf(context.publicUrl, row);
  const [reached, called, standing] = await Promise.all([
    setUp.webhooks ? reachedFinding(context, row.simulated) : null,
    setUp.webhooks?.check(opened.account, known, callbacks, ground) ?? [],
    setUp.standing?.(opened.account, known, ground) ?? [],
  ]);
  return [...findings, ...(reached ? [reached] : []), ...called, ...standing];
}

/** A sender as its provider knows it. */
export const knownSender = ({ kind, address, wire_address }: Sender) => ({
  ...{ kind, address, wireAddress: wire_address },
});

const webhook = 'Webhook address';
const notReached = (found: string): Finding => ({
  ...fault(
    webhook,
    found,
    'Have whoever runs Carillon set PUBLIC_URL to an https address that is reached from the Internet (docs/reference/settings.md).',
  ),
  mendedBy: 'operator',
});

/**
 * Whether a provider can reach us, as far as that is seen from here: by https, at a public address, answered. Only the
 * provider's own first call proves it.
 */
export async function reachedFinding(context: Context, simulated: boolean): Promise<Finding> {
  const { publicUrl, outbound, providers } = context;
  if (simulated) return fine(webhook, `The simulator calls Carillon at ${publicUrl}`);
  if (!publicUrl.startsWith('https://'))
    return notReached(`Carillon’s address is ${publicUrl}; providers call https addresses only`);
  const place = placeOfUrl(publicUrl);
  const placeFault = 'fault' in place ? place.fault : await outbound.check(place);
  if (placeFault !== null)
    return notReached(`Carillon’s address ${publicUrl} is none of the public Internet`);
  const { origin, pathname } = new URL(publicUrl);
  const path = `${pathname.replace(/\/+$/, '')}/healthz`;
  const answer = await providers.exchanges.run({
    ...{ origin, path, method: 'GET' },
    headers: [],
    secrets: [],
  });
  return answer.kind === 'answered' && answer.status === 200
    ? fine(webhook, `Carillon answers at ${publicUrl}`)
    : notice(
        webhook,
        `Carillon could not be reached at ${publicUrl} from here (${answer.kind === 'answered' ? `HTTP ${answer.status}` : answer.detail})`,
        'Open that address in a browser outside of your network. If it does not answer there, providers do not reach it either.',
      );
}

/** Whether what is being connected leads to the simulator. */
export const isDraftSimulated = (context: Context, wire: Wire, settings: unknown): boolean =>
  isSimulated(context.outbound, wire, fieldsOf(settings));
