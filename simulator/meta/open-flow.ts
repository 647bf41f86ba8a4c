import type { LedgerEntry, SentTemplate } from '../ledger/entry.ts';
import type { Network } from '../network/network.ts';
import type { Business, Flow } from '../network/registry.ts';
import { at, isObject, listAt, textAt } from './fields.ts';
import { callEndpoint, type EndpointCall } from './flow-endpoint.ts';
import { stateOf } from './phone-number.ts';
import { templateKey } from './send.ts';
import { componentsOf, partOf, sentButton, sentComponentsOf } from './template-text.ts';

type Json = Record<string, unknown>;

/** A screen that the phone showed, with what it was given. */
export interface ShownScreen {
  id: string;
  data: Json;
}

/** A flow that was filled in to its end: what the phone sends, and what it showed; or why it did not get so far. */
export type FilledIn =
  | { response: Json; screens: ShownScreen[] }
  | { fault: string; status?: number; screens: ShownScreen[] };

/** More screens than that are no flow any more. */
const mostScreens = 30;

/**
 * Opens the flow of a message on a phone and fills it in, screen by screen: each input takes the answer of its name, each screen's Footer is
 * pressed. A flow that asks its endpoint does so as Meta's app does.
 */
export async function fillFlow(
  network: Network,
  entry: Extract<LedgerEntry, { wire: 'meta' }>,
  business: Business,
  answers: Json,
): Promise<FilledIn> {
  const screens: ShownScreen[] = [];
  const parameters = entry.template
    ? flowOfTemplate(network, entry.wabaId, entry.template)
    : at(entry.content, 'action.parameters');
  const named = textAt(parameters, 'flow_id') || textAt(parameters, 'flow_name');
  const flow = network.registry.flows
    .values()
    .find((one) => one.wabaId === business.id && (one.id === named || one.name === named));
  const isOpen = flow && (flow.status === 'PUBLISHED' || textAt(parameters, 'mode') === 'draft');
  if (!flow || !isOpen) return { fault: `the flow ${named} cannot be opened`, screens };
  const json: unknown = JSON.parse(flow.json ?? '{}');
  const token = textAt(parameters, 'flow_token') || 'unused';
  const ask = (call: EndpointCall) =>
    asked(network, business, flow, entry.phoneNumberId, { ...call, flow_token: token });
  let shown: ShownScreen;
  if (textAt(parameters, 'flow_action') === 'data_exchange') {
    const first = await ask({ action: 'INIT' });
    if ('fault' in first) return { ...first, screens };
    shown = first;
  } else {
    const id = textAt(parameters, 'flow_action_payload.screen') || textAt(listAt(json, 'screens')[0], 'id');
    shown = { id, data: objectAt(parameters, 'flow_action_payload.data') };
  }
  const forms = new Map<string, { form: Json; data: Json }>();
  while (screens.length < mostScreens) {
    screens.push(shown);
    const screen = listAt(json, 'screens').find((each) => textAt(each, 'id') === shown.id);
    if (!screen) return { fault: `the flow has no screen ${shown.id}`, screens };
    const parts = partsOf(listAt(screen, 'layout.children'));
    const { form, lacking } = formOf(parts, answers);
    if (lacking) return { fault: `the screen ${shown.id} asks for ${lacking}`, screens };
    forms.set(shown.id, { form, data: shown.data });
    const footer = parts.find((part) => textAt(part, 'type') === 'Footer');
    const action = at(footer, 'on-click-action');
    const payload = resolved(objectAt(action, 'payload'), shown.id, forms) as Json;
    const name = textAt(action, 'name');
    if (name === 'complete') return { response: { ...payload, flow_token: token }, screens };
    if (name === 'navigate') {
      shown = { id: textAt(action, 'next.name'), data: payload };
      continue;
    }
    if (name !== 'data_exchange') return { fault: `the screen ${shown.id} leads nowhere`, screens };
    const next = await ask({ action: 'data_exchange', screen: shown.id, data: payload });
    if ('fault' in next) return { ...next, screens };
    if (next.id === 'SUCCESS')
      return { response: objectAt(next.data, 'extension_message_response.params'), screens };
    shown = next;
  }
  return { fault: `more than ${mostScreens} screens were shown`, screens };
}

/** What a template's button opens a flow with, named as in a message of a session. */
function flowOfTemplate({ registry }: Network, wabaId: string, sent: SentTemplate): Json {
  const template = registry.templates.get(templateKey(wabaId, sent.name, sent.language));
  const buttons = partOf(componentsOf(template?.components ?? []), 'BUTTONS')?.buttons ?? [];
  const place = buttons.findIndex(({ type }) => type.toUpperCase() === 'FLOW');
  const { flow_id, flow_name, flow_action, navigate_screen } = buttons[place] ?? {};
  const action = at(sentButton(sentComponentsOf(sent.components), place)?.parameters?.[0], 'action');
  return {
    ...{ flow_id, flow_name, flow_action, flow_token: at(action, 'flow_token') },
    flow_action_payload: { screen: navigate_screen, data: at(action, 'flow_action_data') },
  };
}

async function asked(
  network: Network,
  business: Business,
  flow: Flow,
  phoneNumberId: string,
  call: EndpointCall,
): Promise<ShownScreen | { fault: string; status?: number }> {
  const { flowKey } = stateOf(network, phoneNumberId);
  if (!flow.endpointUri || flowKey === undefined)
    return { fault: 'the flow has no endpoint, or the number has no key' };
  const { status, payload } = await callEndpoint(business, flow.endpointUri, flowKey, call);
  const id = textAt(payload, 'screen');
  if (status !== 200 || id === '')
    return { fault: textAt(payload, 'error_msg') || `the endpoint answered ${status}`, status };
  return { id, data: objectAt(payload, 'data') };
}

function objectAt(value: unknown, path: string): Json {
  const found = at(value, path);
  return isObject(found) ? found : {};
}

/** All parts of a screen, those in forms too; of what is shown under a condition both sides. */
function partsOf(children: readonly unknown[]): unknown[] {
  return children.flatMap((part) => [
    part,
    ...partsOf([...listAt(part, 'children'), ...listAt(part, 'then'), ...listAt(part, 'else')]),
  ]);
}

function formOf(parts: readonly unknown[], answers: Json): { form: Json; lacking?: string } {
  const form: Json = {};
  for (const part of parts) {
    const name = textAt(part, 'name');
    if (name === '') continue;
    if (answers[name] !== undefined) form[name] = answers[name];
    else if (at(part, 'required') === true) return { form, lacking: name };
  }
  return { form };
}

const reference = /^\$\{(?:screen\.(\w+)\.)?(form|data)\.(\w+)\}$/;

function resolved(
  value: unknown,
  own: string,
  forms: ReadonlyMap<string, { form: Json; data: Json }>,
): unknown {
  if (typeof value === 'string') {
    const [, screen = own, of, name = ''] = reference.exec(value) ?? [];
    if (of === undefined) return value;
    return forms.get(screen)?.[of === 'form' ? 'form' : 'data'][name];
  }
  if (Array.isArray(value)) return value.map((each) => resolved(each, own, forms));
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, resolved(each, own, forms)]));
}
