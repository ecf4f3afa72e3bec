'use server'

import { refresh } from 'next/cache'
import { after } from 'next/server'
import { z } from 'zod'
import { readLiveVisitor } from '@/domain/identity/loaders'
import { nudgeOutbox } from '@/domain/notification/commands'
import { serverAction } from '@/lib/http/action'
import { succeed } from '@/lib/problems/result'
import { moveReservation } from './move.commands'

const ownReservation = z.strictObject({ reservationId: z.uuid() })

const moveOwn = (act: 'CONFIRM' | 'CANCEL') =>
  serverAction({
    who: readLiveVisitor,
    input: ownReservation,
    run: async ({ who, input, address }) => {
      const actor = { accountId: who.accountId, address }
      const moved = await moveReservation({ ...input, act, actor, scope: 'diner' })
      if (moved.ok) after(nudgeOutbox)
      refresh()
      return moved.ok ? succeed(null) : moved
    },
  })

/** The diner confirms their own hold, before its deadline. */
export const confirmOwnReservation = moveOwn('CONFIRM')

/** The diner gives their own table back. */
export const cancelOwnReservation = moveOwn('CANCEL')
