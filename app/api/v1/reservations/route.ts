import { after } from 'next/server'
import { bookTable } from '@/domain/booking/commands'
import { listOwnReservations } from '@/domain/booking/queries'
import { bookingRequest, reservationPageQuery } from '@/domain/booking/schema'
import { readLiveVisitor } from '@/domain/identity/loaders'
import { apiRoute, jsonResponse } from '@/lib/http/api'
import { readAttempt, requireIdempotencyKey } from '@/lib/http/idempotency-key'
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
  answer: async ({ who, body, request: { headers } }) => {
    const key = requireIdempotencyKey(headers)
    if (!key.ok) return key
    const booked = await bookTable({
      dinerId: who.accountId,
      sessionEpoch: who.epoch,
      key: key.value,
      attempt: readAttempt(headers),
      turn: headers.get('opening-turn'),
      request: body,
      address: readTrustedAddress(headers),
      later: after,
    })
    return booked.ok ? jsonResponse(booked.value, 201) : booked
  },
})
