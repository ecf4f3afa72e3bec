-- Enters accounts into an opening like enter_opening_unbooked, in one transaction: all, or none where the
-- statement fails. `p_entrants`: account, epoch, session, entry, mailbox (hex), named and received of
-- each, as enter_opening takes them. Locks what enter_opening locks. Where entries have numbers, these follow the
-- order of `p_entrants`, and the opening's row is locked with the first one. Where they have none, the order
-- is that of the accounts, so that two calls with the same accounts wait for each other rather than deadlock.
--
-- Returns the answers as an array in the order of `p_entrants`. An account named twice enters once.
CREATE OR REPLACE FUNCTION enter_opening_together(p_opening uuid, p_entrants jsonb) RETURNS jsonb
LANGUAGE plpgsql AS $$
DECLARE
  v_entrant record;
  v_numbered boolean := (SELECT order_by = 'ARRIVAL' OR (cohort_seconds IS NULL AND opens_at <= clock_timestamp())
                           FROM openings WHERE id = p_opening);
  v_answers jsonb[] := array_fill(NULL::jsonb, ARRAY[jsonb_array_length(p_entrants)]);
BEGIN
  FOR v_entrant IN
    SELECT e.*, n.place
      FROM jsonb_array_elements(p_entrants) WITH ORDINALITY AS n(entrant, place)
      CROSS JOIN LATERAL jsonb_to_record(n.entrant)
        AS e(account uuid, epoch integer, session uuid, entry text, mailbox text, named text, received timestamptz)
     ORDER BY CASE WHEN v_numbered THEN n.place END, e.account, n.place
  LOOP
    v_answers[v_entrant.place] := enter_opening_unbooked(
      p_opening, v_entrant.account, v_entrant.epoch, v_entrant.entry, decode(v_entrant.mailbox, 'hex'),
      v_entrant.session, v_entrant.named::jsonb, v_entrant.received);
  END LOOP;
  RETURN to_jsonb(v_answers);
END
$$;
