import { after } from 'next/server'
import type { z } from 'zod'
import { readLiveVisitor } from '@/domain/identity/loaders'
import { readTicketAsker } from '@/domain/line/loaders'
import { moveTicket, type PlainAct } from '@/domain/line/move.commands'
import type { TicketAsker } from '@/domain/line/types'
import { ringOutboxBell } from '@/lib/db/outbox'
import { apiRoute, idOf, jsonResponse } from '@/lib/http/api'
import { readIdempotencyKey } from '@/lib/http/idempotency-key'
import { readTrustedAddress } from '@/lib/http/session'
import { type Result, refuse } from '@/lib/problems/result'

type Acting<Body> = { ticketId: string; key: string | null; body: Body }

/** An act of whoever's ticket it is: of the account that asks, or of the link in the address. */
export function partyRoute<Body>({
  body,
  act,
}: {
  body: z.ZodType<Body>
  act: (asked: Acting<Body> & { asker: TicketAsker }) => Promise<Result<object>>
}) {
  return apiRoute({
    who: { read: readTicketAsker },
    body,
    answer: async ({ who, request, body: given }) => {
      const key = readIdempotencyKey(request.headers)
      if (!key.ok) return key
      const done = await act({ ...who, key: key.value, body: given })
      if (done.ok) after(ringOutboxBell)
      return done.ok ? jsonResponse(done.value) : done
    },
  })
}

/** An act of the restaurant's staff. */
export function staffRoute<Body>({
  body,
  act,
}: {
  body?: z.ZodType<Body>
  act: (
    asked: Acting<Body> & { asker: TicketAsker & { accountId: string } },
  ) => Promise<Result<object>>
}) {
  return apiRoute({
    who: readLiveVisitor,
    ...(body && { body }),
    answer: async ({ who, request, params, body: given }) => {
      const ticketId = idOf(params.id)
      if (!ticketId) return refuse('not-found')
      const key = readIdempotencyKey(request.headers)
      if (!key.ok) return key
      const asker = { accountId: who.accountId, address: readTrustedAddress(request.headers) }
      const done = await act({ ticketId, key: key.value, asker, body: given as Body })
      if (done.ok) after(ringOutboxBell)
      return done.ok ? jsonResponse(done.value) : done
    },
  })
}

/** A move of the staff's that needs nothing but the ticket. */
export const moveRoute = (act: PlainAct) =>
  staffRoute({ act: ({ body: _, ...asked }) => moveTicket({ ...asked, act, scope: 'staff' }) })
