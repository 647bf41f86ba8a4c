import type { Operations } from '../http/operations.ts';

const campaign = { id: '{campaignId}' };
const triggered = { campaignId: '{triggeredId}' };

/** What the calls of this folder do, with an example of each, in the order in which they can be made. */
export const campaignOperations: Operations = {
  'POST /api/campaigns/create': {
    description:
      'A blast when listIds are given, else a triggered campaign. `scheduleSend: false` leaves a blast ready to be sent by its own call; else it is sent at `sendAt`, or at once.',
    body: { name: 'Autumn', templateId: '{smsTemplateId}', listIds: [1], scheduleSend: false },
    learns: { campaignId: 'campaignId' },
  },
  'GET /api/campaigns': {
    description: 'Campaigns of the project, newest first unless `sort` says else.',
    query: { pageSize: 10, sort: '-id' },
  },
  'GET /api/campaigns/:id': { description: 'One campaign.', params: campaign },
  'PATCH /api/campaigns/:id': {
    description: 'Changes what is named. A campaign that is under way keeps everything but its name.',
    params: campaign,
    body: { name: 'Autumn sale', quietHours: 'delay' },
  },
  'GET /api/campaigns/:id/forecast': {
    description:
      'How many would be sent, how many skipped and why, how many must wait for their hour, and what it costs; nothing is sent.',
    params: campaign,
  },
  'POST /api/campaigns/:id/schedule': {
    description: 'Schedules a blast, or moves one that is scheduled.',
    params: campaign,
    body: { sendAt: '2026-12-24T15:00:00Z' },
  },
  'POST /api/campaigns/cancel': {
    description: 'Takes a scheduled campaign back before its time.',
    body: { campaignId: '{campaignId}' },
  },
  'POST /api/campaigns/:id/send': {
    description:
      'Sends a blast now. Outside the lawful hours of a person’s place the message waits for them.',
    params: campaign,
    body: {},
  },
  'GET /api/campaigns/:id/live': {
    description:
      'Where a campaign stands at this moment: totals, pace, and when what may leave now will have left.',
    params: campaign,
    given: 'aMessageHasArrived',
  },
  'POST /api/campaigns/:id/pause': {
    description: 'Holds a running campaign: nothing of it leaves until it is resumed.',
    params: { id: '{secondId}' },
  },
  'POST /api/campaigns/:id/resume': {
    description: 'Lets a paused campaign go on.',
    params: { id: '{secondId}' },
  },
  'POST /api/campaigns/abort': {
    description: 'Stops a campaign for good; what is queued is skipped with a reason.',
    body: { campaignId: '{secondId}' },
  },
  'POST /api/campaigns/activateTriggered': {
    description: 'Makes a triggered campaign ready for calls.',
    body: triggered,
  },
  'POST /api/campaigns/trigger': {
    description: 'Sends an active triggered campaign to lists.',
    body: { ...triggered, listIds: [1], dataFields: { code: 'AUTUMN' } },
  },
  'POST /api/campaigns/deactivateTriggered': {
    description: 'Takes a triggered campaign out of use.',
    body: { campaignId: '{spareTriggeredId}' },
  },
  'POST /api/campaigns/archive': {
    description: 'Archives campaigns: scheduled ones are cancelled, running ones aborted.',
    body: { campaignIds: ['{secondId}'] },
  },
  'GET /api/campaigns/recurring/:id/childCampaigns': {
    description: 'Always empty: each send here is a request of the same campaign, not a campaign of its own.',
    params: campaign,
  },
};
