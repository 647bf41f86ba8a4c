import type { Context } from '../http/context.ts';
import { ApiError, firstFaults } from '../http/errors.ts';
import type { FlowCategory } from '../providers/flow-management.ts';
import { type JsonRecord, parseRecord } from '../providers/json-reading.ts';
import { asksEndpoint, type FlowFault, flowFaults } from './check-flow.ts';
import { endpointOf } from './endpoint-address.ts';
import type { ExchangePlan } from './exchange-plan.ts';
import { type FlowAccount, notDone, requireFlowAccount } from './flow-account.ts';
import {
  deleteFlow,
  type Flow,
  type FlowVersion,
  insertFlow,
  insertVersion,
  keepFlowStatus,
  keepPreview,
  keepUpload,
  newestVersions,
  requireFlow,
} from './flows.sql.ts';
import type { FlowMapping } from './mapping.ts';

/** A flow that is to be made. */
interface NewFlow {
  name: string;
  categories: readonly FlowCategory[];
  json: JsonRecord;
  mapping: FlowMapping;
  exchange: ExchangePlan | null;
  forwardSecret: Buffer | null;
  clonedFrom: number | null;
}

/** Makes a flow at its provider with its first version. @throws ApiError InvalidTemplate, ProviderError. */
export async function createFlow(
  context: Context,
  { id: projectId, by }: { id: number; by: string },
  held: FlowAccount,
  flow: NewFlow,
): Promise<Flow> {
  requireSound(flow.json);
  const { name, categories } = flow;
  const { account, flows } = held;
  const made = await flows.create(account, { name, categories }, context.providers.exchanges);
  if (made.outcome !== 'created') throw notDone(held, made, 'refused the flow');
  const at = context.clock.now();
  const row = await insertFlow(context.db, {
    ...{ project_id: projectId, provider_account_id: account.id, provider_flow_id: made.id },
    ...{ name, categories: [...categories], status: 'DRAFT', status_at: at, cloned_from: flow.clonedFrom },
    ...{ mapping: flow.mapping, exchange: flow.exchange, forward_secret: flow.forwardSecret },
    ...{ preview_url: null, preview_until: null, created_by: by, created_at: at, updated_at: at },
  });
  await saveVersion(context, row, { json: flow.json, after: 0, by });
  return row;
}

/** @throws ApiError InvalidTemplate with each fault, its place and its remedy. */
function requireSound(json: unknown): void {
  const faults = flowFaults(json);
  const [first] = faults;
  if (first)
    throw new ApiError('InvalidTemplate', `json.${faultWords(first)}`, {
      ...firstFaults(
        faults.map((each) => ({ field: `json.${each.path}`, fault: `${each.fault}. ${each.remedy}` })),
      ),
    });
}

const faultWords = ({ path, fault, remedy }: FlowFault): string => `${path} ${fault}. ${remedy}`;

/**
 * Keeps another version of a draft and gives it to the provider; `after` is the version that it was written from. One that did not come there
 * stays, and goes with the next call. @throws ApiError Conflict, InvalidState, InvalidTemplate, ProviderError.
 */
export async function saveVersion(
  context: Context,
  flow: Flow,
  { json, after, by }: { json: JsonRecord; after: number; by: string },
): Promise<FlowVersion> {
  requireDraft(flow, 'changed', 'clone it');
  requireSound(json);
  const text = JSON.stringify(json, null, 2);
  const at = context.clock.now();
  const version = { flowId: flow.id, after, json: text, savedBy: by, at };
  if (!(await insertVersion(context.db, version)))
    throw new ApiError(
      'Conflict',
      `Version ${after + 1} of this flow was saved by somebody else meanwhile; look at it, and save yours after it`,
      { field: 'after', value: after },
    );
  return uploadNewest(context, flow);
}

/** Gives the provider the newest version, unless it has it. @throws ApiError ProviderError. */
async function uploadNewest(context: Context, flow: Flow): Promise<FlowVersion> {
  const newest = (await newestVersions(context.db, [flow.id])).get(flow.id);
  if (!newest) throw new Error(`flow ${flow.id} has no version`);
  if (newest.uploadedAt !== null) return newest;
  const held = await requireFlowAccount(context, flow.project_id, flow.provider_account_id);
  const { account, flows } = held;
  const { exchanges } = context.providers;
  const id = flow.provider_flow_id;
  if (asksEndpoint(parseRecord(newest.json))) {
    const told = await flows.update(
      account,
      id,
      { endpoint: endpointOf(context.publicUrl, flow.id) },
      exchanges,
    );
    if (told.outcome !== 'done') throw notDone(held, told, 'refused the endpoint');
  }
  const uploaded = await flows.upload(account, id, newest.json, exchanges);
  if (uploaded.outcome !== 'uploaded')
    throw notDone(held, uploaded, `did not take version ${newest.number}, which is kept here`);
  const at = context.clock.now();
  await keepUpload(context.db, flow.id, newest.number, uploaded.findings, at);
  return { ...newest, findings: uploaded.findings, uploadedAt: at };
}

/** Asks the provider where a flow stands, and keeps it. @throws ApiError ProviderError. */
export async function refreshFlow(context: Context, flow: Flow): Promise<Flow> {
  const held = await requireFlowAccount(context, flow.project_id, flow.provider_account_id);
  const at = context.clock.now();
  const looked = await held.flows.look(held.account, flow.provider_flow_id, context.providers.exchanges);
  if (looked.outcome !== 'found') throw notDone(held, looked, 'did not tell of the flow');
  const { status, previewUrl, previewUntil } = looked.flow;
  await keepFlowStatus(context.db, flow.project_id, flow.provider_flow_id, { status, at });
  await keepPreview(context.db, flow.id, { url: previewUrl, until: previewUntil });
  return requireFlow(context.db, flow.project_id, flow.id);
}

/** Publishes a draft, which nobody can change from then on. @throws ApiError InvalidState, ProviderError. */
export async function publishFlow(context: Context, flow: Flow): Promise<Flow> {
  requireDraft(flow, 'published', 'clone it to change it');
  const newest = await uploadNewest(context, flow);
  const [finding] = newest.findings;
  if (finding)
    throw new ApiError(
      'InvalidState',
      `Meta finds version ${newest.number} wrong: ${[finding.at, finding.message].filter(Boolean).join(': ')}; mend it and save it anew`,
      { findings: newest.findings.length },
    );
  return act(context, flow, 'publish', 'PUBLISHED');
}

/** Ends a published flow: it is sent no more, and whoever has it cannot open it. @throws ApiError InvalidState, ProviderError. */
export async function deprecateFlow(context: Context, flow: Flow): Promise<Flow> {
  if (flow.status === 'DRAFT' || flow.status === 'DEPRECATED')
    throw new ApiError(
      'InvalidState',
      `The flow is ${flow.status}; only a published one can be deprecated${flow.status === 'DRAFT' ? ', and a draft deleted' : ''}`,
      { status: flow.status },
    );
  return act(context, flow, 'deprecate', 'DEPRECATED');
}

/** Deletes a draft, at the provider and here. @throws ApiError InvalidState, ProviderError. */
export async function removeFlow(context: Context, flow: Flow): Promise<void> {
  requireDraft(flow, 'deleted', 'deprecate it');
  const held = await requireFlowAccount(context, flow.project_id, flow.provider_account_id);
  const { account, flows } = held;
  const gone = await flows.act(account, flow.provider_flow_id, 'delete', context.providers.exchanges);
  if (gone.outcome !== 'done') throw notDone(held, gone, 'did not delete the flow');
  await deleteFlow(context.db, flow.id);
}

async function act(
  context: Context,
  flow: Flow,
  deed: 'publish' | 'deprecate',
  status: string,
): Promise<Flow> {
  const held = await requireFlowAccount(context, flow.project_id, flow.provider_account_id);
  const { account, flows } = held;
  const done = await flows.act(account, flow.provider_flow_id, deed, context.providers.exchanges);
  if (done.outcome !== 'done') throw notDone(held, done, `did not ${deed} the flow`);
  await keepFlowStatus(context.db, flow.project_id, flow.provider_flow_id, {
    ...{ status, at: context.clock.now() },
  });
  return requireFlow(context.db, flow.project_id, flow.id);
}

function requireDraft({ status }: Flow, deed: string, remedy: string): void {
  if (status !== 'DRAFT')
    throw new ApiError('InvalidState', `The flow is ${status}, and only a draft can be ${deed}; ${remedy}`, {
      status,
    });
}
