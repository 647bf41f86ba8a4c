import { type Static, Type } from 'typebox';
import { Compile } from 'typebox/compile';
import { record } from '../../network/network.ts';
import type { Resource } from '../../network/registry.ts';
import { twilioFault } from '../errors.ts';
import { type Answer, type Call, dateText, type Route } from './call.ts';
import { type Collection, collectionRoutes, findResource, keepResource, resourcesOf } from './collection.ts';

/** A code lives ten minutes, may be tried five times and sent five times (Twilio Verify, limits). */
const limits = { lifeMs: 600_000, checks: 5, sends: 5 };
/** Verify sends from numbers of Twilio's own. */
const from = 'VERIFY';

const services: Collection = {
  path: '/v2/Services',
  key: 'services',
  prefix: 'VA',
  required: ['FriendlyName'],
  usual: {
    friendly_name: '',
    code_length: 6,
    lookup_enabled: false,
    psd2_enabled: false,
    skip_sms_to_landlines: false,
    dtmf_input_required: true,
    tts_name: null,
    do_not_share_warning_enabled: false,
    custom_code_enabled: false,
    default_template_sid: null,
    push: {},
    totp: {},
    whatsapp: {},
    passkeys: {},
    verify_event_subscription_enabled: false,
  },
  links: { verifications: 'Verifications', verification_checks: 'VerificationCheck' },
  complete(_call, fields) {
    const { code_length: length } = fields;
    if (typeof length === 'number' && (length < 4 || length > 10))
      throw twilioFault(60200, 'CodeLength is from 4 to 10');
    return fields;
  },
};

/** Where verifications are kept; their calls are Verify's own. */
const verifications: Collection = {
  path: '/v2/Services/:service/Verifications',
  key: 'verifications',
  prefix: 'VE',
  usual: {},
};

const Verification = Type.Object({
  to: Type.String(),
  channel: Type.String(),
  code: Type.String(),
  status: Type.String(),
  sends: Type.Array(Type.Number()),
  checks: Type.Number(),
});
const verificationCheck = Compile(Verification);
type Kept = Resource & { fields: Static<typeof Verification> };

function isKept(resource: Resource): resource is Kept {
  return verificationCheck.Check(resource.fields);
}

function serviceIn(call: Call): Resource {
  const { network, account, params } = call;
  const found = findResource(network, account.sid, services, params.service ?? '');
  if (!found) throw twilioFault(20404, call.path);
  return found;
}

/** The verification of a sid or of a number that is still open. */
function openOne(call: Call, service: Resource, wanted: string): Kept {
  const { network, account } = call;
  const found = resourcesOf(network, account.sid, verifications, service.sid)
    .filter(isKept)
    .find((one) => one.sid === wanted || (one.fields.to === wanted && one.fields.status === 'pending'));
  if (!found || (found.fields.status === 'pending' && network.now() - found.created > limits.lifeMs))
    throw twilioFault(20404, call.path);
  return found;
}

function keep(call: Call, verification: Kept, change: Partial<Kept['fields']>): Kept {
  const fields = { ...verification.fields, ...change };
  const changed = { ...verification, fields, updated: call.network.now() };
  keepResource(call.network, verifications, changed);
  return changed;
}

function json(call: Call, { sid, accountSid, parent, created, updated, fields }: Kept): object {
  return {
    sid,
    service_sid: parent,
    account_sid: accountSid,
    to: fields.to,
    channel: fields.channel,
    status: fields.status,
    valid: fields.status === 'approved',
    amount: null,
    payee: null,
    date_created: dateText(call, created),
    date_updated: dateText(call, updated),
  };
}

function verificationJson(call: Call, one: Kept): object {
  return {
    ...json(call, one),
    lookup: {},
    sna: null,
    send_code_attempts: one.fields.sends.map((at, place) => ({
      attempt_sid: `VL${one.sid.slice(2, -1)}${place}`,
      channel: one.fields.channel,
      time: new Date(at).toISOString(),
    })),
    url: `${call.origin}/v2/Services/${one.parent}/Verifications/${one.sid}`,
  };
}

function sendCode(call: Call, service: Resource, { fields: { to, channel, code } }: Kept): void {
  const { network, account, form } = call;
  const name = form.get('CustomFriendlyName') ?? service.fields.friendly_name;
  const prefix = channel === 'whatsapp' ? 'whatsapp:' : '';
  record(network, {
    wire: 'twilio',
    kind: 'outbound',
    id: network.newId('SM'),
    accountSid: account.sid,
    from: prefix + from,
    to: prefix + to,
    status: 'delivered',
    body: `Your ${name} verification code is: ${code}`,
    media: [],
    segments: 1,
  });
}

function newCode(call: Call, service: Resource): string {
  const given = call.form.get('CustomCode');
  if (given !== null && !service.fields.custom_code_enabled)
    throw twilioFault(60200, 'CustomCode: custom codes are not enabled for this service');
  if (given !== null && !/^\d{4,10}$/.test(given)) throw twilioFault(60200, 'CustomCode: four to ten digits');
  const length = Number(service.fields.code_length ?? services.usual.code_length);
  return given ?? String(Math.floor(call.network.random() * 10 ** length)).padStart(length, '0');
}

function start(call: Call): Answer {
  const { network, account, form } = call;
  const service = serviceIn(call);
  const to = form.get('To') ?? '';
  const channel = form.get('Channel') ?? '';
  if (!/^\+[1-9]\d{6,14}$/.test(to)) throw twilioFault(60200, `To: ${to} is no number such as +12125550132`);
  if (!['sms', 'whatsapp'].includes(channel))
    throw twilioFault(60200, `Channel: ${channel} is none of sms, whatsapp, which handsets here take`);
  const open = resourcesOf(network, account.sid, verifications, service.sid)
    .filter(isKept)
    .find((one) => one.fields.to === to && one.fields.status === 'pending');
  const isAlive = open && network.now() - open.created <= limits.lifeMs;
  if (isAlive && open.fields.sends.length >= limits.sends) throw twilioFault(60203, to);
  const at = network.now();
  const started: Kept = isAlive
    ? open
    : {
        sid: network.newId(verifications.prefix),
        accountSid: account.sid,
        parent: service.sid,
        created: at,
        updated: at,
        fields: { to, channel, code: newCode(call, service), status: 'pending', sends: [], checks: 0 },
      };
  const kept = keep(call, started, { channel, sends: [...started.fields.sends, at] });
  sendCode(call, service, kept);
  return { status: 201, json: verificationJson(call, kept) };
}

function check(call: Call): Answer {
  const { form } = call;
  const code = form.get('Code') ?? '';
  const wanted = form.get('VerificationSid') ?? form.get('To');
  if (!wanted) throw twilioFault(60200, 'give To or VerificationSid');
  const open = openOne(call, serviceIn(call), wanted);
  if (open.fields.status !== 'pending') throw twilioFault(20404, call.path);
  if (open.fields.checks >= limits.checks) throw twilioFault(60202);
  const status = code === open.fields.code ? 'approved' : 'pending';
  const checked = keep(call, open, { status, checks: open.fields.checks + 1 });
  return { status: 200, json: { ...json(call, checked), sna_attempts_error_codes: [] } };
}

/** A customer closes a verification by hand. */
function close(call: Call): Answer {
  const status = call.form.get('Status') ?? '';
  if (!['approved', 'canceled'].includes(status)) throw twilioFault(60200, 'Status: approved or canceled');
  const open = openOne(call, serviceIn(call), call.params.sid ?? '');
  return { status: 200, json: verificationJson(call, keep(call, open, { status })) };
}

const one = `${verifications.path}/:sid`;

/** Verify: codes that go to a handset and are checked. */
export const verifyRoutes: Route[] = [
  ...collectionRoutes(services),
  { method: 'POST', path: verifications.path, answer: start },
  {
    method: 'GET',
    path: one,
    answer: (call) => ({
      status: 200,
      json: verificationJson(call, openOne(call, serviceIn(call), call.params.sid ?? '')),
    }),
  },
  { method: 'POST', path: one, answer: close },
  { method: 'POST', path: '/v2/Services/:service/VerificationCheck', answer: check },
];
