-- A published key stays.
CREATE OR REPLACE TRIGGER auth_keys_stay BEFORE UPDATE OR DELETE ON auth_keys FOR EACH ROW
  EXECUTE FUNCTION keep_published_key();
