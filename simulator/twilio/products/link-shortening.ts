import type { Resource } from '../../network/registry.ts';
import { twilioFault } from '../errors.ts';
import { type Answer, type Call, dateText, type Route } from './call.ts';
import { type Collection, findResource, keepResource, readFields } from './collection.ts';

/** How an account's own domain for short links is set; there is one setting a domain, made by the first post. */
const settings: Collection = {
  path: '/v1/LinkShortening/Domains/:domain/Config',
  key: 'configs',
  prefix: 'ZK',
  usual: { fallback_url: null, callback_url: null, continue_on_failure: false, disable_https: false },
};

function json(call: Call, domain: string, { sid, created, updated, fields }: Resource): Answer {
  return {
    status: 200,
    json: {
      domain_sid: domain,
      config_sid: sid,
      ...settings.usual,
      ...fields,
      date_created: dateText(call, created),
      date_updated: dateText(call, updated),
      url: `${call.origin}${call.path}`,
    },
  };
}

function serve(call: Call): Answer {
  const { network, account, method, form, params } = call;
  const domain = params.domain ?? '';
  const sid = domain.replace(/^DN/, settings.prefix);
  const known = findResource(network, account.sid, settings, sid);
  if (method === 'GET') {
    if (!known) throw twilioFault(20404, call.path);
    return json(call, domain, known);
  }
  if (!/^DN[0-9a-f]{32}$/i.test(domain)) throw twilioFault(20404, call.path);
  const at = network.now();
  const fields = { ...known?.fields, ...readFields(form, settings.usual) };
  const changed = {
    sid,
    accountSid: account.sid,
    parent: '',
    created: known?.created ?? at,
    updated: at,
    fields,
  };
  keepResource(network, settings, changed);
  return json(call, domain, changed);
}

/** Settings of the domains on which links are shortened. (Short links themselves live at the simulator's address.) */
export const linkShorteningRoutes: Route[] = ['GET', 'POST'].map((method) => ({
  method,
  path: settings.path,
  answer: serve,
}));
