import type { Operations } from '../http/operations.ts';

/** What the calls of WhatsApp flows do, with an example of each, in the order in which they can be made. */
export const whatsAppFlowOperations: Operations = {
  'GET /api/whatsApp/flows/starters': {
    description:
      'Flows to begin with: an opt-in, preferences, a survey, a lead. `POST /api/whatsApp/flows` takes one by its `key`.',
  },
  'POST /api/whatsApp/flows/check': {
    description:
      'What is wrong with a flow’s JSON, each fault with its place and what to do, and what its answers would hold. Nothing is kept.',
    body: {
      json: {
        version: '7.0',
        screens: [
          {
            id: 'SUCCESS',
            title: 'Hello',
            layout: { type: 'SingleColumnLayout', children: [{ type: 'TextBody', text: 'Hello' }] },
          },
        ],
      },
    },
  },
  'POST /api/whatsApp/flows': {
    description:
      'Makes a flow in the account of a sender, at Meta and here, from `json` or from one to begin with. It is a draft, which a message can show to testers (`isDraft`) and nobody else.',
    body: { name: 'Preferences 2026', senderId: 6, starter: 'preferences' },
    learns: { whatsAppFlowId: 'id' },
  },
  'GET /api/whatsApp/flows': {
    description:
      'The project’s flows, the latest changed first; of one account, or in one status. A message sends one by `flow.id`, which is `providerFlowId` here.',
    query: { status: 'DRAFT' },
  },
  'GET /api/whatsApp/flows/:id': {
    description: 'A flow with its JSON, its versions, what its answers hold, and what becomes of them.',
    params: { id: '{whatsAppFlowId}' },
  },
  'PATCH /api/whatsApp/flows/:id': {
    description: 'Changes the name or the categories of a draft; what is left out stays.',
    params: { id: '{whatsAppFlowId}' },
    body: { name: 'Preferences' },
  },
  'POST /api/whatsApp/flows/:id/versions': {
    description:
      'Saves the JSON of a draft as another version and gives it to Meta. What is wrong is refused with each fault; what Meta finds besides stands in `versions`. `after` is the version that it was written from: where somebody saved another meanwhile, yours is refused.',
    params: { id: '{whatsAppFlowId}' },
    body: {
      after: 1,
      json: {
        version: '7.0',
        screens: [
          {
            id: 'SIZE',
            title: 'Your size',
            terminal: true,
            layout: {
              type: 'SingleColumnLayout',
              children: [
                {
                  type: 'RadioButtonsGroup',
                  name: 'size',
                  label: 'Which size?',
                  required: true,
                  'data-source': [
                    { id: 's', title: 'Small' },
                    { id: 'l', title: 'Large' },
                  ],
                },
                {
                  type: 'OptIn',
                  name: 'agree',
                  label: 'Tell me on WhatsApp when something comes in my size.',
                  required: false,
                },
                {
                  type: 'Footer',
                  label: 'Save',
                  'on-click-action': {
                    name: 'complete',
                    // biome-ignore lint/suspicious/noTemplateCurlyInString: Meta's own references
                    payload: { size: '${form.size}', agree: '${form.agree}' },
                  },
                },
              ],
            },
          },
        ],
      },
    },
  },
  'GET /api/whatsApp/flows/:id/versions/:number': {
    description: 'What a flow’s JSON was in a version, who saved it and when.',
    params: { id: '{whatsAppFlowId}', number: 1 },
  },
  'PUT /api/whatsApp/flows/:id/mapping': {
    description:
      'Says what becomes of answers: which go into fields of the profile and as what, whether an event is tracked that holds all of them, and which OptIn subscribes to which message type, with its words as the proof. It holds for answers from then on.',
    params: { id: '{whatsAppFlowId}' },
    body: {
      fields: [{ answer: 'size', field: 'shirtSize', type: 'string' }],
      eventName: 'sizeGiven',
      consents: [{ answer: 'agree', messageTypeId: 1 }],
    },
  },
  'PUT /api/whatsApp/flows/:id/exchange': {
    description:
      'Says what a flow with `data_api_version` is answered while it is filled in: with which screen it opens, what each is given (Handlebars over the person), which comes next, or which address of yours is asked. The key must be known to Meta (`POST /api/whatsApp/flowKey`).',
    params: { id: '{whatsAppFlowId}' },
    body: { start: 'SIZE', screens: { SIZE: { next: 'SUCCESS' } }, forwardTo: null },
  },
  'POST /api/whatsApp/flowKey': {
    description:
      'Makes the public key of a sender’s account known to Meta for that number. The private half is made here, kept encrypted, and shown to nobody.',
    body: { senderId: 6 },
  },
  'GET /api/whatsApp/flowKey': {
    description: 'The key of a sender’s account, and whether Meta has it for this number.',
    query: { senderId: 6 },
  },
  'POST /api/whatsApp/flows/:id/refresh': {
    description:
      'Asks Meta where a flow stands, and for the address of its own preview. Webhooks of Meta (field `flows`) keep the status up to date besides.',
    params: { id: '{whatsAppFlowId}' },
  },
  'POST /api/whatsApp/flows/:id/publish': {
    description:
      'Publishes a draft in which Meta finds nothing wrong. From then on it can be sent to everybody, and its JSON never changes: clone it to change it.',
    params: { id: '{whatsAppFlowId}' },
  },
  'GET /api/whatsApp/flows/:id/notices': {
    description:
      'What Meta told of a flow by webhook: changes of status, and alerts about an endpoint that fails or is slow.',
    params: { id: '{whatsAppFlowId}' },
    given: 'metaTellsOfTheFlow',
  },
  'GET /api/whatsApp/flows/:id/answers': {
    description:
      'What people answered, whose it is, and what became of each answer that the mapping names; the newest first.',
    params: { id: '{whatsAppFlowId}' },
  },
  'POST /api/whatsApp/flows/:id/clone': {
    description: 'Makes a draft of a flow under another name, with its mapping and what it is answered.',
    params: { id: '{whatsAppFlowId}' },
    body: { name: 'Preferences, second edition' },
    learns: { whatsAppFlowCloneId: 'id' },
  },
  'DELETE /api/whatsApp/flows/:id': {
    description:
      'Deletes a draft, at Meta and here. What people answered to it in tests stays in their history.',
    params: { id: '{whatsAppFlowCloneId}' },
  },
  'POST /api/whatsApp/flows/:id/deprecate': {
    description: 'Ends a published flow: nobody can open it any more, and no message sends it.',
    params: { id: '{whatsAppFlowId}' },
  },
};
