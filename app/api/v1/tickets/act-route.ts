import type { z } from 'zod'
import { ticketAsker } from '@/domain/line/loaders'
import { moveTicket, type PlainAct } from '@/domain/line/move.commands'
import { movedTicket, staffActRequest } from '@/domain/line/schema'
import type { TicketAsker } from '@/domain/line/types'
import { staffActor } from '@/domain/restaurant/author.loaders'
import { ringOutboxBellLater } from '@/lib/db/outbox'
import { after } from '@/lib/http/after'
import { apiRoute, idParams } from '@/lib/http/api'
import { named, type Outage } from '@/lib/http/contract'
import type { Reason } from '@/lib/problems/problem'
import type { Result } from '@/lib/problems/result'

/** A guest's ticket is addressed by the token of its link, which needs no other proof. */
export const BY_LINK = 'By id for the account whose it is, or by the token of its link.'

export const ticketMoved = named('MovedTicket', movedTicket)

/** Staff acts that need no more than the intent; the body may be left out. */
export const staffActOnTicket = named('StaffIntent', staffActRequest)

/** The refusals that every act on a ticket shares. */
export type ActRefusal = 'not-found' | 'cannot-move' | 'in-progress' | 'key-reused'
const actRefusals = ['not-found', 'cannot-move', 'in-progress', 'key-reused'] as const

type Told<Value, R extends Reason> = {
  operationId: string
  summary: string
  answer: z.ZodType<Value>
  /** Refusals that this act adds to the shared ones. */
  refusals: readonly R[]
}
type Done<Value, R extends Reason> = Promise<Result<Value, NoInfer<R> | ActRefusal | Outage>>
type Acting<Body> = { ticketId: string; key: string | null; body: Body }

/** An act by the party itself: by the signed-in account, or through the link in the address. */
export function partyRoute<Body, Value, const R extends Reason>({
  body,
  answer,
  refusals,
  act,
  ...told
}: Told<Value, R> & {
  body: z.ZodType<Body>
  act: (asked: Acting<Body> & { asker: TicketAsker }) => Done<Value, R>
}) {
  return apiRoute({
    ...told,
    who: ticketAsker,
    body,
    key: 'optional',
    answers: { 200: answer },
    refusals: [...actRefusals, ...refusals],
    answer: async ({ who, body: given, key }) => {
      const done = await act({ ...who, key, body: given })
      if (done.ok) ringOutboxBellLater(after)
      return done
    },
  })
}

/** An act by the restaurant's staff. */
export function staffRoute<Body, Value, const R extends Reason>({
  body,
  answer,
  refusals,
  act,
  ...told
}: Told<Value, R> & {
  body?: z.ZodType<Body>
  act: (asked: Acting<Body> & { asker: TicketAsker & { accountId: string } }) => Done<Value, R>
}) {
  return apiRoute({
    ...told,
    who: staffActor,
    params: idParams,
    ...(body && { body, mayOmitBody: true }),
    key: 'optional',
    answers: { 200: answer },
    refusals: [...actRefusals, ...refusals],
    answer: async ({ who: { accountId }, params, body: given, key, address }) => {
      const asker = { accountId, address }
      const done = await act({ ticketId: params.id, key, asker, body: given as Body })
      if (done.ok) ringOutboxBellLater(after)
      return done
    },
  })
}

/** A staff move that needs no input besides the ticket. */
export function moveRoute({
  act,
  ...told
}: {
  operationId: string
  summary: string
  act: Exclude<PlainAct, 'PUT_BACK'>
}) {
  return staffRoute({
    ...told,
    answer: ticketMoved,
    body: staffActOnTicket,
    refusals: ['other-date'],
    act: ({ body, ...asked }) => moveTicket({ ...asked, ...body, act, scope: 'staff' }),
  })
}
