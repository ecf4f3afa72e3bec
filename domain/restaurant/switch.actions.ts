'use server'

import { refresh } from 'next/cache'
import { readLiveVisitor } from '@/domain/identity/loaders'
import { serverAction } from '@/lib/http/action'
import { publishRestaurant, switchBookings } from './switch.commands'
import { switchForm } from './switch.schema'

/** Bookings on or off, for an owner. */
export const switchOwnBookings = serverAction({
  who: readLiveVisitor,
  input: switchForm,
  run: async ({ who, input, address }) => {
    const switched = await switchBookings({
      actor: { accountId: who.accountId, address },
      ...input,
    })
    if (switched.ok) refresh()
    return switched
  },
})

/** Public or not, for an owner. */
export const publishOwnRestaurant = serverAction({
  who: readLiveVisitor,
  input: switchForm,
  run: async ({ who, input, address }) => {
    const published = await publishRestaurant({
      actor: { accountId: who.accountId, address },
      ...input,
    })
    if (published.ok) refresh()
    return published
  },
})
