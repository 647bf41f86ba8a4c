import type { Operations } from '../http/operations.ts';

const campaign = { id: '{campaignId}' };
const triggered = { campaignId: '{triggeredId}' };

/** What the calls of this folder do, with an example of each, in the order in which they can be made. */
export const campaignOperations: Operations = {
  'POST /api/campaigns/create': {
    description:
      'A blast when listIds are given, else a triggered campaign, which waits to be activated. A blast is sent at `sendAt`, or at once where there is none, as in Iterable; `scheduleSend: false` leaves it ready to be sent by its own call. With `sendMode: RecipientTimeZone` each person gets it by their own clock.',
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
      'How many would be sent, how many skipped and why, how many must wait for their hour, and what it costs, now or at `sendAt`; nothing is sent. Everybody is judged by the code that admits them at launch.',
    params: campaign,
    query: { sendAt: '2026-12-24T15:00:00Z' },
  },
  'GET /api/campaigns/:id/forecast/people': {
    description: 'Who is behind a figure of the forecast: those that a reason would skip, or `delayed`.',
    params: campaign,
    query: { reason: 'noOptIn' },
  },
  'GET /api/campaigns/:id/rehearsal': {
    description:
      'Person by person, what would become of a launch as it stands now, or at `sendAt`: sent or skipped and why, when it would leave, from which sender, to which address, in how many segments, for how much, and the text as it is filled in. Nothing is written or sent. `POST /api/export/start` with `campaignRehearsal` gives all of it as a file.',
    params: campaign,
    query: { fate: 'skip', limit: 2 },
  },
  'POST /api/campaigns/:id/clone': {
    description: 'Another campaign of the same settings; it stands ready, and nothing is sent.',
    params: campaign,
    body: { name: 'Winter' },
    learns: { clonedId: 'campaignId' },
  },
  'DELETE /api/campaigns/:id': {
    description:
      'Deletes a campaign that never sent anything. One that did is archived, as its messages and numbers are kept; one that runs is to be aborted first.',
    params: { id: '{clonedId}' },
  },
  'POST /api/campaigns/:id/schedule': {
    description:
      'Schedules a blast, or moves one that is scheduled. It keeps what its template says now. One that has been sent needs `again: true`.',
    params: campaign,
    body: { sendAt: '2026-12-24T15:00:00Z' },
  },
  'POST /api/campaigns/:id/takeNewContent': {
    description:
      'A campaign that is scheduled, running or active keeps what its template said at its launch. This takes over what it says now, on purpose: `contentAt` and `contentBy` tell when and by whose word. What is queued keeps the old text.',
    params: campaign,
  },
  'POST /api/campaigns/cancel': {
    description: 'Takes a scheduled campaign back before its time.',
    body: { campaignId: '{campaignId}' },
  },
  'POST /api/campaigns/:id/send': {
    description:
      'Sends a blast now, also one that is scheduled for later. Outside the lawful hours of a person’s place the message waits for them. A blast that has been sent goes to everybody again with `again: true` only, so that a repeated call reaches nobody twice; with an `Idempotency-Key` it is answered as the first one was.',
    params: campaign,
    body: {},
  },
  'GET /api/campaigns/:id/live': {
    description:
      'Where a campaign stands at this moment: totals, pace, and when what may leave now will have left.',
    params: campaign,
    given: 'theCampaignHasEnded',
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
    description:
      'Stops a campaign for good, begun or not; what is queued is skipped with a reason. A finished one can be stopped while what failed waits to be tried again.',
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
    description: 'Takes a triggered campaign out of use: it is Finished, and can be activated again.',
    body: { campaignId: '{spareTriggeredId}' },
  },
  'POST /api/campaigns/archive': {
    description:
      'Archives campaigns: scheduled ones are cancelled. One that is under way is among `failed`, with what to do: nothing is stopped unasked.',
    body: { campaignIds: ['{secondId}'] },
  },
  'GET /api/campaigns/recurring/:id/childCampaigns': {
    description: 'Always empty: each send here is a request of the same campaign, not a campaign of its own.',
    params: campaign,
  },
  'GET /api/templates/:templateId/campaigns': {
    description:
      'The campaigns that name a template. `needsTemplate`: it still goes by it, so the template cannot be deleted; one that was launched keeps what the template said then.',
    params: { templateId: '{smsTemplateId}' },
  },
  'POST /api/templates/bulkDelete': {
    description:
      'Deletes templates; messages that were sent with them keep naming them. One that a campaign needs (`GET /api/templates/{id}/campaigns`) is among `failed`, and `failureReason` names the campaign.',
    body: { ids: ['{copiedTemplateId}'] },
  },
};
