import { Type } from 'typebox';
import { Compile } from 'typebox/compile';
import type { Network } from '../network/network.ts';
import type { Business, Template } from '../network/registry.ts';
import { type MetaError, metaError } from './errors.ts';
import { templateKey } from './send.ts';
import { createFault } from './template-creation.ts';
import { reviewFault } from './template-rules.ts';
import { type Component, componentsOf } from './template-text.ts';
import { setTemplateStatus } from './template-verdicts.ts';

const Creation = Type.Object({
  name: Type.String(),
  language: Type.String(),
  category: Type.String(),
  parameter_format: Type.Optional(Type.String()),
  components: Type.Array(Type.Unknown()),
});
const creationCheck = Compile(Creation);

const Edit = Type.Object({
  category: Type.Optional(Type.String()),
  components: Type.Optional(Type.Array(Type.Unknown())),
});
const editCheck = Compile(Edit);

/** Reviews a template after the time that takes, as it then is: approved, or rejected with a reason. */
function review(network: Network, business: Business, key: string): void {
  const delay = network.behaviours.list().all.templateReviewMs;
  network.schedule.after(delay, () => {
    const template = network.registry.templates.get(key);
    if (template?.status !== 'PENDING') return;
    const reason = reviewFault(template);
    setTemplateStatus(network, business, template, {
      ...{ status: reason ? 'REJECTED' : 'APPROVED', reason: reason ?? 'NONE' },
    });
  });
}

/** Takes up the reviews that a stop of the program cut off. */
export function resumeReviews(network: Network): void {
  for (const [key, template] of network.registry.templates.entries()) {
    const business = network.registry.businesses.get(template.wabaId);
    if (business && template.status === 'PENDING') review(network, business, key);
  }
}

/** Of an authentication template the words are Meta's own, and the button that copies the code is one that opens an address. */
function completed(category: string, parts: unknown[]): unknown[] {
  if (category !== 'AUTHENTICATION') return parts;
  return componentsOf(parts).map((part) => {
    switch (part.type.toUpperCase()) {
      case 'BODY':
        return part.text ? part : { ...part, text: codeWords(part.add_security_recommendation === true) };
      case 'FOOTER':
        return { ...part, text: `This code expires in ${part.code_expiration_minutes ?? 10} minutes.` };
      case 'BUTTONS':
        return { ...part, buttons: part.buttons?.map(completedButton) };
      default:
        return part;
    }
  });
}

const codeWords = (isWarned: boolean) =>
  `*{{1}}* is your verification code.${isWarned ? ' For your security, do not share this code.' : ''}`;

const completedButton = (button: NonNullable<Component['buttons']>[number]) =>
  button.type.toUpperCase() === 'OTP'
    ? {
        ...{ type: 'URL', text: button.text ?? 'Copy code' },
        url: `https://www.whatsapp.com/otp/code/?otp_type=${button.otp_type ?? 'COPY_CODE'}&code=otp{{1}}`,
      }
    : button;

/** Most templates of a business that is not verified; each language counts as one. */
const mostTemplates = 250;
/** How long the name of a deleted template is nobody's. */
const nameRestMs = 30 * 86_400_000;

/** Whether there is place for another template of this name and language. */
function placeFault(
  { registry, now }: Network,
  { id }: Business,
  { name, language }: Pick<Template, 'name' | 'language'>,
): MetaError | null {
  const wrong = (subcode: number, details: string): MetaError => ({ ...metaError(100, details), subcode });
  const rests = registry.deletedTemplates.get(templateKey(id, name, language));
  if (registry.templates.has(templateKey(id, name, language)))
    return wrong(2388024, `There is already ${language} content for the template ${name}`);
  if (rests !== undefined && now() - rests < nameRestMs)
    return wrong(2388023, `${language} content of ${name} is being deleted; its name is free after 30 days`);
  const count = registry.templates.values().filter((one) => one.wabaId === id).length;
  return count >= mostTemplates
    ? wrong(2388019, `This account has ${mostTemplates} templates, the most it may have`)
    : null;
}

/** A button may open a flow of the same business only. */
function flowFault({ registry }: Network, { id }: Business, parts: unknown[]): MetaError | null {
  const buttons = componentsOf(parts).flatMap((part) => part.buttons ?? []);
  const lacking = buttons
    .map(({ flow_id, flow_name }) => flow_id ?? flow_name)
    .find(
      (wanted) =>
        wanted !== undefined &&
        !registry.flows.values().some((flow) => flow.wabaId === id && [flow.id, flow.name].includes(wanted)),
    );
  return lacking === undefined ? null : metaError(100, `Flow ${lacking} does not exist`);
}

/** Takes a template for review. */
export function createTemplate(
  network: Network,
  business: Business,
  value: unknown,
): { template: Template } | { error: MetaError } {
  if (!creationCheck.Check(value)) {
    const first = creationCheck.Errors(value)[0];
    return { error: metaError(100, first ? `${first.instancePath} ${first.message}` : 'not a template') };
  }
  const { name, language, components } = value;
  const category = value.category.toUpperCase();
  const isNamed = value.parameter_format?.toUpperCase() === 'NAMED';
  const wrong = createFault({ name, language, category, parts: components, isNamed });
  if (wrong) return { error: wrong };
  const key = templateKey(business.id, name, language);
  const held = placeFault(network, business, { name, language }) ?? flowFault(network, business, components);
  if (held) return { error: held };
  const template: Template = {
    id: String(network.now() * 1000 + (network.registry.templates.values().length % 1000)),
    wabaId: business.id,
    name,
    language,
    category,
    status: 'PENDING',
    parameterFormat: isNamed ? 'NAMED' : 'POSITIONAL',
    components: completed(category, components),
    reason: 'NONE',
  };
  network.registry.templates.set(key, template);
  review(network, business, key);
  return { template };
}

/** What is approved may be changed so often (Meta, template management); what is rejected or paused as often as one likes. */
const mostEdits = [
  { within: 24 * 3_600_000, most: 1 },
  { within: 30 * 24 * 3_600_000, most: 10 },
];

function editFault(
  network: Network,
  { status, category, edits = [] }: Template,
  asked: string,
): MetaError | null {
  if (!['APPROVED', 'REJECTED', 'PAUSED'].includes(status))
    return metaError(100, `A template that is ${status} cannot be edited`);
  if (status !== 'APPROVED') return null;
  if (asked !== category) return metaError(100, 'The category of an approved template cannot be changed');
  const isOver = mostEdits.some(
    ({ within, most }) => edits.filter((at) => network.now() - at < within).length >= most,
  );
  return isOver
    ? metaError(100, 'An approved template is edited once in 24 hours and ten times in 30 days at most')
    : null;
}

/** Changes a template, which then is reviewed anew. */
export function editTemplate(
  network: Network,
  business: Business,
  template: Template,
  value: unknown,
): MetaError | null {
  if (!editCheck.Check(value)) return metaError(100, 'components or category');
  const components = value.components ?? template.components;
  const category = value.category?.toUpperCase() ?? template.category;
  const fault = editFault(network, template, category);
  if (fault) return fault;
  const { name, language, parameterFormat } = template;
  const isNamed = parameterFormat === 'NAMED';
  const wrong = createFault({ name, language, category, parts: components, isNamed });
  if (wrong) return wrong;
  const key = templateKey(business.id, template.name, template.language);
  const { edits = [] } = template;
  network.registry.templates.set(key, {
    ...template,
    category,
    components: completed(category, components),
    status: 'PENDING',
    ...(template.status === 'APPROVED' ? { edits: [...edits, network.now()] } : {}),
  });
  review(network, business, key);
  return null;
}

/** Ends a pause; says why not where there is none. */
export function unpauseTemplate(
  network: Network,
  business: Business,
  template: Template,
): { success: boolean; reason?: string } {
  if (template.status !== 'PAUSED') return { success: false, reason: `It is ${template.status}, not paused` };
  setTemplateStatus(network, business, template, { status: 'APPROVED', reason: 'NONE' });
  return { success: true };
}

/** Removes a template by name in all languages, or one by id. False when there is none. */
export function deleteTemplates(
  network: Network,
  business: Business,
  name: string | null,
  id: string | null,
): boolean {
  const found = templatesOf(network, business).filter((one) => (id ? one.id === id : one.name === name));
  for (const one of found) {
    const key = templateKey(business.id, one.name, one.language);
    network.registry.templates.delete(key);
    if (one.status === 'APPROVED') network.registry.deletedTemplates.set(key, network.now());
  }
  return found.length > 0;
}

/** A business's templates. */
export function templatesOf(network: Network, business: Business): Template[] {
  return network.registry.templates.values().filter((one) => one.wabaId === business.id);
}

/** A template as the Graph API answers it. */
export function templateJson(template: Template): Record<string, unknown> {
  return {
    id: template.id,
    name: template.name,
    language: template.language,
    status: template.status,
    category: template.category,
    parameter_format: template.parameterFormat,
    components: template.components,
    quality_score: { score: template.quality ?? 'UNKNOWN' },
    rejected_reason: template.status === 'REJECTED' ? template.reason : 'NONE',
  };
}

/** A page of a business's templates: filters `name`, `status`, `language`, `category`; paging `limit`, `after`. `address` is the list's own. */
export function listTemplates(
  network: Network,
  business: Business,
  address: string,
  query: URLSearchParams,
): Record<string, unknown> {
  const wanted = (field: 'name' | 'status' | 'language' | 'category', value: string) => {
    const asked = query.get(field);
    return asked === null || asked === value;
  };
  const all = templatesOf(network, business).filter(
    (one) =>
      wanted('name', one.name) &&
      wanted('status', one.status) &&
      wanted('language', one.language) &&
      wanted('category', one.category),
  );
  const limit = Math.min(Math.max(1, Number(query.get('limit')) || 25), 1000);
  const start = Number(query.get('after') ?? 0) || 0;
  const data = all.slice(start, start + limit).map(templateJson);
  const end = start + data.length;
  const paging = { cursors: { before: String(start), after: String(end) } };
  return {
    data,
    paging: end < all.length ? { ...paging, next: `${address}?after=${end}&limit=${limit}` } : paging,
  };
}
