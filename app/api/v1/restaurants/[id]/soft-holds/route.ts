import { holdSoftly, releaseSoftly } from '@/domain/availability/soft-hold.commands'
import {
  softHoldAnswer,
  softHoldRelease,
  softHoldRequest,
} from '@/domain/availability/soft-hold.schema'
import { readRecentVisitor } from '@/domain/identity/session.loaders'
import { apiRoute, idParams, jsonResponse } from '@/lib/http/api'
import { named } from '@/lib/http/contract'
import { openingTurn } from '@/lib/http/headers'

const softHold = named('SoftHold', softHoldAnswer)

/**
 * A soft hold is a hint without a promise: the token identifies the diner, and Postgres is asked
 * about its session once a minute.
 */
export const POST = apiRoute({
  operationId: 'holdSoftly',
  summary:
    'Ask others to leave a table alone for three minutes while you confirm: a hint. 200 with null when none fits or nothing is known; booking works all the same.',
  who: readRecentVisitor,
  params: idParams,
  body: named('SoftHoldRequest', softHoldRequest),
  headers: openingTurn,
  answers: { 200: softHold, 201: softHold },
  refusals: ['no-turn', 'rate-limited'],
  answer: async ({ who, params, body, readHeader, address }) => {
    const held = await holdSoftly({
      dinerId: who.accountId,
      turn: readHeader('Opening-Turn'),
      restaurantId: params.id,
      serviceDate: body.serviceDate,
      address,
      request: body,
    })
    return held.ok ? jsonResponse(held.value, held.value.slotId === null ? 200 : 201) : held
  },
})

export const DELETE = apiRoute({
  operationId: 'releaseSoftly',
  summary: 'Give it back',
  who: readRecentVisitor,
  params: idParams,
  body: named('SoftHoldRelease', softHoldRelease),
  answers: { 204: null },
  refusals: ['rate-limited'],
  answer: ({ who, params, body, address }) =>
    releaseSoftly({ dinerId: who.accountId, restaurantId: params.id, address, ...body }),
})
