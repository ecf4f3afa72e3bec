import { after } from 'next/server'
import { noteBoardChanged } from '@/domain/availability/board.commands'
import { listHeldByOthers } from '@/domain/availability/soft-hold.queries'
import { admitBooking, refuseByGate, refuseBySnapshot } from '@/domain/booking/admission.commands'
import { findAnsweredBooking, placeReservation } from '@/domain/booking/commands'
import { listOwnReservations } from '@/domain/booking/queries'
import { bookingRequest, readBookingHeaders, reservationPageQuery } from '@/domain/booking/schema'
import { readLiveVisitor } from '@/domain/identity/loaders'
import { nudgeOutbox } from '@/domain/notification/commands'
import { checkTurn } from '@/domain/opening/turn.commands'
import { apiRoute, jsonResponse } from '@/lib/http/api'
import { readTrustedAddress, readVisitor } from '@/lib/http/session'

export const GET = apiRoute({
  who: readLiveVisitor,
  query: reservationPageQuery,
  answer: async ({ who, query }) =>
    jsonResponse(await listOwnReservations({ dinerId: who.accountId, ...query })),
})

export const POST = apiRoute({
  // Whether the session still lives is judged by the one statement that books.
  who: readVisitor,
  body: bookingRequest,
  answer: async ({ who, body, request }) => {
    const headers = readBookingHeaders(request.headers)
    if (!headers.ok) return headers
    const { key, attempt } = headers.value
    const token = request.headers.get('opening-turn')
    const asking = {
      dinerId: who.accountId,
      sessionEpoch: who.epoch,
      turnOf: await checkTurn({ token, accountId: who.accountId }),
      key,
      request: body,
      address: readTrustedAddress(request.headers),
    }
    if (attempt > 1) {
      const answered = await findAnsweredBooking(asking)
      if (!answered.ok) return answered
      if (answered.value) return jsonResponse(answered.value.reservation, 201)
    }
    const gate = refuseByGate(asking)
    if (!gate.ok) return gate
    const known = refuseBySnapshot(asking)
    if (!known.ok) return known
    const admitted = await admitBooking(asking)
    if (!admitted.ok) return admitted
    const avoidSlotIds = listHeldByOthers({ dinerId: who.accountId, ...body })
    const placed = await placeReservation({ ...asking, avoidSlotIds })
    // Nothing anybody waits for stands behind the commit.
    if (placed.ok || placed.reason === 'sold-out' || placed.reason === 'no-turn')
      after(() => noteBoardChanged(body))
    if (placed.ok) after(nudgeOutbox)
    return placed.ok ? jsonResponse(placed.value.reservation, 201) : placed
  },
})
