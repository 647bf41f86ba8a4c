CREATE SEQUENCE message_id_seq;

-- One row for each request and user: it ends as sent or as skipped.
CREATE TABLE message (
  lane smallint NOT NULL,
  id bigint NOT NULL,
  project_id int NOT NULL,
  user_id bigint NOT NULL,
  request_id bigint NOT NULL,
  campaign_id int,
  template_id int,
  channel_id int NOT NULL,
  message_type_id int,
  medium text NOT NULL,
  purpose text NOT NULL,
  -- on what ground it may go: an opt-in to its message type; none, since it answers the person's own message, or is a
  -- test on the simulator; the person's own request, as a code that they asked for; an opt-in that it asks to be confirmed
  basis text NOT NULL CHECK (basis IN ('optIn', 'ownMessage', 'ownRequest', 'pendingOptIn', 'test')),
  sender_id int,
  to_address text,
  content jsonb,
  segments smallint NOT NULL DEFAULT 0,
  -- millionths of a US dollar, by the table of rates at admission
  price_micros bigint NOT NULL DEFAULT 0,
  status text NOT NULL CHECK (status IN ('queued', 'dispatching', 'inDoubt', 'sent', 'delivered', 'read', 'bounced', 'skipped')),
  skip_reason text,
  -- the request's own earliest time
  not_before timestamptz NOT NULL,
  -- when it may leave: at or after due_at, before closes_at (end of the lawful window, null for none); while it is in
  -- doubt, when the provider is asked again
  due_at timestamptz NOT NULL,
  closes_at timestamptz,
  -- when it is too late for it to leave at all, null for never
  leave_before timestamptz,
  -- which goes first where a person may get one more: 0 before 1 before 2; null is 1
  rank smallint,
  -- promotional messages a person may get by law in legal_cap_hours, null for none
  legal_cap smallint,
  legal_cap_hours smallint,
  -- what to do when hours or caps stand against it: delay or skip
  on_quiet text NOT NULL DEFAULT 'delay',
  on_cap text NOT NULL DEFAULT 'skip',
  -- posts so far, and the tries that failures used up of them
  attempts int NOT NULL DEFAULT 0,
  retries smallint NOT NULL DEFAULT 0,
  -- which worker put it on the wire; when that worker no longer lives, the message is in doubt
  dispatcher int,
  -- the wire it was put on last; null while it never was
  wire text,
  provider_message_id text,
  error_code text,
  error_detail text,
  -- what the call that asked for it wants told back by webhooks
  metadata jsonb,
  created_at timestamptz NOT NULL,
  dispatched_at timestamptz,
  sent_at timestamptz,
  delivered_at timestamptz,
  read_at timestamptz,
  -- kept when it is queued again, until a later attempt is accepted: what has failed once never ends as skipped
  failed_at timestamptz,
  -- when a message that has bounced is queued again, null for never
  retry_at timestamptz CHECK (retry_at IS NULL OR status = 'bounced'),
  -- What is looked for by its standing has a column of its own. No index names the status, nor what else a receipt brings,
  -- so that the receipts of a message change its row where it is (a heap-only update) and touch none of its indexes.
  -- when it is due, of what is queued
  waits_at timestamptz GENERATED ALWAYS AS (CASE WHEN status = 'queued' THEN due_at END) STORED,
  -- when its provider is asked again, of what is in doubt
  doubt_at timestamptz GENERATED ALWAYS AS (CASE WHEN status = 'inDoubt' THEN due_at END) STORED,
  -- an answer on WhatsApp names the message it answers by the provider's id
  answered_as text GENERATED ALWAYS AS (CASE WHEN medium = 'whatsApp' THEN provider_message_id END) STORED,
  PRIMARY KEY (lane, id)
) PARTITION BY HASH (lane);
CREATE UNIQUE INDEX message_once ON message (lane, user_id, request_id);
CREATE INDEX message_due ON message (lane, sender_id, waits_at, id) WHERE waits_at IS NOT NULL;
CREATE INDEX message_retry ON message (lane, retry_at) WHERE retry_at IS NOT NULL;
CREATE INDEX message_in_doubt ON message (lane, doubt_at) WHERE doubt_at IS NOT NULL;
-- Not lane first: few and short entries made it the planner's choice for statements that say a lane and an id.
CREATE INDEX message_of_campaign ON message (campaign_id, lane, created_at);
CREATE INDEX message_cap ON message (lane, user_id, dispatched_at) WHERE purpose = 'promotional' AND dispatched_at IS NOT NULL;
CREATE INDEX message_answered ON message (lane, answered_as) WHERE answered_as IS NOT NULL;

-- What each claim put on the wire, in a row for all of its messages: where its worker no longer lives, those of them that
-- are still `dispatching` are in doubt. It goes when none of them is any more.
CREATE TABLE departure (
  lane smallint NOT NULL,
  dispatcher int NOT NULL,
  message_ids bigint[] NOT NULL,
  departed_at timestamptz NOT NULL
);
CREATE INDEX departure_of_lane ON departure (lane, dispatcher);

CREATE SEQUENCE receipt_id_seq;
-- What providers said and has not yet been applied to its message: answers to posts and callbacks alike.
-- Taken in by one insert, applied a lane at a time.
CREATE TABLE receipt (
  lane smallint NOT NULL,
  id bigint NOT NULL,
  message_id bigint NOT NULL,
  -- the project whose provider account signed the callback, null for what our own worker learnt
  project_id int,
  -- the wire it came by
  wire text NOT NULL,
  -- accepted | refused | unknown | absent (answers to a post or a look-up), sent | delivered | read | failed (callbacks)
  status text NOT NULL,
  provider_message_id text,
  error_class text,
  code text,
  detail text,
  retry_after_ms int,
  attempt int,
  at timestamptz NOT NULL,
  PRIMARY KEY (lane, id)
) PARTITION BY HASH (lane);

-- Messages of people who are gone that were on the wire when they went, or sent within the day before: a provider is asked
-- about one in doubt by its address and words, and what it tells late of one that was sent is about its address. They are
-- emptied once their fate is known.
CREATE TABLE message_to_empty (
  lane smallint NOT NULL,
  message_id bigint NOT NULL,
  -- when they are emptied, whatever is known by then
  latest_at timestamptz NOT NULL,
  PRIMARY KEY (lane, message_id)
);

-- How many messages of a campaign stand how, kept by whatever changes messages in its own transaction. A row counts those
-- of a lane that were admitted in the same half hour (later: day) and stand alike since the same minute.
CREATE TABLE message_rollup (
  lane smallint NOT NULL,
  campaign_id int NOT NULL,
  project_id int NOT NULL,
  -- the arm of an experiment
  variant smallint NOT NULL DEFAULT 0,
  admitted_at timestamptz NOT NULL,
  admitted_within interval NOT NULL,
  -- a message's status; 'retrying' for one that is queued and has failed before; or 'arrived', beside delivered and read
  standing text NOT NULL,
  -- empty where nothing was skipped
  skip_reason text NOT NULL,
  -- in which they left, or arrived, or from which they may leave; '-infinity' for what was skipped and what is long ago
  minute timestamptz NOT NULL,
  messages int NOT NULL,
  segments int NOT NULL,
  price_micros bigint NOT NULL,
  first_request_id bigint,
  last_request_id bigint,
  first_left_at timestamptz,
  last_left_at timestamptz,
  PRIMARY KEY (campaign_id, lane, variant, admitted_at, admitted_within, standing, skip_reason, minute)
) PARTITION BY HASH (lane);
CREATE INDEX message_rollup_fine ON message_rollup (lane, minute)
  WHERE minute > '-infinity' AND standing NOT IN ('queued', 'retrying');

-- What changes of messages add to the rollups, or take away: a few rows a batch, so that no two flows of a lane wait for
-- one row. Folded into the rollups every few seconds; what is counted is the sum of both.
CREATE TABLE message_rollup_change (LIKE message_rollup INCLUDING DEFAULTS) PARTITION BY HASH (lane);

-- Room for the versions of a row that its receipts make.
SELECT split_by_lane('message', 60);
SELECT sample_few('message', 10);
-- Nobody looks for messages by these: what they hold would be sorted for nothing each time that statistics are made.
ALTER TABLE message ALTER content SET STATISTICS 0, ALTER metadata SET STATISTICS 0, ALTER to_address SET STATISTICS 0,
  ALTER provider_message_id SET STATISTICS 0, ALTER error_detail SET STATISTICS 0;
SELECT split_by_lane('message_rollup');
SELECT split_by_lane('message_rollup_change');
SELECT split_by_lane('receipt');
