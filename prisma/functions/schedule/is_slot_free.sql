-- Whether nobody has the slot at an instant: a hold that ran out is free again, before the sweep has
-- written it down (G5). Never null. Whether it is blocked or deleted is another question. Plans see
-- through it.
CREATE OR REPLACE FUNCTION is_slot_free(p_taken boolean, p_held_until timestamptz, p_at timestamptz) RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN NOT p_taken OR (p_held_until IS NOT NULL AND p_held_until <= p_at);
