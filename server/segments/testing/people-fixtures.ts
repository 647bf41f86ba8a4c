import { sql } from 'kysely';
import type { Database } from '../../database/connect.ts';

/** An event or purchase of a person of a test. */
export interface TestEvent {
  kind: 'custom' | 'purchase';
  name: string;
  data: Record<string, unknown>;
  at: Date;
}

/** A message to such a person. */
export interface TestMessage {
  status: 'queued' | 'sent' | 'delivered' | 'read' | 'bounced' | 'skipped';
  campaignId: number;
  medium: 'sms' | 'email';
  /** The carrier's code, or the reason of a skip. */
  reason: string;
  at: Date;
  deliveredAt: Date;
  readAt: Date;
  clicks: readonly { visitor: 'person' | 'bot'; at: Date }[];
}

/** Where such a person stands with a channel or message type. */
export interface TestStanding {
  kind: 'channel' | 'messageType';
  targetId: number;
  status: 'subscribed' | 'pending' | 'unsubscribed';
  isPaused: boolean;
  since: Date;
  method: string;
}

/** A person with all that conditions look at. */
export interface TestPerson {
  id: number;
  lane: number;
  email: string | null;
  signedUpAt: Date;
  placeKey: string;
  dataFields: Record<string, unknown>;
  events: readonly TestEvent[];
  lists: readonly { id: number; at: Date }[];
  standings: readonly TestStanding[];
  messages: readonly TestMessage[];
  /** What they wrote, to which sender: texts to people come from sender 1, emails from sender 2. */
  replies: readonly { senderId: number; at: Date }[];
  addresses: readonly { kind: string; value: string; deadOn: readonly string[] }[];
}

/** Writes people into tables that are empty but for what a project begins with. */
export async function writePeople(
  db: Database,
  projectId: number,
  people: readonly TestPerson[],
): Promise<void> {
  const of = <Row>(rowsOf: (person: TestPerson) => readonly Row[]) =>
    people.flatMap((person) => rowsOf(person).map((row) => ({ person, row })));
  const lanesOf = (rows: readonly { person: TestPerson }[]) => rows.map(({ person }) => person.lane);
  const idsOf = (rows: readonly { person: TestPerson }[]) => rows.map(({ person }) => person.id);
  await sql`
    INSERT INTO users (lane, id, project_id, email, data_fields, place_key, signed_up_at, updated_at)
    SELECT p.lane, p.id, ${projectId}, p.email, p.data, p.place, p.at, p.at FROM unnest(
      ${people.map(({ lane }) => lane)}::smallint[], ${people.map(({ id }) => id)}::bigint[],
      ${people.map(({ email }) => email)}::text[], ${people.map(({ dataFields }) => JSON.stringify(dataFields))}::jsonb[],
      ${people.map(({ placeKey }) => placeKey)}::text[], ${people.map(({ signedUpAt }) => signedUpAt)}::timestamptz[])
      p (lane, id, email, data, place, at)`.execute(db);
  const events = of(({ events }) => events);
  await sql`
    INSERT INTO event (lane, id, project_id, user_id, name, kind, data, happened_at, recorded_at)
    SELECT e.lane, nextval('event_id_seq'), ${projectId}, e.user_id, e.name, e.kind, e.data, e.at, e.at FROM unnest(
      ${lanesOf(events)}::smallint[], ${idsOf(events)}::bigint[], ${events.map(({ row }) => row.name)}::text[],
      ${events.map(({ row }) => row.kind)}::text[], ${events.map(({ row }) => JSON.stringify(row.data))}::jsonb[],
      ${events.map(({ row }) => row.at)}::timestamptz[]) e (lane, user_id, name, kind, data, at)`.execute(db);
  const lists = of(({ lists }) => lists);
  await sql`
    INSERT INTO list_member (lane, list_id, user_id, added_at) SELECT * FROM unnest(
      ${lanesOf(lists)}::smallint[], ${lists.map(({ row }) => row.id)}::int[], ${idsOf(lists)}::bigint[],
      ${lists.map(({ row }) => row.at)}::timestamptz[])`.execute(db);
  const standings = of(({ standings }) => standings);
  await sql`
    WITH given AS (
      SELECT s.*, nextval('consent_entry_id_seq') AS entry_id FROM unnest(
        ${lanesOf(standings)}::smallint[], ${idsOf(standings)}::bigint[], ${standings.map(({ row }) => row.kind)}::text[],
        ${standings.map(({ row }) => row.targetId)}::int[], ${standings.map(({ row }) => row.status)}::text[],
        ${standings.map(({ row }) => row.isPaused)}::boolean[], ${standings.map(({ row }) => row.since)}::timestamptz[],
        ${standings.map(({ row }) => row.method)}::text[]) s (lane, user_id, kind, target_id, status, paused, since, method)
    ), entries AS (
      INSERT INTO consent_entry (lane, id, project_id, user_id, action, kind, target_id, method, source, happened_at, recorded_at)
      SELECT lane, entry_id, ${projectId}, user_id, 'optIn', kind, target_id, method, 'test', since, since FROM given
    )
    INSERT INTO subscription (lane, project_id, user_id, kind, target_id, status, paused_at, entry_id, since)
    SELECT lane, ${projectId}, user_id, kind, target_id, status, CASE WHEN paused THEN since END, entry_id, since
    FROM given`.execute(db);
  const messages = of(({ messages }) => messages);
  await sql`
    WITH given AS (
      SELECT m.*, row_number() OVER () AS number FROM unnest(
        ${lanesOf(messages)}::smallint[], ${idsOf(messages)}::bigint[], ${messages.map(({ row }) => row.status)}::text[],
        ${messages.map(({ row }) => row.campaignId)}::int[], ${messages.map(({ row }) => row.medium)}::text[],
        ${messages.map(({ row }) => row.reason)}::text[], ${messages.map(({ row }) => row.at)}::timestamptz[],
        ${messages.map(({ row }) => row.deliveredAt)}::timestamptz[], ${messages.map(({ row }) => row.readAt)}::timestamptz[])
        m (lane, user_id, status, campaign_id, medium, reason, at, delivered_at, read_at)
    )
    INSERT INTO message (lane, id, project_id, user_id, request_id, campaign_id, channel_id, sender_id, medium, purpose, basis, status, skip_reason,
      error_code, not_before, due_at, created_at, dispatched_at, failed_at, delivered_at, read_at)
    SELECT lane, number, ${projectId}, user_id, number, campaign_id, 1, CASE medium WHEN 'sms' THEN 1 ELSE 2 END, medium, 'promotional',
      'optIn', status,
      CASE status WHEN 'skipped' THEN reason END, CASE status WHEN 'bounced' THEN reason END, at, at, at,
      CASE WHEN status NOT IN ('queued', 'skipped') THEN at END, CASE status WHEN 'bounced' THEN at END,
      CASE WHEN status IN ('delivered', 'read') THEN delivered_at END, CASE status WHEN 'read' THEN read_at END
    FROM given`.execute(db);
  const clicks = messages.flatMap(({ person, row }, index) =>
    row.clicks.map((click) => ({ person, row: { ...click, messageId: index + 1 } })),
  );
  await sql`
    INSERT INTO link_click (lane, id, project_id, message_id, user_id, code, visitor, clicked_at)
    SELECT c.lane, nextval('link_click_id_seq'), ${projectId}, c.message_id, c.user_id, 'x', c.visitor, c.at FROM unnest(
      ${lanesOf(clicks)}::smallint[], ${clicks.map(({ row }) => row.messageId)}::bigint[], ${idsOf(clicks)}::bigint[],
      ${clicks.map(({ row }) => row.visitor)}::text[], ${clicks.map(({ row }) => row.at)}::timestamptz[])
      c (lane, message_id, user_id, visitor, at)`.execute(db);
  const replies = of(({ replies }) => replies);
  await sql`
    INSERT INTO inbound_message (lane, id, project_id, user_id, sender_id, medium, from_address, body, provider_message_id, meaning, received_at)
    SELECT r.lane, r.number, ${projectId}, r.user_id, r.sender_id, 'sms', '', '', r.number::text, 'none', r.at FROM unnest(
      ${lanesOf(replies)}::smallint[], ${idsOf(replies)}::bigint[], ${replies.map(({ row }) => row.senderId)}::int[],
      ${replies.map(({ row }) => row.at)}::timestamptz[]) WITH ORDINALITY r (lane, user_id, sender_id, at, number)`.execute(
    db,
  );
  const addresses = of(({ addresses }) => addresses);
  const dead = (deadOn: readonly string[]) =>
    JSON.stringify(Object.fromEntries(deadOn.map((medium) => [medium, { code: '1', since: '2026-01-01' }])));
  await sql`
    INSERT INTO address (lane, project_id, user_id, kind, value, added_at, unreachable)
    SELECT a.lane, ${projectId}, a.user_id, a.kind, a.value, now(), a.dead FROM unnest(
      ${lanesOf(addresses)}::smallint[], ${idsOf(addresses)}::bigint[], ${addresses.map(({ row }) => row.kind)}::text[],
      ${addresses.map(({ row }) => row.value)}::text[], ${addresses.map(({ row }) => dead(row.deadOn))}::jsonb[])
      a (lane, user_id, kind, value, dead)`.execute(db);
}

/** Writes people in the place of all that there are. */
export async function replacePeople(
  db: Database,
  projectId: number,
  people: readonly TestPerson[],
): Promise<void> {
  await sql`
    DELETE FROM users; DELETE FROM event; DELETE FROM list_member; DELETE FROM subscription; DELETE FROM consent_entry;
    DELETE FROM address; DELETE FROM message; DELETE FROM link_click; DELETE FROM inbound_message`.execute(
    db,
  );
  await writePeople(db, projectId, people);
}

/** Empties the tables that `writePeople` fills. */
export async function clearPeople(db: Database): Promise<void> {
  await sql`
    TRUNCATE users, event, list_member, subscription, consent_entry, address, message, link_click, inbound_message`.execute(
    db,
  );
}
