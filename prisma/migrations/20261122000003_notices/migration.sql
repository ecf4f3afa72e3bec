-- In which order things were told. queued_at can't say it: it is when a transaction began, and a
-- transaction that began earlier may tell what happened later. An identity is drawn when the row is
-- written, so whoever saw a notice's subject changed gets a higher one.
ALTER TABLE notices ADD COLUMN ordinal bigint GENERATED ALWAYS AS IDENTITY;

-- Until when a failing notice is tried again, by this database's clock; then it is DEAD, visibly.
ALTER TABLE notices ADD COLUMN give_up_at timestamptz(3) NOT NULL DEFAULT now() + interval '24 hours';
