/** Where somebody stands on the way to being an owner. */
export type OwnerStanding =
  | { state: 'DINER' | 'WAITING' | 'APPROVED' | 'ADMIN' }
  | { state: 'REFUSED' /** The admin's words. */; reason: string }
