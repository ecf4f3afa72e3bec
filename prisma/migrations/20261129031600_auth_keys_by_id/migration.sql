-- A key's id is made of the key, so one unique index is enough; of two, an upsert meets the other.
DROP INDEX auth_keys_public_key_key;
