import type { Exchanges } from '../exchange.ts';
import { type JsonRecord, recordAt, recordsAt, textAt } from '../json-reading.ts';
import type { ProviderFailure } from '../provider-failure.ts';
import type { NewTemplate, ProviderTemplate, SubmittedTemplate } from '../template-approval.ts';
import type { MetaAccount } from './account.ts';
import { askGraph } from './ask-graph.ts';
import { buildTemplateComponents } from './template-components.ts';

/** A template as Meta holds it. Status and category are Meta's words, which may be new ones. */
export interface MetaTemplate extends Omit<ProviderTemplate, 'body'> {
  parameterFormat?: string;
  /** As Meta wrote them; kept whole. */
  components: JsonRecord[];
}

export type ListTemplatesResult = { outcome: 'listed'; templates: MetaTemplate[] } | ProviderFailure;
export type DeleteTemplateResult = { outcome: 'deleted' } | ProviderFailure;

const FIELDS =
  'id,name,language,status,category,sub_category,components,quality_score,rejected_reason,parameter_format';
const PAGE_SIZE = 100;
/** Enough for the 6,000 templates a verified account may hold. */
const MOST_PAGES = 60;

/** Submits a template for review. What Meta would surely refuse is refused here, as `content`. */
export async function createMessageTemplate(
  account: MetaAccount,
  template: NewTemplate,
  exchanges: Exchanges,
): Promise<SubmittedTemplate> {
  const built = buildTemplateComponents(template);
  const problems = built.ok ? [] : built.problems;
  if (!/^[a-z0-9_]{1,512}$/.test(template.name))
    problems.push('name is not of lower-case letters, digits and underscores');
  if (!built.ok || problems.length > 0) return refusedHere(problems);
  const { name, language, category } = template;
  const body = {
    name,
    language,
    category,
    parameter_format: built.parameterFormat,
    components: built.components,
  };
  const asked = await askGraph(account, exchanges, 'POST', templatesPath(account), body);
  if (!asked.ok) return asked.failure;
  const { answer } = asked;
  const id = textAt(answer, 'id');
  if (id === undefined) return { outcome: 'unreachable', detail: 'answered without an id' };
  return {
    outcome: 'created',
    id,
    status: textAt(answer, 'status') ?? 'PENDING',
    category: textAt(answer, 'category') ?? category,
  };
}

/** Lists all templates of the account, or those of one name in all its languages. */
export async function listMessageTemplates(
  account: MetaAccount,
  name: string | undefined,
  exchanges: Exchanges,
): Promise<ListTemplatesResult> {
  const templates: MetaTemplate[] = [];
  const filter = name === undefined ? '' : `&name=${encodeURIComponent(name)}`;
  let after: string | undefined = '';
  for (let page = 0; page < MOST_PAGES && after !== undefined; page++) {
    const cursor: string = after === '' ? '' : `&after=${encodeURIComponent(after)}`;
    const path = `${templatesPath(account)}?fields=${FIELDS}&limit=${PAGE_SIZE}${filter}${cursor}`;
    const asked = await askGraph(account, exchanges, 'GET', path);
    if (!asked.ok) return asked.failure;
    templates.push(...recordsAt(asked.answer, 'data').map(templateOf));
    const paging = recordAt(asked.answer, 'paging');
    after = paging.next === undefined ? undefined : textAt(recordAt(paging, 'cursors'), 'after');
  }
  // Meta finds names that merely contain what was asked for.
  return {
    outcome: 'listed',
    templates: templates.filter((template) => name === undefined || template.name === name),
  };
}

/** Deletes a template in all its languages, or in one when its `id` is given. The name rests for 30 days. */
export async function deleteMessageTemplate(
  account: MetaAccount,
  template: { name: string; id?: string },
  exchanges: Exchanges,
): Promise<DeleteTemplateResult> {
  const one = template.id === undefined ? '' : `&hsm_id=${encodeURIComponent(template.id)}`;
  const path = `${templatesPath(account)}?name=${encodeURIComponent(template.name)}${one}`;
  const asked = await askGraph(account, exchanges, 'DELETE', path);
  return asked.ok ? { outcome: 'deleted' } : asked.failure;
}

/** Replaces all of a template's parts; Meta looks at it anew. Its name and language stay. */
export async function editMessageTemplate(
  account: MetaAccount,
  id: string,
  { category, ...template }: NewTemplate,
  exchanges: Exchanges,
): Promise<{ outcome: 'done' } | ProviderFailure> {
  const built = buildTemplateComponents(template);
  if (!built.ok) return refusedHere(built.problems);
  const asked = await askGraph(account, exchanges, 'POST', encodeURIComponent(id), {
    ...{ category, components: built.components },
  });
  return asked.ok ? { outcome: 'done' } : asked.failure;
}

/** Ends a pause; one by pacing does not end otherwise. */
export async function unpauseMessageTemplate(
  account: MetaAccount,
  id: string,
  exchanges: Exchanges,
): Promise<{ outcome: 'done' } | ProviderFailure> {
  const asked = await askGraph(account, exchanges, 'POST', `${encodeURIComponent(id)}/unpause`);
  if (!asked.ok) return asked.failure;
  if (asked.answer.success !== false) return { outcome: 'done' };
  const detail = textAt(asked.answer, 'reason') ?? 'it stays paused';
  return { outcome: 'refused', errorClass: 'permanent', code: 'NOT_UNPAUSED', detail };
}

function refusedHere(problems: readonly string[]): ProviderFailure {
  return { outcome: 'refused', errorClass: 'content', code: 'INVALID_TEMPLATE', detail: problems.join('; ') };
}

function templatesPath(account: MetaAccount): string {
  return `${encodeURIComponent(account.businessAccountId)}/message_templates`;
}

function templateOf(entry: JsonRecord): MetaTemplate {
  const quality = textAt(recordAt(entry, 'quality_score'), 'score');
  const rejected = textAt(entry, 'rejected_reason');
  const parameterFormat = textAt(entry, 'parameter_format')?.toLowerCase();
  return {
    id: textAt(entry, 'id') ?? '',
    name: textAt(entry, 'name') ?? '',
    language: textAt(entry, 'language') ?? '',
    status: textAt(entry, 'status') ?? '',
    category: textAt(entry, 'category') ?? '',
    ...(parameterFormat === undefined ? {} : { parameterFormat }),
    ...(quality === undefined ? {} : { quality }),
    ...(rejected === undefined || rejected === 'NONE' ? {} : { rejectedReason: rejected }),
    components: recordsAt(entry, 'components'),
  };
}
