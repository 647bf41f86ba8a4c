import { Type } from 'typebox';
import { nullable } from '../http/schemas.ts';
import { parseRecord } from '../providers/json-reading.ts';
import { asksEndpoint } from './check-flow.ts';
import { endpointOf } from './endpoint-address.ts';
import { exchangePlan } from './exchange-plan.ts';
import { answerFields } from './flow-answers.ts';
import type { Flow, FlowVersion } from './flows.sql.ts';
import { flowMapping } from './mapping.ts';

const finding = Type.Object({
  error: Type.String({ description: 'Meta’s code' }),
  message: Type.String(),
  at: Type.String({ description: 'Where, as Meta says it; empty where it says nothing' }),
});

/** An answer that a flow asks for. */
export const answerFieldSchema = Type.Object({
  name: Type.String(),
  part: nullable(Type.String({ description: 'With what it is filled in, as OptIn' })),
  label: nullable(Type.String()),
  choices: Type.Array(Type.Object({ id: Type.String(), title: Type.String() })),
});

/** A version of a flow without its JSON. */
export const versionHead = Type.Object({
  number: Type.Integer(),
  findings: Type.Array(finding, { description: 'What Meta finds wrong with it' }),
  uploadedAt: nullable(Type.String({ description: 'When Meta had it; null while it has not' })),
  savedBy: Type.String(),
  savedAt: Type.String(),
});

/** A flow in a list. */
export const flowSummary = Type.Object({
  id: Type.Integer(),
  name: Type.String(),
  categories: Type.Array(Type.String()),
  status: Type.String({ description: 'Meta’s word; only PUBLISHED is sent to people' }),
  providerAccountId: Type.Integer(),
  providerFlowId: Type.String({ description: 'What a message names as `flow.id`' }),
  version: Type.Integer({ description: 'The newest' }),
  findings: Type.Integer({ description: 'How many things Meta finds wrong with it' }),
  firstScreen: Type.String(),
  usesEndpoint: Type.Boolean({ description: 'Whether it asks while it is filled in' }),
  answers: Type.Integer({ description: 'How often it was filled in' }),
  clonedFrom: nullable(Type.Integer()),
  createdBy: Type.String(),
  createdAt: Type.String(),
  updatedAt: Type.String(),
});

/** A flow whole. */
export const flowAnswer = Type.Object({
  ...flowSummary.properties,
  json: Type.Record(Type.String(), Type.Unknown(), { description: 'The newest version' }),
  versions: Type.Array(versionHead, { description: 'The newest first' }),
  fields: Type.Array(answerFieldSchema, { description: 'What its answers hold' }),
  mapping: flowMapping,
  exchange: nullable(exchangePlan),
  isForwardSigned: Type.Boolean(),
  endpoint: nullable(Type.String({ description: 'Where phones call, of one that asks' })),
  previewUrl: nullable(Type.String({ description: 'Meta’s own page that shows it' })),
  previewUntil: nullable(Type.String()),
});

/** A flow as a list shows it. */
export function summaryView(flow: Flow, newest: FlowVersion | undefined, answers: number) {
  const json = parseRecord(newest?.json ?? '');
  const screens = Array.isArray(json.screens) ? json.screens : [];
  const [first] = screens;
  return {
    ...{ id: flow.id, name: flow.name, categories: flow.categories, status: flow.status },
    ...{ providerAccountId: flow.provider_account_id, providerFlowId: flow.provider_flow_id },
    ...{ version: newest?.number ?? 0, findings: newest?.findings.length ?? 0, answers },
    firstScreen: typeof first?.id === 'string' ? first.id : '',
    usesEndpoint: asksEndpoint(json),
    ...{ clonedFrom: flow.cloned_from, createdBy: flow.created_by },
    ...{ createdAt: flow.created_at.toISOString(), updatedAt: flow.updated_at.toISOString() },
  };
}

/** The head of a version. */
export const headView = ({ json: _, uploadedAt, savedAt, ...rest }: FlowVersion) => ({
  ...rest,
  ...{ uploadedAt: uploadedAt?.toISOString() ?? null, savedAt: savedAt.toISOString() },
});

/** A flow as it is shown by itself. */
export function flowView(flow: Flow, versions: readonly FlowVersion[], answers: number, publicUrl: string) {
  const [newest] = versions;
  const json = parseRecord(newest?.json ?? '');
  const summary = summaryView(flow, newest, answers);
  return {
    ...summary,
    json: { ...json },
    versions: versions.map(headView),
    fields: answerFields(json),
    ...{ mapping: flow.mapping, exchange: flow.exchange, isForwardSigned: flow.forward_secret !== null },
    endpoint: summary.usesEndpoint ? endpointOf(publicUrl, flow.id) : null,
    ...{ previewUrl: flow.preview_url, previewUntil: flow.preview_until?.toISOString() ?? null },
  };
}
