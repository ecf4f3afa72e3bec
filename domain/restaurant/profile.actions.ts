'use server'

import { refresh } from 'next/cache'
import { readLiveVisitor } from '@/domain/identity/loaders'
import { serverAction } from '@/lib/http/action'
import { openRestaurant, saveBookingRules, saveProfile } from './profile.commands'
import { bookingRulesForm, newRestaurant, profileForm } from './profile.schema'

/** An approved owner opens a restaurant, which nobody else sees until it is published. */
export const openOwnRestaurant = serverAction({
  who: readLiveVisitor,
  input: newRestaurant,
  run: ({ who, input, address }) =>
    openRestaurant({ actor: { accountId: who.accountId, address }, restaurant: input }),
})

export const saveOwnProfile = serverAction({
  who: readLiveVisitor,
  input: profileForm,
  run: async ({ who, input, address }) => {
    const saved = await saveProfile({ actor: { accountId: who.accountId, address }, ...input })
    if (saved.ok) refresh()
    return saved
  },
})

export const saveOwnBookingRules = serverAction({
  who: readLiveVisitor,
  input: bookingRulesForm,
  run: async ({ who, input, address }) => {
    const saved = await saveBookingRules({ actor: { accountId: who.accountId, address }, ...input })
    if (saved.ok) refresh()
    return saved
  },
})
