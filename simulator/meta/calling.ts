import { dialledNumber } from '../ledger/spelling.ts';
import type { Network } from '../network/network.ts';
import { type Sender, toNumber } from '../network/registry.ts';
import { answer, answerError, type Call, fieldsOf } from './call.ts';
import { metaError } from './errors.ts';
import { textAt } from './fields.ts';
import { settingsOf } from './phone-number.ts';

/** A permission that a person gives lasts seven days (Meta, calling). */
export const permissionMs = 7 * 86_400_000;

function permissionOf(network: Network, sender: Sender, waId: string): number | null {
  const handset = dialledNumber(toNumber(waId));
  const until = network.registry.callPermissions.get(`${sender.phoneNumberId}/${handset}`);
  return until !== undefined && until > network.now() ? until : null;
}

/** Whether a person may be called, and what the business may do about it. */
export function servePermissions(network: Network, call: Call, sender: Sender): void {
  const waId = call.query.get('user_wa_id') ?? '';
  if (waId === '') {
    answerError(call.response, metaError(131008, 'user_wa_id is missing'));
    return;
  }
  const until = permissionOf(network, sender, waId);
  const permission =
    until === null
      ? { status: 'no_permission' }
      : { status: 'temporary', expiration_time: Math.floor(until / 1000) };
  const asking = [
    { time_period: 'P1D', max_allowed: 1, current_usage: 0 },
    { time_period: 'P7D', max_allowed: 2, current_usage: 0 },
  ];
  answer(call.response, {
    messaging_product: 'whatsapp',
    permission,
    actions: [
      { action_name: 'send_call_permission_request', can_perform_action: until === null, limits: asking },
      { action_name: 'start_call', can_perform_action: until !== null, limits: [] },
    ],
  });
}

/** A business calls a person who allowed it: it rings, and nobody takes it. */
export async function serveCall(network: Network, call: Call, sender: Sender): Promise<void> {
  const fields = await fieldsOf(call);
  const { response } = call;
  if (textAt(settingsOf(network, sender.phoneNumberId), 'calling.status') !== 'ENABLED')
    return answerError(
      response,
      metaError(138000, 'Set calling.status to ENABLED in the settings of the number'),
    );
  if (textAt(fields, 'action') !== 'connect')
    return answerError(response, metaError(100, 'Param action: no call is under way here but by connect'));
  const to = textAt(fields, 'to');
  if (to === '') return answerError(response, metaError(131008, 'to is missing'));
  if (textAt(fields, 'session.sdp') === '' || textAt(fields, 'session.sdp_type') !== 'offer')
    return answerError(response, metaError(131008, 'session with sdp and sdp_type offer is missing'));
  if (permissionOf(network, sender, to) === null) return answerError(response, metaError(138006));
  answer(response, {
    messaging_product: 'whatsapp',
    calls: [{ id: network.newId('wacid.HBgL') }],
    success: true,
  });
}
