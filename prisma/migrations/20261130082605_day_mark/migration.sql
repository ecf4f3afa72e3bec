-- Written by npm run db:function.

CREATE OR REPLACE FUNCTION day_mark(p_restaurant uuid, p_date date) RETURNS text
LANGUAGE plpgsql STABLE AS $$
BEGIN
  RETURN (
    SELECT concat_ws(' ', a.date, a.today, a.version,
             (SELECT d.xmin FROM service_dates d WHERE d.restaurant_id = a.id AND d.service_date = a.date),
             (SELECT concat_ws('/', count(*), sum(s.xmin::text::bigint), count(*) FILTER (WHERE s.held_until <= now()))
                FROM slots s WHERE s.restaurant_id = a.id AND s.service_date = a.date),
             (SELECT concat_ws('/', count(*), sum(v.xmin::text::bigint),
                       count(*) FILTER (WHERE v.status = 'HELD' AND v.hold_expires_at <= now()))
                FROM reservations v WHERE v.restaurant_id = a.id AND v.service_date = a.date),
             (SELECT concat_ws('/', count(*), sum(t.xmin::text::bigint)) FROM restaurant_tables t WHERE t.restaurant_id = a.id),
             (SELECT concat_ws('/', count(*), sum(k.xmin::text::bigint))
                FROM table_closures k WHERE k.restaurant_id = a.id AND k.ends_at > now()),
             (SELECT n.xmin FROM shift_notes n WHERE n.restaurant_id = a.id AND n.service_date = a.date),
             (SELECT md5(string_agg(e.id::text || e.xmin::text, '')) FROM (
                -- That many acts of one restaurant do not commit before one that began earlier.
                SELECT id, xmin FROM audit_events WHERE restaurant_id = a.id ORDER BY at DESC LIMIT 32) AS e))
      FROM (SELECT r.id, r.xmin AS version, today, coalesce(p_date, today) AS date
              FROM restaurants r, service_date_at(now(), r.time_zone, r.day_cut_minutes) AS today
             WHERE r.id = p_restaurant AND r.deleted_at IS NULL) AS a);
END
$$;
