/** What a shared tablet is asked for where no author is. */
type Exception = {
  /** The refusal that stands there instead. Without one the route is not asked: it would do its work. */
  refused?: string
  routes: string[]
}

/** The routes of the API that change something and name no author, by the reason for it. */
export const authorlessRoutes: Record<string, Exception> = {
  'settings and openings: the account itself proves who it is': {
    refused: '403 proof-needed',
    routes: [
      'POST /openings/{id}/cancel',
      'PATCH /openings/{id}',
      'POST /reservations/{id}/dispute/decide',
      'PUT /restaurants/{id}/areas',
      'PUT /restaurants/{id}/combinations',
      'PUT /restaurants/{id}/floor-plan',
      'POST /restaurants/{id}/guests/import',
      'POST /restaurants/{id}/openings',
      'POST /restaurants/{id}/schedule',
    ],
  },
  'a diner’s own: a shared tablet does nothing for its account': {
    refused: '403 proof-needed',
    routes: [
      'POST /reservations/{id}/dispute',
      'POST /tickets/{id}/cancel',
      'POST /tickets/{id}/postpone',
      'POST /tickets/{id}/undo',
      'POST /tickets/{id}/end-consent',
      'POST /tickets/{id}/forget',
    ],
  },
  'a diner’s own too, judged by its database function: `shared-tablet`, tested below': {
    routes: ['POST /openings/{id}/entries', 'POST /reservations', 'POST /restaurants/{id}/tickets'],
  },
  'a diner’s own, which lasts no longer than their page: nothing is booked by it': {
    routes: [
      'POST /openings/{id}/turn',
      'DELETE /restaurants/{id}/soft-holds',
      'POST /restaurants/{id}/soft-holds',
    ],
  },
  'says who acts, or proves who the account is': {
    routes: [
      'POST /restaurants/{id}/authors',
      'POST /session/proof',
      'POST /session/proof-code',
      'PUT /session',
    ],
  },
  'of no account yet, or of none any more': {
    routes: ['POST /accounts', 'POST /session', 'DELETE /session'],
  },
}

/** Actions of pages that need no session at all: the guest's own link says whose they are. */
export const linkActions = [
  'domain/booking/actions.ts cancelLinkedReservation',
  'domain/booking/actions.ts changeLinkedReservation',
  'domain/booking/actions.ts keepLinkedDiet',
  'domain/booking/actions.ts sayLinkedLate',
  'domain/notification/subscription.actions.ts turnOffGuestPush',
  'domain/notification/subscription.actions.ts turnOnGuestPush',
]
