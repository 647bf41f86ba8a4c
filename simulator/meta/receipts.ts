import type { MetaEntry } from '../ledger/entry.ts';
import type { Behaviour } from '../network/behaviour.ts';
import { within } from '../network/behaviour.ts';
import { type Network, playReceipts, type ReceiptStep } from '../network/network.ts';
import { metaError, statusErrors } from './errors.ts';
import type { People } from './people.ts';
import { sendWebhook } from './webhooks.ts';

/** The price class of a message: its template's category, or `service`. */
function categoryOf(entry: MetaEntry): string {
  return entry.template ? entry.template.category.toLowerCase() : 'service';
}

function statusOf(entry: MetaEntry, step: ReceiptStep, people: People, at: number): Record<string, unknown> {
  const status: Record<string, unknown> = {
    id: entry.id,
    status: step.status,
    timestamp: String(Math.floor(at / 1000)),
  };
  const number = people.numberShown(entry.userId, entry.to);
  if (number !== null) status.recipient_id = number;
  if (entry.userId !== undefined) status.recipient_user_id = entry.userId;
  if (entry.reference !== undefined) status.biz_opaque_callback_data = entry.reference;
  if (step.status === 'failed') status.errors = statusErrors(metaError(step.errorCode ?? 131000));
  else if (step.status !== 'read')
    status.pricing = { billable: true, pricing_model: 'PMP', type: 'regular', category: categoryOf(entry) };
  return status;
}

function stepsOf(behaviour: Behaviour, errorCode: number | null, random: () => number): ReceiptStep[] {
  const last = within(behaviour.receiptDelayMs, random);
  if (errorCode !== null) return [{ status: 'failed', delayMs: last, errorCode }];
  const steps = [
    { status: 'sent', delayMs: last * random() * 0.5 },
    { status: 'delivered', delayMs: last },
  ];
  if (random() < behaviour.read) steps.push({ status: 'read', delayMs: last * 1.5 });
  return steps;
}

/** Sends the statuses of a message in their time to its business. */
export function sendStatuses(
  network: Network,
  people: People,
  behaviour: Behaviour,
  entry: MetaEntry,
  errorCode: number | null,
): void {
  const steps = stepsOf(behaviour, errorCode, network.random);
  playReceipts(network, behaviour, entry, steps, (step) => {
    const owner = network.registry.businessOf(entry.phoneNumberId);
    if (!owner) return;
    const at = network.now();
    sendWebhook(network, owner.business, 'messages', () => ({
      messaging_product: 'whatsapp',
      metadata: { display_phone_number: owner.displayNumber.slice(1), phone_number_id: entry.phoneNumberId },
      statuses: [statusOf(entry, step, people, at)],
    }));
  });
}
