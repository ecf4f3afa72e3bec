import { after } from 'next/server'
import { noteBoardChanged } from '@/domain/availability/board.commands'
import { admitBooking } from '@/domain/booking/admission.commands'
import { bookingRequest } from '@/domain/booking/schema'
import { nudgeOutbox } from '@/domain/notification/commands'
import { apiRoute, jsonResponse } from '@/lib/http/api'
import { requireIdempotencyKey } from '@/lib/http/idempotency-key'
import { readTrustedAddress, readVisitor } from '@/lib/http/session'
import { refuse } from '@/lib/problems/result'
import { bookUnderLock } from './booking'
import { takeLock } from './lock'

/**
 * B2: the usual design. Session, parsing, limits and what happens after the response are ours; in
 * between a lock on the time asked for, then read, check, write, release.
 */
export const POST = apiRoute({
  who: readVisitor,
  body: bookingRequest,
  answer: async ({ who, body, request }) => {
    const key = requireIdempotencyKey(request.headers)
    if (!key.ok) return key
    const asking = { dinerId: who.accountId, key: key.value, request: body }
    const admitted = await admitBooking({ ...asking, address: readTrustedAddress(request.headers) })
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
