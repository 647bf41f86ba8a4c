import { Type } from 'typebox';
import { Value } from 'typebox/value';
import { type Dispatcher, request } from 'undici';
import type { Context } from '../http/context.ts';
import { openHeaders } from '../http/custom-headers.ts';
import { signatureOf } from '../http/signature.ts';
import type { Bell } from '../lanes/bell.ts';
import { openGuardedAgent } from '../outbound/connect.ts';
import { nextAttempt } from './back-off.ts';
import {
  type ClaimedEvent,
  claimWebhookEvents,
  deleteWebhookEvents,
  postponeWebhookEvents,
} from './webhook-event.sql.ts';

const eachClaim = 25;
const postTimeoutMs = 10_000;
/** Longer than a post may take, so that no other process claims what is under way. */
const leaseMs = 60_000;
/** What comes rings; what is to be tried again, and what a process that died left, waits this much longer at most. */
const idleMs = 5_000;

/**
 * Posts what is due to the webhooks until `signal` aborts, looking when `queued` rings and each five seconds; several
 * processes may do it at once. An event is
 * delivered at least once: a receiver tells repeats by the header `X-Carillon-Event`. Anything but a 2xx is
 * tried again for a day, then dropped with a line in the log.
 */
export async function deliverWebhooks(context: Context, queued: Bell, signal: AbortSignal): Promise<void> {
  const agent = openGuardedAgent(context.outbound, {
    ...{ connections: 25, connectTimeoutMs: postTimeoutMs, silenceTimeoutMs: postTimeoutMs },
  });
  try {
    while (!signal.aborted) {
      const rings = queued.rings();
      const posted = await deliverDueWebhooks(context, agent).catch((error: unknown) => {
        context.log.error({ err: error }, 'webhooks could not be delivered');
        return 0;
      });
      if (posted === 0) await queued.rungSince(rings, context.clock.sleep(idleMs, signal));
    }
  } finally {
    await agent.close();
  }
}

/** One round: claims what is due, posts it, settles each. Returns how many events were posted. */
export async function deliverDueWebhooks(context: Context, dispatcher: Dispatcher): Promise<number> {
  const now = context.clock.now();
  const events = await claimWebhookEvents(context.db, now, new Date(now.getTime() + leaseMs), eachClaim);
  const outcomes = await Promise.all(
    events.map(async (event) => ({ event, fault: await post(context, event, dispatcher) })),
  );
  const done: number[] = [];
  const again: { id: number; dueAt: Date }[] = [];
  for (const { event, fault } of outcomes) {
    const dueAt = fault === null ? null : nextAttempt(event.attempts, event.createdAt, context.clock.now());
    if (dueAt) again.push({ id: event.id, dueAt });
    else done.push(event.id);
    if (fault !== null && !dueAt)
      context.log.warn(
        { webhookId: event.webhookId, event: event.eventName, attempts: event.attempts, fault },
        'a webhook event was dropped after a day of attempts',
      );
  }
  await deleteWebhookEvents(context.db, done);
  await postponeWebhookEvents(context.db, again);
  return events.length;
}

/** Posts one event. Returns null when it was taken, else what went wrong. */
async function post(context: Context, event: ClaimedEvent, dispatcher: Dispatcher): Promise<string | null> {
  try {
    const body = JSON.stringify(event.payload);
    const answer = await request(event.endpoint, {
      method: 'POST',
      dispatcher,
      body,
      headers: {
        ...openHeaders(context.secrets, event.customHeaders),
        'Content-Type': 'application/json',
        'User-Agent': 'Carillon',
        'X-Carillon-Event': String(event.id),
        'X-Carillon-Signature': signatureOf(body, secretText(context, event.signingSecret)),
        ...authorisation(context, event),
      },
      signal: AbortSignal.timeout(postTimeoutMs),
    });
    await answer.body.dump();
    return answer.statusCode >= 200 && answer.statusCode < 300 ? null : `HTTP ${answer.statusCode}`;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

function authorisation(context: Context, event: ClaimedEvent): Record<string, string> {
  if (event.authType === 'NoAuth' || !event.authSecret) return {};
  return { Authorization: `${event.authType} ${secretText(context, event.authSecret)}` };
}

function secretText(context: Context, sealed: Buffer): string {
  return Value.Parse(Type.String(), context.secrets.open(sealed));
}
