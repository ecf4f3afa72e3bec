'use server'

import { refresh } from 'next/cache'
import { headers } from 'next/headers'
import { after } from 'next/server'
import { z } from 'zod'
import { readPageVisitor } from '@/domain/identity/loaders'
import { nudgeOutbox } from '@/domain/notification/commands'
import { type Locale, locales } from '@/lib/locale'
import { describeProblem } from '@/lib/problem'
import { type Result, refuse } from '@/lib/result'
import { readTrustedAddress } from '@/lib/session'
import { moveReservation } from './move/commands'
import type { OwnAct } from './types'

const ownReservation = z.strictObject({ reservationId: z.uuid(), locale: z.enum(locales) })

/** Whatever a browser sends comes in here, so nothing of it is trusted, least of all who it is. */
async function moveOwn(given: unknown, act: 'CONFIRM' | 'CANCEL'): Promise<OwnAct> {
  const asked = ownReservation.safeParse(given)
  const locale = asked.data?.locale ?? 'ko'
  const visitor = await readPageVisitor()
  if (!visitor) return answer(refuse('signed-out'), locale)
  if (!asked.success) return answer(refuse('not-found'), locale)
  const actor = { accountId: visitor.accountId, address: readTrustedAddress(await headers()) }
  const { reservationId } = asked.data
  const moved = await moveReservation({ reservationId, act, actor, scope: 'diner' })
  if (moved.ok) after(nudgeOutbox)
  refresh()
  return answer(moved, locale)
}

function answer(result: Result<unknown>, locale: Locale): OwnAct {
  if (result.ok) return { ok: true }
  return {
    ok: false,
    reason: result.reason,
    words: describeProblem({ ...result, locale }).body.title,
  }
}

/** The diner confirms their own hold, before its deadline. */
export async function confirmOwnReservation(given: {
  reservationId: string
  locale: Locale
}): Promise<OwnAct> {
  return moveOwn(given, 'CONFIRM')
}

/** The diner gives their own table back. */
export async function cancelOwnReservation(given: {
  reservationId: string
  locale: Locale
}): Promise<OwnAct> {
  return moveOwn(given, 'CANCEL')
}
