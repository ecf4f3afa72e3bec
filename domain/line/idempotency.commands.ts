import type { AnswerBook } from '@/domain/booking/idempotency.commands'

/** The answers to whoever holds a ticket's link; they know each other by nothing but the ticket. */
export const answersOfTicket = (ticketId: string): AnswerBook => ({
  ownerId: ticketId,
  find: async (tx, key) => {
    const [stored] = await tx.$queryRaw<{ requestHash: string; response: object }[]>`
      SELECT request_hash AS "requestHash", response FROM ticket_answers
       WHERE ticket_id = ${ticketId}::uuid AND key = ${key}`
    return stored
  },
  keep: async (tx, { key, requestHash, json }) => {
    await tx.$executeRaw`
      INSERT INTO ticket_answers (ticket_id, key, request_hash, response)
      VALUES (${ticketId}::uuid, ${key}, ${requestHash}, ${json}::jsonb)`
  },
})
