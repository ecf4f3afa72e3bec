/** Every operation that is served in front of the framework; a test keeps it as the contracts have it. */
export const DIRECT = [
  'GET /api/v1/openings/{id}',
  'GET /api/v1/openings/{id}/entries/me',
  'GET /api/v1/restaurants/{id}/board',
  'GET /api/v1/restaurants/{id}/day',
  'GET /api/v1/restaurants/{id}/line',
  'POST /api/v1/openings/{id}/entries',
  'POST /api/v1/openings/{id}/turn',
  'POST /api/v1/reservations',
  'POST /api/v1/restaurants/{id}/tickets',
]
