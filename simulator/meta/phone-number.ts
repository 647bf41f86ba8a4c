import { type Network, record } from '../network/network.ts';
import type { NumberState, Sender } from '../network/registry.ts';
import { nextBadge } from './badge.ts';
import { answer, answerError, answerFields, type Call, fieldsOf } from './call.ts';
import { conversationFault } from './conversation.ts';
import { type MetaError, metaError } from './errors.ts';
import { isObject, textAt } from './fields.ts';
import { profileFault } from './number-profile.ts';

const fresh: NumberState = { registered: true, verified: true, profile: {}, settings: {} };

/** What a business set on its number. */
export function stateOf(network: Network, phoneNumberId: string): NumberState {
  return network.registry.numberStates.get(phoneNumberId) ?? fresh;
}

function keep(network: Network, { phoneNumberId }: Sender, change: Partial<NumberState>): void {
  setStanding(network, phoneNumberId, change);
}

/** Sets what Meta makes of a number. */
export function setStanding(
  { registry }: Network,
  phoneNumberId: string,
  change: Partial<NumberState>,
): NumberState {
  const state = { ...(registry.numberStates.get(phoneNumberId) ?? fresh), ...change };
  registry.numberStates.set(phoneNumberId, state);
  return state;
}

/** All that can be asked of a number, by field. */
export function numberFields(
  network: Network,
  { phoneNumberId, displayNumber }: Sender,
): Record<string, unknown> {
  const { registered, verified, pin, conversation, standing } = stateOf(network, phoneNumberId);
  const canSend = registered ? 'AVAILABLE' : 'BLOCKED';
  return {
    id: phoneNumberId,
    display_phone_number: displayNumber,
    verified_name: 'Carillon',
    quality_rating: 'GREEN',
    quality_score: { score: 'GREEN' },
    status: registered ? 'CONNECTED' : 'DISCONNECTED',
    name_status: 'APPROVED',
    new_name_status: 'NONE',
    code_verification_status: verified ? 'VERIFIED' : 'NOT_VERIFIED',
    platform_type: 'CLOUD_API',
    throughput: { level: 'STANDARD' },
    whatsapp_business_manager_messaging_limit: 'TIER_100K',
    messaging_limit_tier: 'TIER_100K',
    account_mode: 'LIVE',
    is_official_business_account: false,
    is_pin_enabled: pin !== undefined,
    is_preverified_number: false,
    is_on_biz_app: false,
    host_platform: 'CLOUD_API',
    search_visibility: 'VISIBLE',
    health_status: {
      can_send_message: canSend,
      entities: [{ entity_type: 'PHONE_NUMBER', id: phoneNumberId, can_send_message: canSend }],
    },
    conversational_automation: {
      ...{ id: phoneNumberId, enable_welcome_message: false, prompts: [], commands: [] },
      ...conversation,
    },
    ...standing,
  };
}

/** What is told of a number when no fields are asked for. */
export const usualNumberFields = [
  'display_phone_number',
  'verified_name',
  'quality_rating',
  'status',
  'name_status',
  'code_verification_status',
  'platform_type',
  'throughput',
  'whatsapp_business_manager_messaging_limit',
];

const pinForm = /^\d{6}$/;

/** So many tries to register a number are taken in 72 hours (Meta, registration). */
const mostTries = 10;
const triesMs = 72 * 3_600_000;

/** The tries that still count. */
function countedTries(network: Network, { tries = [] }: NumberState): number[] {
  return tries.filter((at) => network.now() - at < triesMs);
}

function registerFault(network: Network, state: NumberState, pin: string): MetaError | null {
  if (countedTries(network, state).length >= mostTries)
    return metaError(133016, 'The number was registered too often; try again after 72 hours');
  if (!pinForm.test(pin)) return metaError(100, "Param pin must be 6 digits: it is the number's own");
  if (!state.verified) return metaError(133006, 'Have the number verified by a code first');
  return state.pin !== undefined && state.pin !== pin ? metaError(133005) : null;
}

/** Sends the code that proves a number to the handset that has it. */
function requestCode(network: Network, sender: Sender): void {
  const code = String(Math.floor(network.random() * 1_000_000)).padStart(6, '0');
  keep(network, sender, { code, verified: false });
  record(network, {
    wire: 'meta',
    kind: 'network',
    id: network.newId('wamid.HBgL'),
    from: 'WhatsApp',
    to: sender.displayNumber,
    status: 'delivered',
    body: `Your WhatsApp Business code is ${code}`,
    media: [],
    segments: 1,
    wabaId: sender.business.id,
    phoneNumberId: sender.phoneNumberId,
    type: 'text',
  });
}

const usualSettings = {
  calling: { status: 'DISABLED', call_icon_visibility: 'DEFAULT', callback_permission_status: 'DISABLED' },
  user_identity_change: { enable_identity_key_check: false },
  payload_encryption: { status: 'DISABLED' },
  storage_configuration: { status: 'DEFAULT' },
};

/** A number's settings, those never set as usual. */
export function settingsOf(network: Network, phoneNumberId: string): typeof usualSettings {
  return { ...usualSettings, ...stateOf(network, phoneNumberId).settings };
}

type Change = (network: Network, sender: Sender, fields: Record<string, unknown>) => MetaError | null;

/** What a business may do with its number, by edge: null when it is done. */
const changes: Record<string, Change> = {
  register(network, sender, fields) {
    const pin = String(fields.pin ?? '');
    const state = stateOf(network, sender.phoneNumberId);
    const fault = registerFault(network, state, pin);
    const tries = [...countedTries(network, state), network.now()];
    keep(network, sender, fault ? { tries } : { registered: true, pin, tries });
    return fault;
  },
  deregister(network, sender) {
    if (!stateOf(network, sender.phoneNumberId).registered) return metaError(133010);
    keep(network, sender, { registered: false });
    return null;
  },
  request_code(network, sender, fields) {
    if (!['SMS', 'VOICE'].includes(textAt(fields, 'code_method')))
      return metaError(100, 'Param code_method must be one of {SMS, VOICE}');
    if (textAt(fields, 'language') === '') return metaError(131008, 'language is missing');
    requestCode(network, sender);
    return null;
  },
  verify_code(network, sender, fields) {
    const { code } = stateOf(network, sender.phoneNumberId);
    // Some clients write it with the dash that people see.
    const given = String(fields.code ?? '').replaceAll('-', '');
    if (code === undefined || given !== code)
      return metaError(136025, 'The code is wrong, or none was requested');
    keep(network, sender, { code: undefined, verified: true });
    return null;
  },
  settings(network, sender, fields) {
    const { messaging_product: _product, ...posted } = fields;
    const unknown = Object.entries(posted).find(
      ([name, value]) => !Object.hasOwn(usualSettings, name) || !isObject(value),
    );
    if (unknown) return metaError(100, `Unexpected key "${unknown[0]}" on the settings of a number`);
    const settings = Object.fromEntries(
      Object.entries(settingsOf(network, sender.phoneNumberId)).map(([name, before]) => {
        const change = posted[name];
        return [name, isObject(change) ? { ...before, ...change } : before];
      }),
    );
    keep(network, sender, { settings });
    return null;
  },
  whatsapp_business_profile(network, sender, fields) {
    const fault = profileFault(fields);
    if (fault) return fault;
    const { messaging_product: _product, profile_picture_handle: picture, ...changed } = fields;
    const shown = picture === undefined ? {} : { profile_picture_url: `https://pps.whatsapp.net/${picture}` };
    const { profile } = stateOf(network, sender.phoneNumberId);
    keep(network, sender, { profile: { ...profile, ...changed, ...shown } });
    return null;
  },
  conversational_automation(network, sender, fields) {
    const fault = conversationFault(fields);
    if (fault) return fault;
    const { conversation } = stateOf(network, sender.phoneNumberId);
    keep(network, sender, { conversation: { ...conversation, ...fields } });
    return null;
  },
  whatsapp_business_encryption(network, sender, fields) {
    const flowKey = textAt(fields, 'business_public_key');
    if (!/^-----BEGIN PUBLIC KEY-----/.test(flowKey))
      return metaError(100, 'Param business_public_key must be a public key of RSA, 2048 bits, in PEM');
    keep(network, sender, { flowKey });
    return null;
  },
  official_business_account(network, sender, fields) {
    const { badge } = stateOf(network, sender.phoneNumberId);
    const next = nextBadge(badge, textAt(fields, 'action'));
    if (typeof next !== 'string') return next;
    keep(network, sender, { badge: next });
    return null;
  },
  // The PIN is set on the number itself.
  ''(network, sender, fields) {
    const pin = String(fields.pin ?? '');
    if (!pinForm.test(pin)) return metaError(100, 'Param pin must be 6 digits');
    keep(network, sender, { pin });
    return null;
  },
  block_users: () => null,
};

/** Answers what is asked of a number, or done with it, beside messages, media and calls. */
export async function serveNumber(network: Network, call: Call, sender: Sender): Promise<void> {
  const { edge, method, response } = call;
  const { phoneNumberId } = sender;
  const change = Object.hasOwn(changes, edge) ? changes[edge] : undefined;
  if (method === 'GET' && edge === '')
    answerFields(call, 'WhatsAppBusinessPhoneNumber', numberFields(network, sender), usualNumberFields);
  else if (method === 'GET' && edge === 'settings') answer(response, settingsOf(network, phoneNumberId));
  else if (method === 'GET' && edge === 'whatsapp_business_profile')
    answer(response, {
      data: [{ messaging_product: 'whatsapp', ...stateOf(network, phoneNumberId).profile }],
    });
  else if (method === 'GET' && edge === 'whatsapp_business_encryption') {
    const { flowKey } = stateOf(network, phoneNumberId);
    answer(response, {
      data: flowKey ? [{ business_public_key: flowKey, business_public_key_signature_status: 'VALID' }] : [],
    });
  } else if (method === 'GET' && edge === 'official_business_account')
    answer(response, {
      ...{ id: phoneNumberId, oba_status: stateOf(network, phoneNumberId).badge ?? 'NOT_STARTED' },
      status_message: '',
    });
  else if (method === 'GET' || !change)
    answerError(response, metaError(100, `no ${method} ${edge} on a phone number`));
  else {
    const fault = change(network, sender, await fieldsOf(call));
    if (fault) answerError(response, fault);
    else answer(response, { success: true });
  }
}
