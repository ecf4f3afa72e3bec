/** How a guest asked staff for a reservation. */
export const bookingSources = ['PHONE', 'WALK_IN', 'WEB', 'OTHER'] as const
