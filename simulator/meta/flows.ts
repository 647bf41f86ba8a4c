import type { Network } from '../network/network.ts';
import type { Business, Flow } from '../network/registry.ts';
import { answer, answerError, answerFields, type Call, fieldsOf, formOf, pickFields } from './call.ts';
import { metaError } from './errors.ts';
import { at, isObject, listAt, textAt } from './fields.ts';
import { stateOf } from './phone-number.ts';
import { sendWebhook } from './webhooks.ts';

const categories = [
  'SIGN_UP',
  'SIGN_IN',
  'APPOINTMENT_BOOKING',
  'LEAD_GENERATION',
  'CONTACT_US',
  'CUSTOMER_SUPPORT',
  'SURVEY',
  'OTHER',
];
const usualFields = ['name', 'status', 'categories', 'validation_errors'];
/** Most components of a screen (Meta, Flow JSON). */
const mostComponents = 50;
const previewMs = 30 * 86_400_000;

/** What is wrong with a flow's JSON, as Meta lists it. */
function validationErrors(text: string | undefined): object[] {
  const wrong = (error: string, message: string) => ({ error, error_type: 'FLOW_JSON_ERROR', message });
  if (text === undefined) return [];
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return [wrong('INVALID_JSON', 'The file is not JSON')];
  }
  if (!isObject(json)) return [wrong('INVALID_JSON', 'The file is no JSON object')];
  const screens = listAt(json, 'screens');
  const errors = [];
  if (textAt(json, 'version') === '') errors.push(wrong('MISSING_REQUIRED_PROPERTY', 'version is missing'));
  if (screens.length === 0) errors.push(wrong('MISSING_REQUIRED_PROPERTY', 'screens is missing or empty'));
  for (const [place, screen] of screens.entries()) {
    const id = textAt(screen, 'id');
    const children = listAt(screen, 'layout.children');
    const footers = children.filter((part) => textAt(part, 'type') === 'Footer');
    if (at(screen, 'terminal') === true && footers.length === 0)
      errors.push(wrong('MISSING_REQUIRED_COMPONENT', `screens[${place}] is terminal and has no Footer`));
    if (id === '' || id === 'SUCCESS')
      errors.push(wrong('INVALID_PROPERTY_VALUE', `screens[${place}].id is missing, or SUCCESS`));
    if (children.length === 0 || children.length > mostComponents)
      errors.push(
        wrong('INVALID_PROPERTY_VALUE', `screens[${place}].layout.children has 1 to ${mostComponents} parts`),
      );
  }
  return errors;
}

function flowFields({ network, call }: { network: Network; call: Call }, flow: Flow) {
  const expires = new Date(network.now() + previewMs).toISOString();
  return {
    id: flow.id,
    name: flow.name,
    status: flow.status,
    categories: flow.categories,
    validation_errors: validationErrors(flow.json),
    json_version: flow.json ? textAt(JSON.parse(asJson(flow.json)), 'version') || null : null,
    data_api_version: flow.json ? textAt(JSON.parse(asJson(flow.json)), 'data_api_version') || null : null,
    endpoint_uri: flow.endpointUri ?? null,
    preview: {
      preview_url: `http://${call.request.headers.host}/${call.address.split('/')[3]}/${flow.id}/preview`,
      expires_at: expires,
    },
    whatsapp_business_account: { id: flow.wabaId },
    health_status: {
      can_send_message: flow.status === 'PUBLISHED' ? 'AVAILABLE' : 'BLOCKED',
      entities: [{ entity_type: 'FLOW', id: flow.id }],
    },
  };
}

/** Broken JSON is kept as it came; it reads as an empty object. */
function asJson(text: string): string {
  return JSON.stringify(validationErrors(text).length === 0 ? JSON.parse(text) : {});
}

/** Changes a flow's status and tells the business. */
export function tellFlowStatus(network: Network, business: Business, flow: Flow, status: string): void {
  network.registry.flows.set(flow.id, { ...flow, status });
  sendWebhook(network, business, 'flows', () => ({
    event: 'FLOW_STATUS_CHANGE',
    message: `Flow ${flow.name} changed status from ${flow.status} to ${status}`,
    flow_id: flow.id,
    old_status: flow.status,
    new_status: status,
  }));
}

/** Tells the business that something is wrong with a flow's endpoint, or well again. */
export function tellFlowAlert(
  network: Network,
  business: Business,
  flow: Flow,
  { event, message, state }: { event: string; message: string; state: string },
): void {
  sendWebhook(network, business, 'flows', () => ({
    ...{ event, message, flow_id: flow.id, alert_state: state, threshold: 10 },
  }));
}

/** Categories come as a list, or as the text of one. */
function categoriesIn(value: unknown): string[] | null {
  let given = value;
  if (typeof value === 'string')
    try {
      given = JSON.parse(value);
    } catch {
      given = value.split(',');
    }
  const list = Array.isArray(given) ? given.map(String) : [];
  return list.length > 0 && list.every((name) => categories.includes(name)) ? list : null;
}

/** Why a draft cannot be published; null where it can. */
function publishFault(network: Network, business: Business, flow: Flow): string | null {
  if (flow.status !== 'DRAFT' || flow.json === undefined || validationErrors(flow.json).length > 0)
    return 'only a draft with JSON and no validation errors';
  if (textAt(JSON.parse(flow.json), 'data_api_version') === '') return null;
  if (!flow.endpointUri) return 'the flow asks an endpoint, and has none';
  const hasKey = business.phoneNumbers.some(({ id }) => stateOf(network, id).flowKey !== undefined);
  return hasKey ? null : 'no number of the account has a public key for encryption';
}

async function create(network: Network, call: Call, business: Business): Promise<void> {
  const { flows } = network.registry;
  const fields = await fieldsOf(call);
  const name = textAt(fields, 'name');
  const original = flows.get(String(fields.clone_flow_id ?? ''));
  const chosen = categoriesIn(fields.categories) ?? original?.categories;
  const twin = flows.values().find((one) => one.wabaId === business.id && one.name === name);
  if (name === '') return answerError(call.response, metaError(100, 'Param name is missing'));
  if (!chosen)
    return answerError(call.response, metaError(100, `Param categories: some of {${categories.join(', ')}}`));
  if (twin) return answerError(call.response, metaError(100, `There is already a flow named ${name}`));
  const flow: Flow = {
    id: String(network.now() * 1000 + (flows.values().length % 1000)),
    wabaId: business.id,
    name,
    categories: chosen,
    status: 'DRAFT',
    endpointUri: textAt(fields, 'endpoint_uri') || original?.endpointUri,
    json: textAt(fields, 'flow_json') || original?.json,
  };
  flows.set(flow.id, flow);
  const isPublished = String(fields.publish) === 'true' && publishFault(network, business, flow) === null;
  if (isPublished) tellFlowStatus(network, business, flow, 'PUBLISHED');
  answer(call.response, { id: flow.id, success: true, validation_errors: validationErrors(flow.json) });
}

/** Answers a call to the flows of a business account. */
export function serveFlows(network: Network, call: Call, business: Business): void | Promise<void> {
  if (call.method === 'POST') return create(network, call, business);
  const found = network.registry.flows.values().filter((one) => one.wabaId === business.id);
  answer(call.response, {
    data: found.map((flow) => pickFields(flowFields({ network, call }, flow), usualFields)),
    paging: { cursors: { before: '0', after: String(found.length) } },
  });
}

async function upload(network: Network, call: Call, flow: Flow): Promise<void> {
  const form = await formOf(call);
  const file = form?.get('file');
  if (form?.get('asset_type') !== 'FLOW_JSON')
    return answerError(call.response, metaError(100, 'Param asset_type must be one of {FLOW_JSON}'));
  if (!(file instanceof Blob)) return answerError(call.response, metaError(100, 'Param file is missing'));
  const json = await file.text();
  network.registry.flows.set(flow.id, { ...flow, json });
  answer(call.response, { success: true, validation_errors: validationErrors(json) });
}

async function update(network: Network, call: Call, flow: Flow): Promise<void> {
  const fields = await fieldsOf(call);
  const chosen = fields.categories === undefined ? flow.categories : categoriesIn(fields.categories);
  if (!chosen)
    return answerError(call.response, metaError(100, `Param categories: some of {${categories.join(', ')}}`));
  network.registry.flows.set(flow.id, {
    ...flow,
    categories: chosen,
    name: textAt(fields, 'name') || flow.name,
    endpointUri: textAt(fields, 'endpoint_uri') || flow.endpointUri,
  });
  answer(call.response, { success: true });
}

/** Answers a call to one flow. */
export function serveFlow(
  network: Network,
  call: Call,
  business: Business,
  flow: Flow,
): void | Promise<void> {
  const { method, edge, response, address } = call;
  const isDraft = flow.status === 'DRAFT';
  const done = () => answer(response, { success: true });
  if (method === 'GET' && edge === '')
    answerFields(call, 'Flow', flowFields({ network, call }, flow), usualFields);
  else if (method === 'GET' && edge === 'assets')
    answer(response, {
      data: flow.json
        ? [
            {
              name: 'flow.json',
              asset_type: 'FLOW_JSON',
              download_url: address.replace(/assets$/, 'flow.json'),
            },
          ]
        : [],
    });
  else if (method === 'GET' && ['flow.json', 'preview'].includes(edge))
    answer(response, JSON.parse(asJson(flow.json ?? '')));
  else if (method === 'DELETE' && edge === '') {
    if (!isDraft) return answerError(response, metaError(139004, `the flow is ${flow.status}, no draft`));
    network.registry.flows.delete(flow.id);
    done();
  } else if (edge === 'publish') {
    const fault = publishFault(network, business, flow);
    if (fault !== null) return answerError(response, metaError(139002, fault));
    tellFlowStatus(network, business, flow, 'PUBLISHED');
    done();
  } else if (edge === 'deprecate') {
    if (flow.status !== 'PUBLISHED') return answerError(response, metaError(139003, 'it is not published'));
    tellFlowStatus(network, business, flow, 'DEPRECATED');
    done();
  } else if (edge !== '' && edge !== 'assets')
    answerError(response, metaError(100, `no ${method} ${edge} on a flow`));
  else if (!isDraft) return answerError(response, metaError(139001, `the flow is ${flow.status}, no draft`));
  else return edge === 'assets' ? upload(network, call, flow) : update(network, call, flow);
}
