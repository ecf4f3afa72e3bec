-- The network that an address is in, wide enough to name no household: 203.0.113.0/24, 2001:db8:1::/48.
-- Null: it is no address.
CREATE OR REPLACE FUNCTION cut_address(p_address text) RETURNS text
LANGUAGE plpgsql IMMUTABLE STRICT AS $$
DECLARE
  v_address inet;
BEGIN
  v_address := p_address;
  RETURN network(set_masklen(v_address, CASE family(v_address) WHEN 4 THEN 24 ELSE 48 END))::text;
EXCEPTION WHEN invalid_text_representation THEN
  RETURN NULL;
END
$$;
