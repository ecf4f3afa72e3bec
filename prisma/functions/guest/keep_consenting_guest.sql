-- The guest who agrees at the door to be remembered, written down if the restaurant does not know them yet,
-- and their consent in the audit log. Who is known stays as they are, name and address: nobody at the door has
-- proven the number they type, and an account's reservations follow an address. Locks the guest against being
-- forgotten until the transaction ends; two who write one person down at once write one guest.
CREATE OR REPLACE FUNCTION keep_consenting_guest(
  p_restaurant uuid,
  p_name text,
  p_phone text,
  p_email text,
  p_locale text,
  p_way text,
  p_actor uuid,
  p_role text,
  p_at timestamptz
) RETURNS uuid
LANGUAGE plpgsql AS $$
DECLARE
  v_guest uuid;
BEGIN
  LOOP
    SELECT id INTO v_guest FROM guests
     WHERE id = known_guest(p_restaurant => p_restaurant, p_phone => p_phone, p_email => p_email) FOR KEY SHARE;
    EXIT WHEN FOUND;
    INSERT INTO guests (restaurant_id, name, phone, email, locale, consent_way, consented_at)
    VALUES (p_restaurant, p_name, p_phone, p_email, p_locale, p_way, p_at)
    ON CONFLICT DO NOTHING RETURNING id INTO v_guest;
    EXIT WHEN FOUND;
  END LOOP;
  INSERT INTO audit_events (at, actor_id, actor_role, restaurant_id, subject, subject_id, act, to_status, details)
  VALUES (p_at, p_actor, p_role, p_restaurant, 'GUEST', v_guest, 'GIVE_CONSENT', 'GIVEN', jsonb_build_object('way', p_way));
  RETURN v_guest;
END
$$;
