-- Every reservation at the guest's restaurant of the person that a guest is: of all who are merged with it,
-- and what their accounts booked themselves. Nothing is written for this when a diner books.
CREATE OR REPLACE FUNCTION reservations_of_guest(p_guest uuid) RETURNS SETOF reservations
LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT v.* FROM reservations v WHERE v.guest_id = ANY (ARRAY(SELECT guests_merged_with(p_guest)))
  UNION ALL
  SELECT v.* FROM guests g JOIN reservations v ON v.restaurant_id = g.restaurant_id
   WHERE g.id = p_guest
     AND v.diner_id = ANY (ARRAY(SELECT accounts_of_guests(ARRAY(SELECT guests_merged_with(p_guest)))))
$$;
