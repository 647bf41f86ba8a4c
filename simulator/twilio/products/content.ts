import { type Static, Type } from 'typebox';
import { Compile } from 'typebox/compile';
import type { Network } from '../../network/network.ts';
import type { Resource } from '../../network/registry.ts';
import { twilioFault } from '../errors.ts';
import type { Answer, Call, Route } from './call.ts';
import {
  type Collection,
  collectionRoutes,
  findResource,
  keepResource,
  resourceJson,
  resourcesOf,
} from './collection.ts';
import { ContentTypes } from './content-text.ts';
import { pageOf } from './page.ts';
import { isReviewed } from './services.ts';

const Creation = Type.Object({
  friendly_name: Type.Optional(Type.String()),
  language: Type.String(),
  variables: Type.Optional(Type.Record(Type.String(), Type.String())),
  types: ContentTypes,
});
const creationCheck = Compile(Creation);

const approvalRequest = Type.Object({
  name: Type.String({ pattern: '^[a-z0-9_]+$' }),
  category: Type.Union(['MARKETING', 'UTILITY', 'AUTHENTICATION'].map((name) => Type.Literal(name))),
  allow_category_change: Type.Optional(Type.Boolean()),
});
const requestCheck = Compile(approvalRequest);
const keptCheck = Compile(
  Type.Object({ name: Type.String(), category: Type.String(), requested: Type.Number() }),
);

/** Contents (templates) of Twilio's Content API; posted as JSON. */
const contents: Collection = {
  path: '/v1/Content',
  key: 'contents',
  prefix: 'HX',
  verbs: ['list', 'fetch', 'remove'],
  usual: { friendly_name: null, language: 'en', variables: {}, types: {} },
  show: (call, { sid }) => ({
    links: {
      approval_create: `${call.origin}/v1/Content/${sid}/ApprovalRequests/whatsapp`,
      approval_fetch: `${call.origin}/v1/Content/${sid}/ApprovalRequests`,
    },
    // The request for approval has an address of its own.
    approval: undefined,
  }),
};

/** The content by its sid, if it is this account's. */
export function findContent(network: Network, accountSid: string, sid: string): Resource | undefined {
  return findResource(network, accountSid, contents, sid);
}

function creationIn(call: Call): Static<typeof Creation> {
  if (creationCheck.Check(call.json) && Object.keys(call.json.types).length > 0) return call.json;
  const first = creationCheck.Errors(call.json)[0];
  throw twilioFault(
    20001,
    first ? `${first.instancePath} ${first.message}` : 'types: at least one is needed',
  );
}

function find(call: Call): Resource {
  const found = findContent(call.network, call.account.sid, call.params.sid ?? '');
  if (!found) throw twilioFault(20404, call.path);
  return found;
}

function create(call: Call): Answer {
  const { network, account } = call;
  const at = network.now();
  const made = {
    sid: network.newId(contents.prefix),
    accountSid: account.sid,
    parent: '',
    created: at,
    updated: at,
    fields: { ...contents.usual, ...creationIn(call) },
  };
  keepResource(network, contents, made);
  return { status: 201, json: resourceJson(contents, call, made) };
}

/** How WhatsApp's review of a content stands. */
function approvalOf({ network }: Call, { fields }: Resource): Record<string, unknown> {
  const contentType = Object.keys(fields.types ?? {})[0] ?? '';
  const { approval } = fields;
  if (!keptCheck.Check(approval))
    return { name: '', category: '', content_type: contentType, status: 'unsubmitted', rejection_reason: '' };
  const { requested, ...request } = approval;
  const status = isReviewed(network, requested) ? 'approved' : 'received';
  return { type: 'whatsapp', ...request, content_type: contentType, status, rejection_reason: '' };
}

function requestApproval(call: Call): Answer {
  const content = find(call);
  if (!requestCheck.Check(call.json)) {
    const first = requestCheck.Errors(call.json)[0];
    throw twilioFault(
      20001,
      `${first?.instancePath} ${first?.message}: give name (a-z, 0-9, _) and category`,
    );
  }
  const requested = call.network.now();
  const changed = { ...content, fields: { ...content.fields, approval: { ...call.json, requested } } };
  keepResource(call.network, contents, changed);
  return { status: 201, json: approvalOf(call, changed) };
}

/** Contents, and their approval for WhatsApp. */
export const contentRoutes: Route[] = [
  ...collectionRoutes(contents),
  { method: 'POST', path: contents.path, answer: create },
  {
    method: 'PUT',
    path: `${contents.path}/:sid`,
    answer: (call) => {
      const changed = {
        ...find(call),
        fields: { ...contents.usual, ...creationIn(call) },
        updated: call.network.now(),
      };
      keepResource(call.network, contents, changed);
      return { status: 200, json: resourceJson(contents, call, changed) };
    },
  },
  { method: 'POST', path: `${contents.path}/:sid/ApprovalRequests/whatsapp`, answer: requestApproval },
  {
    method: 'GET',
    path: `${contents.path}/:sid/ApprovalRequests`,
    answer: (call) => {
      const content = find(call);
      const url = `${call.origin}${call.path}`;
      const whatsapp = approvalOf(call, content);
      return { status: 200, json: { sid: content.sid, account_sid: content.accountSid, whatsapp, url } };
    },
  },
  {
    method: 'GET',
    path: '/v1/ContentAndApprovals',
    answer: (call) => {
      const rows = resourcesOf(call.network, call.account.sid, contents);
      return pageOf(call, contents.key, rows, (row) => ({
        ...resourceJson(contents, call, row),
        approval_requests: approvalOf(call, row),
      }));
    },
  },
];
