/** One act, as the trail tells it. Instants are ISO 8601, UTC. */
export type TrailLine = {
  id: string
  at: string
  /** Null: the service itself, or somebody who has left. */
  actorId: string | null
  actorName: string | null
  actorRole: string
  /** Null: no trusted address header, or the service itself. */
  address: string | null
  restaurantId: string | null
  restaurantName: string | null
  subject: string
  subjectId: string
  /** Of the account it was about. Null: about something else, or somebody who has left. */
  subjectName: string | null
  act: string
  /** Null: the subject came into being with this act. */
  fromStatus: string | null
  toStatus: string
  undoneAt: string | null
  /** Null: the act says it all. */
  details: Record<string, unknown> | null
}
