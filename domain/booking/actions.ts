'use server'

import { refresh } from 'next/cache'
import { z } from 'zod'
import { readLiveVisitor, readOwnVisitor } from '@/domain/identity/loaders'
import { nudgeOutbox } from '@/domain/notification/commands'
import { staffActor } from '@/domain/restaurant/author.loaders'
import { serverAction } from '@/lib/http/action'
import { after } from '@/lib/http/after'
import { idempotencyKey } from '@/lib/http/idempotency-key'
import { refuse, succeed } from '@/lib/problems/result'
import { createLimit } from '@/lib/redis/limit'
import { cancelByLink } from './cancel-link.commands'
import { changeByLink, changeReservation } from './change.commands'
import { ownChange } from './change.schema'
import { closeBookedDate } from './closed-date.commands'
import { closedDate } from './closed-date.schema'
import { deleteAccount } from './delete-account.commands'
import { accountDeletion } from './delete-account.schema'
import { keepDiet, keepDietByLink } from './diet.commands'
import { decideDispute, disputeNoShow } from './dispute.commands'
import { dispute, disputeDecision } from './dispute.schema'
import { sayLate, sayLateByLink } from './lateness.commands'
import { moveReservation } from './move.commands'
import { writeStaffNote } from './note.commands'
import { lateness, staffNoteChange } from './schema'
import { cancellation } from './search.schema'

const ownReservation = z.strictObject({ reservationId: z.uuid() })

const moveOwn = (act: 'CONFIRM' | 'CANCEL') =>
  serverAction({
    who: readOwnVisitor,
    input: ownReservation,
    run: async ({ who, input, address }) => {
      const actor = { accountId: who.accountId, address }
      const moved = await moveReservation({ ...input, act, actor, scope: 'diner' })
      if (moved.ok) after(nudgeOutbox)
      refresh()
      return moved.ok ? succeed(null) : moved
    },
  })

/** A diner confirms their own hold before its deadline. */
export const confirmOwnReservation = moveOwn('CONFIRM')

/** A diner gives their own table back. */
export const cancelOwnReservation = moveOwn('CANCEL')

/** Signed in or not: the mailed link identifies the diner. */
export const cancelLinkedReservation = serverAction({
  who: 'anyone',
  input: z.strictObject({ token: z.string().max(100) }),
  run: async ({ input, address }) => {
    const moved = await cancelByLink({ ...input, address })
    if (moved.ok) after(nudgeOutbox)
    refresh()
    return moved.ok ? succeed(null) : moved
  },
})

/** The page's own key, so that a change sent twice is made once; and its turn, behind a gate. */
const asked = { key: idempotencyKey, turn: z.string().max(500).nullable().default(null) }

/** A diner changes the date, time, size or words of their own reservation. */
export const changeOwnReservation = serverAction({
  who: readOwnVisitor,
  input: z.strictObject({ ...ownReservation.shape, ...asked, change: ownChange }),
  run: async ({ who, input, address }) => {
    const actor = { accountId: who.accountId, address }
    const changed = await changeReservation({
      ...input,
      actor,
      scope: 'diner',
      session: who,
      later: after,
    })
    refresh()
    return changed.ok ? succeed(null) : changed
  },
})

/** The same, signed in or not: the mailed link identifies the diner. */
export const changeLinkedReservation = serverAction({
  who: 'anyone',
  input: z.strictObject({ token: z.string().max(100), change: ownChange }),
  run: async ({ input, address }) => {
    const changed = await changeByLink({ ...input, address, later: after })
    refresh()
    return changed.ok ? succeed(null) : changed
  },
})

/** An owner closes a single date, and may cancel what is booked on it. */
export const closeOwnDate = serverAction({
  who: readLiveVisitor,
  input: closedDate,
  run: async ({ who, input, address }) => {
    const actor = { accountId: who.accountId, address }
    const closed = await closeBookedDate({ ...input, actor })
    if (closed.ok) {
      after(nudgeOutbox)
      refresh()
    }
    return closed
  },
})

/** A diner tells the restaurant how late their party will be. */
export const sayOwnLate = serverAction({
  who: readOwnVisitor,
  input: lateness.extend(ownReservation.shape),
  run: async ({ who: { accountId }, input, address }) => {
    const said = await sayLate({ ...input, actor: { accountId, address }, scope: 'diner' })
    refresh()
    return said.ok ? succeed(null) : said
  },
})

/** The same, signed in or not: the mailed link identifies the diner. */
export const sayLinkedLate = serverAction({
  who: 'anyone',
  input: lateness.extend({ token: z.string().max(100) }),
  run: async ({ input, address }) => {
    const said = await sayLateByLink({ ...input, address })
    refresh()
    return said.ok ? succeed(null) : said
  },
})

/** A diner disputes that a reservation of theirs is a no-show. */
export const disputeOwnNoShow = serverAction({
  who: readOwnVisitor,
  input: dispute.extend(ownReservation.shape),
  run: async ({ who: { accountId }, input, address }) => {
    const disputed = await disputeNoShow({ ...input, actor: { accountId, address } })
    if (disputed.ok) after(nudgeOutbox)
    refresh()
    return disputed
  },
})

/** Staff of the restaurant, or an admin, decide a dispute. */
export const decideGuestDispute = serverAction({
  who: readLiveVisitor,
  input: disputeDecision.extend(ownReservation.shape),
  run: async ({ who: { accountId }, input, address }) => {
    const decided = await decideDispute({ ...input, actor: { accountId, address } })
    if (decided.ok) after(nudgeOutbox)
    refresh()
    return decided
  },
})

const dietAnswer = z.strictObject({ keeps: z.boolean() })

/** A diner lets the restaurant keep what they can't eat for their next visits, or takes that back. */
export const keepOwnDiet = serverAction({
  who: readOwnVisitor,
  input: dietAnswer.extend(ownReservation.shape),
  run: async ({ who: { accountId }, input, address }) => {
    const kept = await keepDiet({ ...input, actor: { accountId, address }, scope: 'diner' })
    refresh()
    return kept.ok ? succeed(null) : kept
  },
})

/** The same, signed in or not: the mailed link identifies the diner. */
export const keepLinkedDiet = serverAction({
  who: 'anyone',
  input: dietAnswer.extend({ token: z.string().max(100) }),
  run: async ({ input, address }) => {
    const kept = await keepDietByLink({ ...input, address })
    refresh()
    return kept.ok ? succeed(null) : kept
  },
})

/** Staff write a note about a party of their restaurant. */
export const editStaffNote = serverAction({
  who: staffActor,
  input: staffNoteChange,
  run: ({ who, input: { text = null, ...note }, address }) =>
    writeStaffNote({ ...note, text, actor: { accountId: who.accountId, address } }),
})

/** An admin cancels any reservation; the diner reads the reason. */
export const cancelReservation = serverAction({
  who: readLiveVisitor,
  input: cancellation,
  run: async ({ who, input, address }) => {
    // A restaurant's own staff cancel on their board; this action is for admins.
    if (who.role !== 'ADMIN') return refuse('not-found')
    const actor = { accountId: who.accountId, address }
    // An admin corrects the record of any date.
    const intent = { override: true }
    const moved = await moveReservation({
      ...input,
      act: 'CANCEL',
      actor,
      scope: 'staff',
      intent,
    })
    if (!moved.ok) return moved
    after(nudgeOutbox)
    refresh()
    return succeed(null)
  },
})

const tries = createLimit({ name: 'delete-account', tries: 10, windowSeconds: 60 })

/**
 * Erases the caller's account. The page then drops its session: an answer that set a cookie would
 * redraw the page for a signed-out visitor before they could read the confirmation.
 */
export const deleteOwnAccount = serverAction({
  who: readOwnVisitor,
  input: accountDeletion,
  run: async ({ who: { accountId, email }, input }) => {
    const limit = await tries(accountId)
    if (!limit.allowed) return refuse('rate-limited', { retryAfterMs: limit.retryAfterMs })
    return deleteAccount({ accountId, email, proof: input })
  },
})
