import { holdSoftly, releaseSoftly } from '@/domain/availability/soft-hold.commands'
import {
  softHoldAnswer,
  softHoldRelease,
  softHoldRequest,
} from '@/domain/availability/soft-hold.schema'
import { checkTurn } from '@/domain/opening/turn.commands'
import { apiRoute, idParams, jsonResponse } from '@/lib/http/api'
import { named } from '@/lib/http/contract'
import { openingTurn } from '@/lib/http/headers'
import { readVisitor } from '@/lib/http/session'

const softHold = named('SoftHold', softHoldAnswer)

/**
 * A soft hold is a hint without a promise, so the token alone identifies the diner, without
 * Postgres.
 */
export const POST = apiRoute({
  operationId: 'holdSoftly',
  summary:
    'Ask others to leave a table alone for three minutes while you confirm: a hint. 200 with null when none fits or nothing is known; booking works all the same.',
  who: readVisitor,
  params: idParams,
  body: named('SoftHoldRequest', softHoldRequest),
  headers: openingTurn,
  answers: { 200: softHold, 201: softHold },
  refusals: ['no-turn', 'rate-limited'],
  answer: async ({ who, params, body, readHeader, address }) => {
    const token = readHeader('Opening-Turn')
    const held = await holdSoftly({
      dinerId: who.accountId,
      turnOf: await checkTurn({ token, accountId: who.accountId }),
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
  who: readVisitor,
  params: idParams,
  body: named('SoftHoldRelease', softHoldRelease),
  answers: { 204: null },
  refusals: ['rate-limited'],
  answer: ({ who, params, body, address }) =>
    releaseSoftly({ dinerId: who.accountId, restaurantId: params.id, address, ...body }),
})
