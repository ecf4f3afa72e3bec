import { noteBoardChanged } from '@/domain/availability/board.commands'
import { admitBooking } from '@/domain/booking/admission.commands'
import { bookingRequest, placedReservation } from '@/domain/booking/schema'
import { nudgeOutbox } from '@/domain/notification/commands'
import { after } from '@/lib/http/after'
import { apiRoute, jsonResponse } from '@/lib/http/api'
import { readVisitor } from '@/lib/http/session'
import { refuse } from '@/lib/problems/result'
import { bookUnderLock } from './booking'
import { takeLock } from './lock'

/**
 * B2: the usual design. Session, parsing, limits and what happens after the response are ours; in
 * between a lock on the time asked for, then read, check, write, release.
 */
export const POST = apiRoute({
  operationId: 'bookUnderLock',
  // Like a booking of ours.
  direct: 'POST /api/bench/redis-lock',
  summary: 'Book a table under a lock in Redis',
  who: readVisitor,
  body: bookingRequest,
  key: 'required',
  answers: { 201: placedReservation },
  refusals: ['not-found', 'closed-day', 'already-booked', 'sold-out', 'rate-limited'],
  answer: async ({ who, body, key, address }) => {
    const asking = { dinerId: who.accountId, key, request: body }
    const admitted = await admitBooking({ ...asking, address })
    if (!admitted.ok) return admitted
    const lock = await takeLock(`lock:${body.restaurantId}:${body.serviceDate}:${body.startsAt}`)
    if (!lock) return refuse('busy')
    const booked = await bookUnderLock(asking).finally(lock.release)
    if (!booked.ok) return booked
    after(() => noteBoardChanged(body))
    after(nudgeOutbox)
    return jsonResponse(booked.value, 201)
  },
})
