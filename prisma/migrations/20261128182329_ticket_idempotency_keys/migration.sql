-- The keys of requests by a ticket's link, beside those of accounts. Nothing is rewritten.
ALTER TABLE ticket_answers RENAME TO ticket_idempotency_keys;
ALTER TABLE ticket_idempotency_keys RENAME CONSTRAINT ticket_answers_pkey TO ticket_idempotency_keys_pkey;
ALTER TABLE ticket_idempotency_keys RENAME CONSTRAINT ticket_answers_key_length TO ticket_idempotency_keys_key_length;
ALTER TABLE ticket_idempotency_keys RENAME CONSTRAINT ticket_answers_ticket_fkey TO ticket_idempotency_keys_ticket_fkey;
ALTER INDEX ticket_answers_created_idx RENAME TO ticket_idempotency_keys_created_idx;
