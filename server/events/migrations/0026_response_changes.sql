-- What people did with a message and is not in the sums of its campaign yet (delivery/rollups/fold-responses.sql.ts): written
-- in the transaction that records it, taken out again a few seconds later. It says nothing that is not written elsewhere, and
-- stays with whom the message was to.
CREATE TABLE response_change (
  lane smallint NOT NULL,
  project_id int NOT NULL,
  -- null where it is looked up from what was sent: of a reply and an opt-out
  campaign_id int,
  kind text NOT NULL CHECK (kind IN ('click', 'preview', 'bot', 'personOpen', 'machineOpen', 'reply', 'optOut')),
  user_id bigint NOT NULL,
  -- which email was opened
  message_id bigint,
  -- to whom was replied
  sender_id int,
  -- where a click led: hashes of the page and of the whole address; null for what is no web page
  page_key bigint,
  address_key bigint,
  -- what was opted out of
  channel_ids int[],
  message_type_ids int[],
  at timestamptz NOT NULL
) PARTITION BY HASH (lane);
CREATE INDEX response_change_of_lane ON response_change (lane);

SELECT split_by_lane('response_change');
