-- What a search for a person looks in: name, address and phone. The index accounts_words holds it.
CREATE OR REPLACE FUNCTION account_words(p_name text, p_email text, p_phone text) RETURNS tsvector
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN typed_words(
  p_keys => ARRAY[replace(typed_key(p_name), ' ', ''), typed_key(p_email), phone_key(p_phone)],
  p_names => '{}',
  p_initials => ARRAY[typed_initials(p_name)]);
