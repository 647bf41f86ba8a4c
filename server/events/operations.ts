import type { Operations } from '../http/operations.ts';

/** What the calls of this folder do, with an example of each, in the order in which they can be made. */
export const eventOperations: Operations = {
  'POST /api/events/track': {
    description:
      'Something a person did. The answer names its id, made where none is given; the same `id` again from the same person is that event, updated. Fields keep their type among events of one name.',
    body: {
      userId: 'ada',
      eventName: 'viewedProduct',
      id: 'view-1',
      dataFields: { sku: 'beans-250', price: 12.5 },
    },
  },
  'POST /api/events/trackBulk': {
    description: 'Up to 10,000 events a call; each is taken or refused on its own.',
    body: {
      events: [
        { userId: 'ada', eventName: 'viewedProduct', dataFields: { sku: 'cup-1', price: 8 } },
        { userId: 'grace', eventName: 'searched', dataFields: { words: 'decaf' } },
      ],
    },
  },
  'POST /api/commerce/updateCart': {
    description: 'The whole of what is in a person’s cart; it takes the place of what was there.',
    body: {
      user: { userId: 'ada' },
      items: [{ id: 'beans-250', name: 'House beans', price: 12.5, quantity: 2 }],
    },
  },
  'POST /api/commerce/trackPurchase': {
    description:
      'A purchase with its items and total; name the campaign it came from, where you know it. The person’s cart is empty then.',
    body: {
      id: 'order-1',
      user: { userId: 'ada' },
      items: [{ id: 'beans-250', name: 'House beans', price: 12.5, quantity: 2 }],
      total: 25,
    },
  },
  'GET /api/events/:email': {
    description: 'A person’s events and purchases, newest first.',
    params: { email: 'ada@example.com' },
    query: { limit: 10 },
  },
  'GET /api/events/byUserId/:userId': {
    description: 'A person’s events and purchases, newest first.',
    params: { userId: 'ada' },
    query: { limit: 10 },
  },
};
