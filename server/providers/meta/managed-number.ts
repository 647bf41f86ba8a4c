import type { Exchanges } from '../exchange.ts';
import { type JsonRecord, recordAt, recordsAt, textAt } from '../json-reading.ts';
import type { ManagedNumber, NumberChange, NumberManagement, NumberProfile } from '../number-management.ts';
import type { ProviderFailure } from '../provider-failure.ts';
import { isMetaAccount, type MetaAccount } from './account.ts';
import { askGraph } from './ask-graph.ts';
import { limitOf, numberFindings } from './number-health.ts';

const fields = [
  ...['display_phone_number', 'verified_name', 'name_status', 'quality_rating', 'status', 'throughput'],
  ...['code_verification_status', 'is_official_business_account', 'is_pin_enabled', 'health_status'],
  'whatsapp_business_manager_messaging_limit',
].join(',');
const profileFields = 'about,address,description,email,profile_picture_url,websites,vertical';
const otherAccount: ProviderFailure = { outcome: 'unreachable', detail: 'the account is not one with Meta' };

/** Meta's fields of a number. */
export async function lookAtNumber(
  account: MetaAccount,
  phoneNumberId: string,
  exchanges: Exchanges,
): Promise<{ ok: true; fields: JsonRecord } | { ok: false; failure: ProviderFailure }> {
  const id = encodeURIComponent(phoneNumberId);
  const asked = await askGraph(account, exchanges, 'GET', `${id}?fields=${fields}`);
  return asked.ok ? { ok: true, fields: asked.answer } : asked;
}

/** A WhatsApp number at Meta: registration, profile, what people see before they write, badge and health. */
export const metaNumbers: NumberManagement = {
  async look(account, wireAddress, exchanges) {
    if (!isMetaAccount(account)) return otherAccount;
    const id = encodeURIComponent(wireAddress);
    const get = (path: string) => askGraph(account, exchanges, 'GET', path);
    const [number, profile, conversation, badge] = await Promise.all([
      lookAtNumber(account, wireAddress, exchanges),
      get(`${id}/whatsapp_business_profile?fields=${profileFields}`),
      get(`${id}?fields=conversational_automation`),
      get(`${id}/official_business_account?fields=oba_status,status_message`),
    ]);
    if (!number.ok) return number.failure;
    if (!profile.ok) return profile.failure;
    return {
      outcome: 'found',
      number: {
        ...standingOf(number.fields),
        profile: profileOf(recordsAt(profile.answer, 'data')[0] ?? {}),
        // Both are asked for beside: a number for which Meta does not tell them is shown all the same.
        ...conversationOf(conversation.ok ? recordAt(conversation.answer, 'conversational_automation') : {}),
        badge: badge.ok ? (textAt(badge.answer, 'oba_status') ?? null) : null,
      },
    };
  },
  async change(account, wireAddress, change, exchanges) {
    if (!isMetaAccount(account)) return otherAccount;
    const { edge, body } = callOf(change);
    const path = `${encodeURIComponent(wireAddress)}/${edge}`;
    const asked = await askGraph(account, exchanges, 'POST', path, body);
    if (asked.ok) return { outcome: 'done' };
    const { failure } = asked;
    const remedy = failure.outcome === 'refused' ? remedies[failure.code] : undefined;
    return remedy === undefined ? failure : { ...failure, remedy };
  },
};

/** What to do about refusals by code (facts: Cloud API, registration and verification of numbers). */
const remedies: Readonly<Record<string, string>> = {
  133005:
    'Give the PIN that the number has. If nobody knows it, change it in WhatsApp Manager → Phone numbers → the number → Two-step verification.',
  133006: 'Have a code sent to the number and enter it, then register it.',
  133010: 'Register the number first.',
  133016: 'Meta takes ten tries within 72 hours: wait until the first of them is so old.',
  136025: 'Enter the six digits of the latest message, or have another code sent.',
};

function standingOf(fields: JsonRecord) {
  return {
    displayName: textAt(fields, 'verified_name') ?? '',
    nameStatus: textAt(fields, 'name_status') ?? 'NONE',
    isRegistered: textAt(fields, 'status') !== 'DISCONNECTED' && textAt(fields, 'status') !== 'PENDING',
    isVerified: textAt(fields, 'code_verification_status') !== 'NOT_VERIFIED',
    isPinSet: fields.is_pin_enabled === true,
    isOfficial: fields.is_official_business_account === true,
    quality: textAt(fields, 'quality_rating') ?? 'UNKNOWN',
    limit: limitOf(fields),
    findings: numberFindings(textAt(fields, 'display_phone_number') ?? '', fields),
  };
}

function profileOf(profile: JsonRecord): NumberProfile {
  const { websites } = profile;
  return {
    about: textAt(profile, 'about') ?? '',
    address: textAt(profile, 'address') ?? '',
    description: textAt(profile, 'description') ?? '',
    email: textAt(profile, 'email') ?? '',
    websites: Array.isArray(websites) ? websites.map(String) : [],
    vertical: textAt(profile, 'vertical') ?? '',
    pictureUrl: textAt(profile, 'profile_picture_url') ?? null,
  };
}

function conversationOf(conversation: JsonRecord): Pick<ManagedNumber, 'iceBreakers' | 'commands'> {
  const { prompts } = conversation;
  return {
    iceBreakers: Array.isArray(prompts) ? prompts.map(String) : [],
    commands: recordsAt(conversation, 'commands').map((command) => ({
      name: textAt(command, 'command_name') ?? '',
      description: textAt(command, 'command_description') ?? '',
    })),
  };
}

/** The call that makes a change: the edge of the number that it is posted to, and what is posted. */
function callOf(change: NumberChange): { edge: string; body: Record<string, unknown> } {
  const product = { messaging_product: 'whatsapp' };
  switch (change.kind) {
    case 'register':
      return { edge: 'register', body: { ...product, pin: change.pin } };
    case 'deregister':
      return { edge: 'deregister', body: product };
    case 'requestCode':
      return {
        edge: 'request_code',
        body: { code_method: change.method, language: change.language },
      };
    case 'verifyCode':
      return { edge: 'verify_code', body: { code: change.code } };
    case 'profile': {
      const { pictureHandle, ...profile } = change.profile;
      const picture = pictureHandle === undefined ? {} : { profile_picture_handle: pictureHandle };
      return { edge: 'whatsapp_business_profile', body: { ...product, ...profile, ...picture } };
    }
    case 'conversation':
      return {
        edge: 'conversational_automation',
        body: {
          prompts: change.iceBreakers,
          commands: change.commands.map(({ name, description }) => ({
            ...{ command_name: name, command_description: description },
          })),
        },
      };
    case 'badge':
      return {
        edge: 'official_business_account',
        body: { action: `${change.action.toUpperCase()}_APPLICATION` },
      };
  }
}
