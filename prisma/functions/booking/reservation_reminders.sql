-- The reminders of a reservation that is told at that instant, and when they are due.
CREATE OR REPLACE FUNCTION reservation_reminders(p_service_date date, p_starts_at timestamptz, p_time_zone text, p_told_at timestamptz)
RETURNS TABLE (kind text, due_at timestamptz)
LANGUAGE sql STABLE AS $$
  -- Six in the evening of the day before, on the restaurant's wall. Who books later than that,
  -- or on the day itself, has no such evening.
  SELECT 'RESERVATION_TOMORROW', (p_service_date - 1 + time '18:00') AT TIME ZONE p_time_zone
   WHERE (p_service_date - 1 + time '18:00') AT TIME ZONE p_time_zone > p_told_at
  UNION ALL
  -- Who books less than half an hour before it knows it yet.
  SELECT 'RESERVATION_SOON', p_starts_at - interval '2 hours'
   WHERE p_starts_at - interval '2 hours' > p_told_at + interval '30 minutes'
$$;
