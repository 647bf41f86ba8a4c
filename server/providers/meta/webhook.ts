import type { AccountChange, InboundMessage, Receipt, UserPreference } from '../callback.ts';
import type { FlowUpdate } from '../flow-management.ts';
import { isRecord, type JsonRecord, recordAt, recordsAt, secondsAt, textAt } from '../json-reading.ts';
import type { ReceiptStatus } from '../sending.ts';
import type { TemplateUpdate } from '../template-approval.ts';
import { parseAccountChanges } from './account-change.ts';
import { parseFlowUpdate } from './flow-update.ts';
import { parseInboundMessages } from './inbound.ts';
import { parseTemplateUpdate } from './template-update.ts';

/** What one webhook post says, sorted; what we do not read is counted. */
export interface WebhookContents {
  receipts: Receipt[];
  inbound: InboundMessage[];
  templates: TemplateUpdate[];
  flows: FlowUpdate[];
  preferences: UserPreference[];
  accountChanges: AccountChange[];
  /** Changes, statuses and messages of kinds this program does not read. */
  unknown: number;
}

/** Meta's status words; `played` (a voice message) is more than read. */
const STATUSES: Readonly<Record<string, ReceiptStatus>> = {
  sent: 'sent',
  delivered: 'delivered',
  read: 'read',
  played: 'read',
  failed: 'failed',
};

const TEMPLATE_FIELDS = new Set([
  'message_template_status_update',
  'message_template_quality_update',
  'template_category_update',
]);

/**
 * Reads a webhook's JSON: many entries, many changes, in any order, some of them more than once. Never throws:
 * fields and kinds that Meta adds are passed over and counted. A `read` receipt implies delivery, for Meta
 * leaves `delivered` out when a message is read at once. `now` stands in where an instant is missing.
 */
export function parseWebhook(payload: unknown, now: Date): WebhookContents {
  const contents: WebhookContents = {
    receipts: [],
    inbound: [],
    templates: [],
    flows: [],
    preferences: [],
    accountChanges: [],
    unknown: 0,
  };
  if (!isRecord(payload)) return { ...contents, unknown: 1 };
  for (const entry of recordsAt(payload, 'entry')) {
    const at = secondsAt(entry, 'time') ?? now;
    for (const change of recordsAt(entry, 'changes'))
      readChange(textAt(entry, 'id') ?? '', change, at, contents);
  }
  return contents;
}

function readChange(
  businessAccountId: string,
  change: JsonRecord,
  at: Date,
  contents: WebhookContents,
): void {
  const field = textAt(change, 'field') ?? '';
  const value = recordAt(change, 'value');
  if (field === 'messages') {
    readStatuses(value, at, contents);
    const { messages, unread } = parseInboundMessages(value, at);
    const changes = parseAccountChanges(value, at);
    contents.inbound.push(...messages);
    contents.accountChanges.push(...changes);
    contents.unknown += unread - changes.length + recordsAt(value, 'errors').length;
  } else if (field === 'user_preferences') {
    readPreferences(value, at, contents);
  } else if (field === 'flows') {
    const update = parseFlowUpdate(businessAccountId, value, at);
    if (update === null) contents.unknown++;
    else contents.flows.push(update);
  } else if (TEMPLATE_FIELDS.has(field)) {
    const update = parseTemplateUpdate(businessAccountId, field, value, at);
    if (update === null) contents.unknown++;
    else contents.templates.push(update);
  } else {
    contents.unknown++;
  }
}

function readStatuses(value: JsonRecord, at: Date, contents: WebhookContents): void {
  for (const entry of recordsAt(value, 'statuses')) {
    const word = textAt(entry, 'status') ?? '';
    const status = Object.hasOwn(STATUSES, word) ? STATUSES[word] : undefined;
    const providerMessageId = textAt(entry, 'id');
    if (status === undefined || providerMessageId === undefined) {
      contents.unknown++;
      continue;
    }
    contents.receipts.push({
      reference: textAt(entry, 'biz_opaque_callback_data') ?? '',
      providerMessageId,
      status,
      ...(status === 'failed' ? failureOf(entry) : {}),
      at: secondsAt(entry, 'timestamp') ?? at,
    });
  }
}

function failureOf(status: JsonRecord): { code?: string; detail?: string } {
  const error = recordsAt(status, 'errors')[0] ?? {};
  const code = textAt(error, 'code');
  const detail =
    textAt(recordAt(error, 'error_data'), 'details') ?? textAt(error, 'message') ?? textAt(error, 'title');
  return { ...(code === undefined ? {} : { code }), ...(detail === undefined ? {} : { detail }) };
}

function readPreferences(value: JsonRecord, at: Date, contents: WebhookContents): void {
  const phoneNumberId = textAt(recordAt(value, 'metadata'), 'phone_number_id');
  for (const entry of recordsAt(value, 'user_preferences')) {
    const phone = textAt(entry, 'wa_id');
    const whatsAppUserId = textAt(entry, 'user_id');
    const wish = textAt(entry, 'value');
    const detail = textAt(entry, 'detail');
    if ((wish !== 'stop' && wish !== 'resume') || (phone === undefined && whatsAppUserId === undefined)) {
      contents.unknown++;
      continue;
    }
    contents.preferences.push({
      ...(phoneNumberId === undefined ? {} : { phoneNumberId }),
      ...(phone === undefined ? {} : { phone: `+${phone.replace(/^\+/, '')}` }),
      ...(whatsAppUserId === undefined ? {} : { whatsAppUserId }),
      category: textAt(entry, 'category') ?? 'marketing_messages',
      value: wish,
      ...(detail === undefined ? {} : { detail }),
      at: secondsAt(entry, 'timestamp') ?? at,
    });
  }
}
