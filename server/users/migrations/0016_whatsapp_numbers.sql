-- Numbers that WhatsApp knows by another one, where Meta's answer to a post said so and no rule of users/phone-key.ts
-- tells. Both by their keys. Laned as the identity of the other number is, by which they are looked up.
CREATE TABLE whatsapp_number (
  lane smallint NOT NULL,
  project_id int NOT NULL,
  -- as WhatsApp spells the account (wa_id)
  known_as text NOT NULL,
  -- as we write to it
  phone text NOT NULL,
  told_at timestamptz NOT NULL,
  PRIMARY KEY (lane, project_id, known_as, phone)
) PARTITION BY HASH (lane);

SELECT split_by_lane('whatsapp_number');
