import { textAt } from '../json-reading.ts';
import type { ProviderFailure } from '../provider-failure.ts';
import type { ProviderTemplate, TemplateApproval } from '../template-approval.ts';
import { isMetaAccount } from './account.ts';
import { uploadHeaderSample } from './header-sample.ts';
import { statusOf } from './template-status.ts';
import {
  createMessageTemplate,
  deleteMessageTemplate,
  editMessageTemplate,
  listMessageTemplates,
  type MetaTemplate,
  unpauseMessageTemplate,
} from './templates.ts';

const otherAccount: ProviderFailure = { outcome: 'unreachable', detail: 'the account is not one with Meta' };

/** How WhatsApp templates are brought before Meta. */
export const metaApproval: TemplateApproval = {
  async find(account, { name, language }, exchanges) {
    if (!isMetaAccount(account)) return otherAccount;
    const result = await listMessageTemplates(account, name, exchanges);
    if (result.outcome !== 'listed') return result;
    const found = result.templates.find((each) => each.language === language);
    return { outcome: 'found', template: found ? templateOf(found) : null };
  },
  async submit(account, template, exchanges) {
    if (!isMetaAccount(account)) return otherAccount;
    const result = await createMessageTemplate(account, template, exchanges);
    return result.outcome === 'created' ? { ...result, status: statusOf(result.status) } : result;
  },
  async edit(account, id, template, exchanges) {
    return isMetaAccount(account) ? editMessageTemplate(account, id, template, exchanges) : otherAccount;
  },
  async remove(account, { name, providerTemplateId: id }, exchanges) {
    if (!isMetaAccount(account)) return otherAccount;
    const result = await deleteMessageTemplate(account, { name, id }, exchanges);
    return result.outcome === 'deleted' ? { outcome: 'done' } : result;
  },
  async unpause(account, id, exchanges) {
    return isMetaAccount(account) ? unpauseMessageTemplate(account, id, exchanges) : otherAccount;
  },
  async uploadSample(account, sample, exchanges) {
    if (!isMetaAccount(account)) return { outcome: 'failed', detail: otherAccount.detail };
    return uploadHeaderSample(account, sample, exchanges);
  },
};

function templateOf({
  id,
  name,
  language,
  status,
  category,
  rejectedReason,
  quality,
  components,
}: MetaTemplate): ProviderTemplate {
  const body = components.find((component) => component.type === 'BODY');
  const text = body && textAt(body, 'text');
  return {
    ...{ id, name, language, category, status: statusOf(status) },
    ...(rejectedReason === undefined ? {} : { rejectedReason }),
    ...(quality === undefined ? {} : { quality }),
    ...(text === undefined ? {} : { body: text }),
  };
}
