/**
 * What the database knows of the service, by the names that Prometheus reads. Labels are of closed
 * lists: no person, no restaurant, no id.
 */
export const serviceGauges = {
  bobjool_postgres_up: { help: 'Whether Postgres answered this scrape.' },
  bobjool_outbox_notices: {
    help: 'Notices that wait to be sent. Channel NONE: of bookings, before a worker takes them. Urgency 0: a person waits for it, 1: it has happened, 2: it is going to, 3: a crowd’s.',
    labels: ['channel', 'urgency'],
  },
  bobjool_outbox_oldest_age_seconds: {
    help: 'How long the notice that has waited longest is overdue, or has been tried in vain.',
    labels: ['channel', 'urgency'],
  },
  bobjool_outbox_dead_notices: {
    help: 'Notices of the last seven days that could not be delivered and are given up.',
    labels: ['channel', 'reason'],
  },
  bobjool_sweep_age_seconds: { help: 'Since the last sweep ended. Absent: none ever did.' },
  bobjool_sweep_duration_seconds: { help: 'How long the last sweep took.' },
  bobjool_sweep_failed_jobs: { help: 'How many jobs of the last sweep failed.' },
  bobjool_backup_age_seconds: {
    help: 'Since the last backup that was reported ended. Absent: none ever was.',
  },
  bobjool_reservations: {
    help: 'Reservations of today’s service, by what they are now.',
    labels: ['status'],
  },
  bobjool_holds: {
    help: 'Holds that wait for their confirmation; overdue: they have run out and are not swept yet.',
    labels: ['state'],
  },
  bobjool_tickets_waiting: { help: 'Tickets of parties in a line.', labels: ['status'] },
  bobjool_openings_ahead: {
    help: 'Openings to come: within the hour, within the day, later.',
    labels: ['within'],
  },
  bobjool_opening_entries_ahead: {
    help: 'Entries in the lobbies of openings to come.',
    labels: ['within'],
  },
  bobjool_openings_empty: {
    help: 'Openings within the hour whose lobby is open, and nobody is in it.',
  },
  bobjool_openings_undrawn: {
    help: 'Openings of the last day that somebody entered, half a minute past and still not drawn.',
  },
} as const satisfies Record<string, { help: string; labels?: readonly string[] }>
