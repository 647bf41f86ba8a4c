import type { Network } from '../network/network.ts';
import type { Business, Template } from '../network/registry.ts';
import { templateKey } from './send.ts';
import { sendWebhook } from './webhooks.ts';

/** What Meta makes of a template. */
export interface TemplateVerdict {
  status?: string | undefined;
  reason?: string | undefined;
  /** Meta's own advice beside INVALID_FORMAT. */
  advice?: string | undefined;
  quality?: string | undefined;
  category?: string | undefined;
  /** Seconds until the category holds; at once unless given. */
  announcedIn?: number | undefined;
}

function keep({ registry }: Network, template: Template, change: Partial<Template>): Template {
  const key = templateKey(template.wabaId, template.name, template.language);
  const changed = { ...(registry.templates.get(key) ?? template), ...change };
  registry.templates.set(key, changed);
  return changed;
}

const identityOf = ({ id, name, language }: Template) => ({
  message_template_id: id,
  message_template_name: name,
  message_template_language: language,
});

/** Changes a template's status and tells its business. */
export function setTemplateStatus(
  network: Network,
  business: Business,
  template: Template,
  { status, reason, advice }: { status: string; reason: string; advice?: string | undefined },
): void {
  keep(network, template, { status, reason });
  const told = advice === undefined ? {} : { rejection_info: { reason: '', recommendation: advice } };
  sendWebhook(network, business, 'message_template_status_update', () => ({
    ...{ event: status, ...identityOf(template) },
    message_template_category: template.category,
    ...{ reason, ...told },
  }));
}

function setQuality(network: Network, business: Business, template: Template, quality: string): void {
  const previous = template.quality ?? 'UNKNOWN';
  keep(network, template, { quality });
  sendWebhook(network, business, 'message_template_quality_update', () => ({
    ...{ previous_quality_score: previous, new_quality_score: quality, ...identityOf(template) },
  }));
}

function setCategory(network: Network, business: Business, template: Template, category: string): void {
  const previous = template.category;
  keep(network, template, { category });
  sendWebhook(network, business, 'template_category_update', () => ({
    ...{ ...identityOf(template), previous_category: previous, new_category: category },
  }));
}

/** Meta tells a day ahead what it will file a template under, and once more when it does. */
function announceCategory(
  network: Network,
  business: Business,
  template: Template,
  category: string,
  seconds: number,
): void {
  const at = Math.floor(network.now() / 1000) + seconds;
  sendWebhook(network, business, 'template_category_update', () => ({
    ...{ ...identityOf(template), correct_category: category, new_category: template.category },
    category_update_timestamp: at,
  }));
  network.schedule.after(seconds * 1000, () => setCategory(network, business, template, category));
}

/** Has Meta make something of a template, and tell its business. */
export function judgeTemplate(
  network: Network,
  business: Business,
  template: Template,
  { status, reason = 'NONE', advice, quality, category, announcedIn }: TemplateVerdict,
): void {
  if (quality !== undefined) setQuality(network, business, template, quality);
  if (category !== undefined && announcedIn !== undefined)
    announceCategory(network, business, template, category, announcedIn);
  else if (category !== undefined) setCategory(network, business, template, category);
  if (status !== undefined) setTemplateStatus(network, business, template, { status, reason, advice });
}
