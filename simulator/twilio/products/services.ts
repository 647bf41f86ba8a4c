import { parsePhoneNumberFromString } from 'libphonenumber-js/max';
import type { Network } from '../../network/network.ts';
import type { Resource } from '../../network/registry.ts';
import { twilioFault } from '../errors.ts';
import type { Call, Route } from './call.ts';
import { type Collection, collectionRoutes, findResource, resourcesOf } from './collection.ts';
import { numberSid, ownedBy } from './numbers.ts';

/** Twilio's Messaging Services: senders that stand together, with settings of their own. */
const services: Collection = {
  path: '/v1/Services',
  key: 'services',
  prefix: 'MG',
  required: ['FriendlyName'],
  usual: {
    friendly_name: '',
    inbound_request_url: null,
    inbound_method: 'POST',
    fallback_url: null,
    fallback_method: 'POST',
    status_callback: null,
    sticky_sender: true,
    mms_converter: true,
    smart_encoding: true,
    scan_message_content: 'inherit',
    fallback_to_long_code: false,
    area_code_geomatch: true,
    validity_period: 36_000,
    synchronous_validation: false,
    usecase: 'undeclared',
    use_inbound_webhook_on_number: false,
  },
  links: {
    phone_numbers: 'PhoneNumbers',
    short_codes: 'ShortCodes',
    alpha_senders: 'AlphaSenders',
    us_app_to_person: 'Compliance/Usa2p',
  },
  complete(_call, fields) {
    const { validity_period: seconds } = fields;
    if (typeof seconds === 'number' && (seconds < 1 || seconds > 36_000))
      throw twilioFault(20001, 'ValidityPeriod is from 1 to 36000 seconds');
    return fields;
  },
  show: ({ network, account }, { sid }) => ({
    us_app_to_person_registered: resourcesOf(network, account.sid, campaigns, sid).length > 0,
  }),
};

const within = { collection: services, field: 'service_sid' };

/** The number or short code of the account that is to be put into a service; none may be in two. */
function ownSender(call: Call, field: 'PhoneNumberSid' | 'ShortCodeSid'): { sid: string; number: string } {
  const asked = call.form.get(field) ?? '';
  const owned = ownedBy(call, field === 'ShortCodeSid').find((one) => numberSid(one) === asked);
  if (!owned) throw twilioFault(20404, `${field} ${asked}`);
  const holder = serviceOf(call.network, call.account.sid, owned.number);
  if (holder) throw twilioFault(holder.sid === call.params.service ? 21710 : 21712, owned.number);
  return { sid: asked, number: owned.number };
}

const phoneNumbers: Collection = {
  path: '/v1/Services/:service/PhoneNumbers',
  key: 'phone_numbers',
  prefix: 'PN',
  verbs: ['create', 'list', 'fetch', 'remove'],
  within,
  required: ['PhoneNumberSid'],
  usual: { phone_number: '', country_code: 'US', capabilities: ['Voice', 'SMS', 'MMS'] },
  complete(call) {
    const { sid, number } = ownSender(call, 'PhoneNumberSid');
    const country = parsePhoneNumberFromString(number)?.country ?? 'US';
    return { sid, phone_number: number, country_code: country };
  },
};

const shortCodes: Collection = {
  path: '/v1/Services/:service/ShortCodes',
  key: 'short_codes',
  prefix: 'SC',
  verbs: ['create', 'list', 'fetch', 'remove'],
  within,
  required: ['ShortCodeSid'],
  usual: { short_code: '', country_code: 'US', capabilities: ['SMS', 'MMS'] },
  complete(call) {
    const { sid, number } = ownSender(call, 'ShortCodeSid');
    return { sid, short_code: number };
  },
};

const alphaSenders: Collection = {
  path: '/v1/Services/:service/AlphaSenders',
  key: 'alpha_senders',
  prefix: 'AI',
  verbs: ['create', 'list', 'fetch', 'remove'],
  within,
  required: ['AlphaSender'],
  usual: { alpha_sender: '', capabilities: ['SMS'] },
  complete(_call, fields) {
    const { alpha_sender: sender } = fields;
    // Up to eleven letters, digits and blanks, of which one is a letter (Twilio, alphanumeric sender id).
    if (typeof sender !== 'string' || !/^(?=.*[A-Za-z])[A-Za-z0-9 &_+-]{1,11}$/.test(sender))
      throw twilioFault(21709, String(sender));
    return fields;
  },
};

/** A 10DLC campaign of a service, approved once its review is over. */
const campaigns: Collection = {
  path: '/v1/Services/:service/Compliance/Usa2p',
  key: 'compliance',
  prefix: 'QE',
  within: { collection: services, field: 'messaging_service_sid' },
  required: [
    'BrandRegistrationSid',
    'Description',
    'MessageFlow',
    'MessageSamples',
    'UsAppToPersonUsecase',
    'HasEmbeddedLinks',
    'HasEmbeddedPhone',
  ],
  usual: {
    brand_registration_sid: '',
    description: '',
    message_flow: '',
    message_samples: [],
    us_app_to_person_usecase: '',
    has_embedded_links: false,
    has_embedded_phone: false,
    subscriber_opt_in: false,
    age_gated: false,
    direct_lending: false,
    opt_in_message: '',
    opt_out_message: '',
    help_message: '',
    opt_in_keywords: [],
    opt_out_keywords: [],
    help_keywords: [],
    privacy_policy_url: null,
    terms_and_conditions_url: null,
    campaign_id: null,
    is_externally_registered: false,
    rate_limits: {},
    mock: false,
    errors: [],
  },
  complete(call, fields, before) {
    if (before) return fields;
    const { account, network, params } = call;
    if (resourcesOf(network, account.sid, campaigns, params.service).length > 0)
      throw twilioFault(20409, 'the service has a campaign already');
    const samples = fields.message_samples;
    if (!Array.isArray(samples) || samples.length < 2)
      throw twilioFault(20001, 'MessageSamples: at least two are needed');
    return { ...fields, sid: network.newId('QE') };
  },
  show: ({ network }, { created, sid }) =>
    isReviewed(network, created)
      ? { campaign_status: 'VERIFIED', campaign_id: `C${sid.slice(-6).toUpperCase()}` }
      : { campaign_status: 'PENDING' },
};

/** Whether a review that began then is over: it takes as long as Meta's of a template. */
export function isReviewed(network: Network, began: number): boolean {
  return network.now() - began >= network.behaviours.list().all.templateReviewMs;
}

/** A service of the account that was made here; null for one that was not. */
export function findService(network: Network, accountSid: string, sid: string): Resource | null {
  return findResource(network, accountSid, services, sid) ?? null;
}

/** The senders of a service: its numbers, short codes and alphanumeric names. */
export function sendersOf(network: Network, accountSid: string, sid: string): string[] {
  const names: [Collection, string][] = [
    [phoneNumbers, 'phone_number'],
    [shortCodes, 'short_code'],
    [alphaSenders, 'alpha_sender'],
  ];
  return names.flatMap(([collection, name]) =>
    resourcesOf(network, accountSid, collection, sid).map((one) => String(one.fields[name])),
  );
}

/** The service that has this number or short code. */
export function serviceOf(network: Network, accountSid: string, number: string): Resource | null {
  const all = resourcesOf(network, accountSid, services);
  return all.find((one) => sendersOf(network, accountSid, one.sid).includes(number)) ?? null;
}

/** Messaging Services with their senders and campaigns. */
export const serviceRoutes: Route[] = [services, phoneNumbers, shortCodes, alphaSenders, campaigns].flatMap(
  collectionRoutes,
);
