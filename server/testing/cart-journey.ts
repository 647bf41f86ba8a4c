import { ours } from './people.ts';
import { until } from './program.ts';

/** Calls the API and the simulator, as far as the journey is made by them. */
interface Site {
  call<T = Record<string, unknown>>(method: string, path: string, body?: unknown): Promise<T>;
  simulator<T = Record<string, unknown>>(method: string, path: string, body?: unknown): Promise<T>;
}

/** Counts of one tile, as the API shows them. */
export interface TileCounts {
  arrived: number;
  inside: number;
  ways: Record<string, number>;
  left: Record<string, number>;
}

/**
 * Makes and publishes the cart journey: whoever leaves a cart and does not buy while the tile `hour` rests gets a text, whoever does not tap its link `within`
 * a WhatsApp. `cartAbandoned` brings the field `item`. Answers its id.
 */
export async function makeCartJourney(
  site: Site,
  types: { text: number; chat: number },
  rest: Record<string, unknown>,
  within: Record<string, number>,
): Promise<number> {
  const { params } = await site.call<{ params: { templateId: number } }>(
    'POST',
    '/api/templates/sms/upsert',
    {
      ...{ clientTemplateId: 'cart-text', name: 'Cart by text', messageTypeId: types.text },
      message: 'Still in your cart: {{item}}. https://example.com/cart/{{firstName}}',
    },
  );
  const whatsApp = await approvedTemplate(site, types.chat);
  const { id } = await site.call<{ id: number }>('POST', '/api/journeys', {
    name: 'Cart',
    document: {
      entry: { on: { event: { name: 'cartAbandoned' } } },
      exits: [{ name: 'bought', purchase: {}, goal: true }],
      start: 'hour',
      tiles: {
        hour: { kind: 'wait', ...rest, next: 'text' },
        text: { kind: 'send', templateId: params.templateId, next: 'clicked', skipped: 'end' },
        clicked: {
          kind: 'waitFor',
          branches: [{ name: 'clicked', for: { click: true }, next: 'end' }],
          within,
          timeout: 'chat',
        },
        chat: { kind: 'send', templateId: whatsApp, next: 'end' },
      },
    },
  });
  await site.call('POST', `/api/journeys/${id}/publish`, {});
  return id;
}

async function approvedTemplate({ call, simulator }: Site, messageTypeId: number): Promise<number> {
  await simulator('PUT', '/behaviour', { templateReviewMs: 100 });
  const { senders } = await call<{ senders: { id: number; address: string }[] }>('GET', '/api/senders');
  const senderId = senders.find((each) => each.address === ours.whatsApp)?.id ?? 0;
  const { params } = await call<{ params: { templateId: number } }>(
    'POST',
    '/api/templates/whatsApp/upsert',
    {
      ...{ clientTemplateId: 'cart-chat', name: 'cart-chat', messageTypeId, category: 'MARKETING' },
      body: 'Your cart is still here: {{item}}.',
      footer: 'Reply STOP to opt out',
    },
  );
  const { templateId } = params;
  await call('POST', '/api/templates/whatsApp/submit', { templateId, senderId });
  const view = () => call<{ status: string }>('GET', `/api/templates/whatsApp/get?templateId=${templateId}`);
  await until('approval', async () => ((await view()).status === 'APPROVED' ? true : null));
  return templateId;
}
