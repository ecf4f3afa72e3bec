import type { IdempotencyStore } from '@/domain/booking/idempotency.commands'

/** The answers to whoever holds a ticket's link; they know each other by nothing but the ticket. */
export const keysOfTicket = (ticketId: string): IdempotencyStore => ({
  ownerId: ticketId,
  find: async (tx, key) => {
    const [stored] = await tx.$queryRaw<{ requestHash: string; response: object }[]>`
      SELECT request_hash AS "requestHash", response FROM ticket_idempotency_keys
       WHERE ticket_id = ${ticketId}::uuid AND key = ${key}`
    return stored
  },
  keep: async (tx, { key, requestHash, json }) => {
    await tx.$executeRaw`
      INSERT INTO ticket_idempotency_keys (ticket_id, key, request_hash, response)
      VALUES (${ticketId}::uuid, ${key}, ${requestHash}, ${json}::jsonb)`
  },
})
