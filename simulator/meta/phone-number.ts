import { type Network, record } from '../network/network.ts';
import type { NumberState, Sender } from '../network/registry.ts';
import { answer, answerError, answerFields, type Call, fieldsOf } from './call.ts';
import { type MetaError, metaError } from './errors.ts';
import { isObject, listAt, textAt } from './fields.ts';

const fresh: NumberState = { registered: true, verified: true, profile: {}, settings: {} };

/** What a business set on its number. */
export function stateOf(network: Network, phoneNumberId: string): NumberState {
  return network.registry.numberStates.get(phoneNumberId) ?? fresh;
}

function keep(network: Network, { phoneNumberId }: Sender, change: Partial<NumberState>): void {
  network.registry.numberStates.set(phoneNumberId, { ...stateOf(network, phoneNumberId), ...change });
}

/** All that can be asked of a number, by field. */
export function numberFields(network: Network, { phoneNumberId, displayNumber }: Sender) {
  const { registered, verified, pin } = stateOf(network, phoneNumberId);
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

function registerFault(state: NumberState, pin: string): MetaError | null {
  if (!pinForm.test(pin)) return metaError(100, "Param pin must be 6 digits: it is the number's own");
  return state.pin !== undefined && state.pin !== pin ? metaError(133005) : null;
}

/** Limits of a profile's texts (Meta, business profiles). */
const longest: Record<string, number> = { about: 139, address: 256, description: 512, email: 128 };
const verticals =
  'UNDEFINED OTHER AUTO BEAUTY APPAREL EDU ENTERTAIN EVENT_PLAN FINANCE GROCERY GOVT HOTEL HEALTH NONPROFIT PROF_SERVICES RETAIL TRAVEL RESTAURANT NOT_A_BIZ ALCOHOL ONLINE_GAMBLING PHYSICAL_GAMBLING OTC_DRUGS'.split(
    ' ',
  );
const profileNames = [...Object.keys(longest), 'websites', 'vertical', 'profile_picture_handle'];

function profileFault(fields: Record<string, unknown>): MetaError | null {
  const unknown = Object.keys(fields).find((name) => ![...profileNames, 'messaging_product'].includes(name));
  if (unknown) return metaError(100, `Unexpected key "${unknown}" on param of a business profile`);
  for (const [name, most] of Object.entries(longest))
    if (textAt(fields, name).length > most)
      return metaError(100, `Param ${name} must be at most ${most} characters long`);
  if ('about' in fields && textAt(fields, 'about') === '') return metaError(100, 'Param about is empty');
  const websites = listAt(fields, 'websites').map(String);
  if (websites.length > 2 || websites.some((site) => site.length > 256 || !/^https?:\/\//.test(site)))
    return metaError(
      100,
      'Param websites: at most two addresses with http:// or https://, of 256 characters',
    );
  if ('vertical' in fields && !verticals.includes(textAt(fields, 'vertical')))
    return metaError(100, `Param vertical must be one of {${verticals.join(', ')}}`);
  return null;
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
    const fault = registerFault(stateOf(network, sender.phoneNumberId), pin);
    if (!fault) keep(network, sender, { registered: true, pin });
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
  else if (method === 'GET' || !change)
    answerError(response, metaError(100, `no ${method} ${edge} on a phone number`));
  else {
    const fault = change(network, sender, await fieldsOf(call));
    if (fault) answerError(response, fault);
    else answer(response, { success: true });
  }
}
