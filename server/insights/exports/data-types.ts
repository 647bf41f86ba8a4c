import { type RawBuilder, sql } from 'kysely';
import { factsOf, type Medium, media } from '../../medium/media.ts';

/**
 * A kind of data that can be exported: the statement's parts from which a page of rows is read, in one lane and
 * in the order of `id`. Every row becomes an object of `fields`, and for users and events of what they carry
 * besides.
 */
export interface ExportDataType {
  /** Names in the order of the CSV's columns. */
  fields: readonly string[];
  /** One SQL expression for each field. */
  values: readonly RawBuilder<unknown>[];
  from: RawBuilder<unknown>;
  /** The row's own lane, project, id and instant, and the campaign it belongs to, if any. */
  lane: RawBuilder<unknown>;
  /** The person whose row it is. */
  user: RawBuilder<unknown>;
  project: RawBuilder<unknown>;
  id: RawBuilder<unknown>;
  at: RawBuilder<unknown>;
  campaign: RawBuilder<unknown> | null;
  where: RawBuilder<unknown>;
  /** A JSON object whose fields stand beside the others: a user's profile, an event's data. */
  carried: RawBuilder<unknown> | null;
}

/** As Iterable writes instants: 2026-11-23 17:00:00 +00:00. */
const instant = (column: RawBuilder<unknown>) =>
  sql`to_char(${column} AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS') || ' +00:00'`;

/** The message's id as the world outside sees it is made of these two. */
const messageFields = {
  createdAt: null,
  email: sql`u.email`,
  userId: sql`u.external_id`,
  messageId: sql`jsonb_build_array(m.lane, m.id)`,
  campaignId: sql`m.campaign_id`,
  templateId: sql`m.template_id`,
  channelId: sql`m.channel_id`,
  messageTypeId: sql`m.message_type_id`,
} as const;

const messages = {
  from: sql`message m LEFT JOIN users u ON u.lane = m.lane AND u.id = m.user_id`,
  lane: sql`m.lane`,
  user: sql`m.user_id`,
  project: sql`m.project_id`,
  id: sql`m.id`,
  campaign: sql`m.campaign_id`,
  carried: null,
};

function ofMessages(
  medium: Medium,
  at: RawBuilder<unknown>,
  where: RawBuilder<unknown>,
  more: Record<string, RawBuilder<unknown>>,
): ExportDataType {
  const fields = { ...messageFields, createdAt: instant(at), ...more };
  return {
    ...messages,
    fields: Object.keys(fields),
    values: Object.values(fields),
    at,
    where: sql`m.medium = ${medium} AND ${where}`,
  };
}

const address = (medium: Medium) =>
  factsOf(medium).addresses.includes('email') ? 'toEmail' : 'toPhoneNumber';

function ofMedium(medium: Medium): Record<string, ExportDataType> {
  const to = { [address(medium)]: sql`m.to_address` };
  const sent = sql`m.status NOT IN ('queued', 'skipped')`;
  const text = sql`coalesce(m.content->>'body', m.content->>'preview', m.content->>'subject', m.content->>'caption')`;
  const content = { [factsOf(medium).template === 'email' ? `${medium}Subject` : `${medium}Message`]: text };
  return {
    [`${medium}Send`]: ofMessages(medium, sql`m.dispatched_at`, sent, {
      ...to,
      ...content,
      status: sql`m.status`,
      segments: sql`m.segments`,
    }),
    [`${medium}SendSkip`]: ofMessages(medium, sql`m.created_at`, sql`m.status = 'skipped'`, {
      reason: sql`m.skip_reason`,
      detail: sql`m.error_detail`,
    }),
    [`${medium}Bounce`]: ofMessages(
      medium,
      sql`coalesce(m.failed_at, m.dispatched_at)`,
      sql`m.status = 'bounced'`,
      {
        ...to,
        errorCode: sql`m.error_code`,
        errorDetail: sql`m.error_detail`,
      },
    ),
    [`${medium}Click`]: {
      ...ofMessages(medium, sql`c.clicked_at`, sql`true`, {
        url: sql`l.url`,
        isBot: sql`c.visitor <> 'person'`,
        userAgent: sql`c.user_agent`,
      }),
      from: sql`link_click c JOIN message m ON m.lane = c.lane AND m.id = c.message_id
        LEFT JOIN link l ON l.lane = c.lane AND l.code = c.code
        LEFT JOIN users u ON u.lane = m.lane AND u.id = m.user_id`,
      lane: sql`c.lane`,
      project: sql`c.project_id`,
      id: sql`c.id`,
    },
  };
}

/** One row for each email that was opened: when its reader did, or where none is known to have, when a machine fetched it. */
function opensOfEmails(): ExportDataType {
  return {
    ...ofMessages('email', sql`o.opened_at`, sql`true`, {
      toEmail: sql`m.to_address`,
      isBot: sql`o.by_machine`,
    }),
    from: sql`(
        SELECT lane, message_id, project_id, bool_and(visitor = 'machine') AS by_machine,
          coalesce(min(opened_at) FILTER (WHERE visitor = 'person'), min(opened_at)) AS opened_at
        FROM email_open GROUP BY lane, message_id, project_id) o
      JOIN message m ON m.lane = o.lane AND m.id = o.message_id
      LEFT JOIN users u ON u.lane = m.lane AND u.id = m.user_id`,
    lane: sql`o.lane`,
    project: sql`o.project_id`,
    id: sql`o.message_id`,
  };
}

function usageOf(medium: 'sms' | 'whatsApp'): ExportDataType {
  return ofMessages(medium, sql`m.dispatched_at`, sql`m.status NOT IN ('queued', 'skipped')`, {
    segments: sql`m.segments`,
    price: sql`m.price_micros / 1000000.0`,
    status: sql`m.status`,
  });
}

function receivedBy(medium: 'sms' | 'whatsApp'): ExportDataType {
  const fields = {
    createdAt: instant(sql`i.received_at`),
    email: sql`u.email`,
    userId: sql`u.external_id`,
    fromPhoneNumber: sql`i.from_address`,
    senderId: sql`i.sender_id`,
    [`${medium}Message`]: sql`i.body`,
    meaning: sql`i.meaning`,
    // What is in them is read at these addresses (conversations/files/).
    files: sql`(SELECT jsonb_agg(jsonb_build_object('name', f.name, 'contentType', f.content_type, 'bytes', f.bytes,
      'state', f.state, 'file', jsonb_build_array(f.lane, f.id)) ORDER BY f.id)
      FROM inbound_file f WHERE f.lane = i.lane AND f.user_id = i.user_id AND f.inbound_id = i.id)`,
  };
  return {
    fields: Object.keys(fields),
    values: Object.values(fields),
    from: sql`inbound_message i LEFT JOIN users u ON u.lane = i.lane AND u.id = i.user_id`,
    lane: sql`i.lane`,
    user: sql`i.user_id`,
    project: sql`i.project_id`,
    id: sql`i.id`,
    at: sql`i.received_at`,
    campaign: null,
    where: sql`i.medium = ${medium}`,
    carried: null,
  };
}

function emailConsent(which: RawBuilder<unknown>): ExportDataType {
  const fields = {
    createdAt: instant(sql`e.happened_at`),
    email: sql`u.email`,
    userId: sql`u.external_id`,
    channelId: sql`channel.id`,
    messageTypeId: sql`type.id`,
    method: sql`e.method`,
    source: sql`e.source`,
  };
  return {
    fields: Object.keys(fields),
    values: Object.values(fields),
    from: sql`consent_entry e
      LEFT JOIN message_type type ON e.kind = 'messageType' AND type.id = e.target_id
      JOIN channel ON channel.id = CASE WHEN e.kind = 'channel' THEN e.target_id ELSE type.channel_id END
      LEFT JOIN users u ON u.lane = e.lane AND u.id = e.user_id`,
    lane: sql`e.lane`,
    user: sql`e.user_id`,
    project: sql`e.project_id`,
    id: sql`e.id`,
    at: sql`e.happened_at`,
    campaign: null,
    where: sql`channel.medium = 'email' AND ${which}`,
    carried: null,
  };
}

function ofEvents(kind: 'custom' | 'purchase'): ExportDataType {
  const fields = {
    createdAt: instant(sql`e.happened_at`),
    email: sql`u.email`,
    userId: sql`u.external_id`,
    eventName: sql`e.name`,
    campaignId: sql`e.campaign_id`,
    templateId: sql`e.template_id`,
  };
  return {
    fields: Object.keys(fields),
    values: Object.values(fields),
    from: sql`event e LEFT JOIN users u ON u.lane = e.lane AND u.id = e.user_id`,
    lane: sql`e.lane`,
    user: sql`e.user_id`,
    project: sql`e.project_id`,
    id: sql`e.id`,
    at: sql`e.happened_at`,
    campaign: sql`e.campaign_id`,
    where: sql`e.kind = ${kind}`,
    carried: sql`e.data`,
  };
}

const userFields = {
  email: sql`u.email`,
  userId: sql`u.external_id`,
  phoneNumber: sql`u.phone_number`,
  whatsAppUserId: sql`u.whatsapp_user_id`,
  signupDate: instant(sql`u.signed_up_at`),
  profileUpdatedAt: instant(sql`u.updated_at`),
};

/** Kinds of data of Iterable's that are still to come, each with what it comes with. */
export const comingDataTypes: Readonly<Record<string, string>> = {
  ...comesWith('push notifications', [
    ...['pushSend', 'pushOpen', 'pushUninstall', 'pushBounce', 'pushSendSkip'],
  ]),
  ...comesWith('web push', ['webPushSend', 'webPushClick', 'webPushSendSkip']),
  ...comesWith('in-app messages', [
    ...['inAppSend', 'inAppOpen', 'inAppClick', 'inAppClose', 'inAppDelete', 'inAppDelivery'],
    ...['inAppSendSkip', 'inAppRecall', 'inboxSession', 'inboxMessageImpression'],
  ]),
  ...comesWith('embedded messages', [
    ...['embeddedSend', 'embeddedSendSkip', 'embeddedClick', 'embeddedReceived', 'embeddedImpression'],
    'embeddedSession',
  ]),
  ...comesWith('RCS', ['rcsSend', 'rcsSendSkip']),
  ...comesWith('journeys', ['journeyExit']),
  ...comesWith('the SDKs for apps and web pages', ['unknownSession']),
};

function comesWith(capability: string, names: readonly string[]): Record<string, string> {
  return Object.fromEntries(names.map((name) => [name, capability]));
}

/** Every kind of data there is, by Iterable's name for it. */
export const exportDataTypes: Readonly<Record<string, ExportDataType>> = {
  user: {
    fields: Object.keys(userFields),
    values: Object.values(userFields),
    from: sql`users u`,
    lane: sql`u.lane`,
    user: sql`u.id`,
    project: sql`u.project_id`,
    id: sql`u.id`,
    at: sql`u.updated_at`,
    campaign: null,
    where: sql`true`,
    carried: sql`u.data_fields`,
  },
  ...Object.fromEntries(media.flatMap(({ name }) => Object.entries(ofMedium(name)))),
  whatsAppSeen: ofMessages('whatsApp', sql`m.read_at`, sql`m.read_at IS NOT NULL`, {
    toPhoneNumber: sql`m.to_address`,
  }),
  smsReceived: receivedBy('sms'),
  whatsAppReceived: receivedBy('whatsApp'),
  smsUsageInfo: usageOf('sms'),
  whatsAppUsageInfo: usageOf('whatsApp'),
  emailSubscribe: emailConsent(sql`e.action = 'optIn'`),
  emailUnSubscribe: emailConsent(sql`e.action = 'optOut'`),
  hostedUnsubscribeClick: emailConsent(sql`e.action = 'optOut' AND e.method = 'link'`),
  emailOpen: opensOfEmails(),
  // SMTP tells of no complaints: there are none to export.
  emailComplaint: ofMessages('email', sql`m.created_at`, sql`false`, {}),
  customEvent: ofEvents('custom'),
  purchase: ofEvents('purchase'),
};
