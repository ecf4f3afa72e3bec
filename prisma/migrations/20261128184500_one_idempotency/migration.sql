-- One table keeps the first answers to accounts and to holders of a ticket's link.
-- The rows of accounts, and the statements on them, stay as they are. An instance from before that
-- answers a ticket's link fails at the table that is gone and writes nothing; the same key asked again
-- is answered by an instance of now. The lock waits for answers that are being stored, so none is lost.
LOCK TABLE idempotency_keys, ticket_idempotency_keys IN ACCESS EXCLUSIVE MODE;

ALTER TABLE idempotency_keys DROP CONSTRAINT idempotency_keys_pkey;
ALTER TABLE idempotency_keys
  ALTER COLUMN account_id DROP NOT NULL,
  ADD COLUMN ticket_id uuid,
  ADD CONSTRAINT idempotency_keys_one_asker CHECK (num_nonnulls(account_id, ticket_id) = 1),
  ADD CONSTRAINT idempotency_keys_ticket_fkey FOREIGN KEY (ticket_id) REFERENCES tickets (id) ON DELETE CASCADE ON UPDATE CASCADE;

INSERT INTO idempotency_keys (ticket_id, key, request_hash, response, created_at)
SELECT ticket_id, key, request_hash, response, created_at FROM ticket_idempotency_keys;
DROP TABLE ticket_idempotency_keys;

-- Partial, so that a booking writes no more indexes than before.
CREATE UNIQUE INDEX idempotency_keys_once_per_account ON idempotency_keys (account_id, key) WHERE account_id IS NOT NULL;
CREATE UNIQUE INDEX idempotency_keys_once_per_ticket ON idempotency_keys (ticket_id, key) WHERE ticket_id IS NOT NULL;
