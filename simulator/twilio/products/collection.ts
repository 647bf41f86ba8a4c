import type { Network } from '../../network/network.ts';
import type { Resource } from '../../network/registry.ts';
import { twilioFault } from '../errors.ts';
import { type Call, dateText, type Route } from './call.ts';
import { pageOf } from './page.ts';

type Verb = 'create' | 'list' | 'fetch' | 'update' | 'remove';
type Fields = Record<string, unknown>;

/** A kind of resource that customers make, look at, change and remove: what differs between Twilio's products. */
export interface Collection {
  /** Where it lives, `:name` for the sid of what it stands in: `/v1/Services/:service/AlphaSenders`. */
  path: string;
  /** Its name in lists. */
  key: string;
  /** How its sids begin. */
  prefix: string;
  /** What may be done with it; all unless given. */
  verbs?: Verb[];
  /** What it stands in, and the field that names it. */
  within?: { collection: Collection; field: string };
  /** Fields a post that creates one must have, as Twilio spells them. */
  required?: string[];
  /** Its own fields in JSON, as they are when nothing is posted; the kind of the value says how a post is read. */
  usual: Fields;
  /** Collections below it, which its links name. */
  links?: Record<string, string>;
  /** Completes what was posted, or throws what Twilio would refuse it with. */
  complete?(call: Call, fields: Fields, before: Resource | null): Fields & { sid?: string };
  /** What is only known when it is looked at. */
  show?(call: Call, resource: Resource): Fields;
}

/** `FriendlyName` as JSON has it: `friendly_name`; `A2PProfile` is `a2p_profile`. */
function jsonName(posted: string): string {
  return posted.replace(/(?<=[a-z])[A-Z]|(?<=[A-Z0-9])[A-Z](?=[a-z])/g, (sign) => `_${sign}`).toLowerCase();
}

function parseJson(name: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw twilioFault(20001, `${name} is not JSON`);
  }
}

function readField(name: string, usual: unknown, values: string[]): unknown {
  const last = values.at(-1) ?? '';
  if (Array.isArray(usual)) return values;
  if (typeof usual === 'boolean') return last.toLowerCase() === 'true';
  if (typeof usual === 'object' && usual !== null) return parseJson(name, last);
  if (typeof usual !== 'number') return last;
  const number = Number(last);
  if (last === '' || Number.isNaN(number)) throw twilioFault(20001, `${name} is not a number`);
  return number;
}

/** Reads the posted fields that a kind of resource has; others are passed over, as Twilio does. */
export function readFields(form: URLSearchParams, usual: Fields): Fields {
  const fields: Fields = {};
  for (const posted of new Set(form.keys())) {
    const name = jsonName(posted);
    if (Object.hasOwn(usual, name)) fields[name] = readField(posted, usual[name], form.getAll(posted));
  }
  return fields;
}

/** Refuses a post that lacks a field. */
function requireFields(form: URLSearchParams, names: string[]): void {
  const missing = names.find((name) => !form.get(name));
  if (missing) throw twilioFault(20001, `Missing required parameter ${missing} in the post body`);
}

const keyOf = (kind: string, parent: string, sid: string) => `${kind}/${parent}/${sid}`;

/** The resource of a kind by its sid, if it is this account's. */
export function findResource(
  network: Network,
  accountSid: string,
  { path }: Collection,
  sid: string,
  parent = '',
): Resource | undefined {
  const found = network.registry.resources.get(keyOf(path, parent, sid));
  return found?.accountSid === accountSid ? found : undefined;
}

/** An account's resources of a kind, newest first. */
export function resourcesOf(
  network: Network,
  accountSid: string,
  { path }: Collection,
  parent = '',
): Resource[] {
  const start = keyOf(path, parent, '');
  return network.registry.resources
    .entries()
    .flatMap(([key, one]) => (key.startsWith(start) && one.accountSid === accountSid ? [one] : []))
    .reverse();
}

/** Writes a resource down. */
export function keepResource(network: Network, { path }: Collection, resource: Resource): void {
  network.registry.resources.set(keyOf(path, resource.parent, resource.sid), resource);
}

/** The name of the last `:name` in a path, which is the sid of what the collection stands in. */
function parentIn(collection: Collection, call: Call): string {
  if (!collection.within) return '';
  const name = /.*:(\w+)/.exec(collection.path)?.[1] ?? '';
  const sid = call.params[name] ?? '';
  if (!findResource(call.network, call.account.sid, collection.within.collection, sid))
    throw twilioFault(20404, call.path);
  return sid;
}

/** A resource as the API answers it. */
export function resourceJson(collection: Collection, call: Call, resource: Resource): Fields {
  const { within, links } = collection;
  const base = collection.path.replace(/:\w+/g, resource.parent);
  const url = `${call.origin}${base}/${resource.sid}`;
  const linked = Object.entries(links ?? {}).map(([name, part]) => [name, `${url}/${part}`]);
  return {
    sid: resource.sid,
    account_sid: resource.accountSid,
    ...(within && { [within.field]: resource.parent }),
    ...resource.fields,
    date_created: dateText(call, resource.created),
    date_updated: dateText(call, resource.updated),
    url,
    ...(links && { links: Object.fromEntries(linked) }),
    ...collection.show?.(call, resource),
  };
}

function create(collection: Collection, call: Call): Resource {
  const { network, account, form } = call;
  const parent = parentIn(collection, call);
  requireFields(form, collection.required ?? []);
  const posted = readFields(form, collection.usual);
  const { sid, ...fields } = collection.complete?.(call, posted, null) ?? { ...posted, sid: undefined };
  const at = network.now();
  const made = {
    sid: sid ?? network.newId(collection.prefix),
    accountSid: account.sid,
    parent,
    created: at,
    updated: at,
    fields: { ...collection.usual, ...fields },
  };
  keepResource(network, collection, made);
  return made;
}

function update(collection: Collection, call: Call, before: Resource): Resource {
  const posted = readFields(call.form, collection.usual);
  const { sid: _sid, ...changed } = collection.complete?.(call, posted, before) ?? { ...posted };
  const fields = { ...before.fields, ...changed };
  const after = { ...before, fields, updated: call.network.now() };
  keepResource(call.network, collection, after);
  return after;
}

/** The calls by which a kind of resource is made, listed, looked at, changed and removed. */
export function collectionRoutes(collection: Collection): Route[] {
  const { path, key } = collection;
  const one = `${path}/:sid`;
  const show = (call: Call, resource: Resource) => resourceJson(collection, call, resource);
  const find = (call: Call): Resource => {
    const parent = parentIn(collection, call);
    const found = findResource(call.network, call.account.sid, collection, call.params.sid ?? '', parent);
    if (!found) throw twilioFault(20404, call.path);
    return found;
  };
  const routes: Record<Verb, Route> = {
    create: {
      method: 'POST',
      path,
      answer: (call) => ({ status: 201, json: show(call, create(collection, call)) }),
    },
    list: {
      method: 'GET',
      path,
      answer: (call) => {
        const rows = resourcesOf(call.network, call.account.sid, collection, parentIn(collection, call));
        return pageOf(call, key, rows, (row) => show(call, row));
      },
    },
    fetch: { method: 'GET', path: one, answer: (call) => ({ status: 200, json: show(call, find(call)) }) },
    update: {
      method: 'POST',
      path: one,
      answer: (call) => ({ status: 200, json: show(call, update(collection, call, find(call))) }),
    },
    remove: {
      method: 'DELETE',
      path: one,
      answer: (call) => {
        const { parent, sid } = find(call);
        // What stands in it goes with it.
        for (const [other, { parent: container }] of call.network.registry.resources.entries())
          if (container === sid) call.network.registry.resources.delete(other);
        call.network.registry.resources.delete(keyOf(path, parent, sid));
        return { status: 204 };
      },
    },
  };
  const verbs: Verb[] = collection.verbs ?? ['create', 'list', 'fetch', 'update', 'remove'];
  return verbs.map((verb) => routes[verb]);
}
