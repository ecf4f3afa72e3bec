'use server'

import { refresh } from 'next/cache'
import { readLiveVisitor } from '@/domain/identity/loaders'
import { nudgeOutbox } from '@/domain/notification/commands'
import { serverAction } from '@/lib/http/action'
import { after } from '@/lib/http/after'
import { renewCachedPages } from '@/lib/http/cached-pages'
import { saveFloorPlan } from './floor-plan.commands'
import { floorPlanForm } from './floor-plan.schema'
import { openRestaurant, saveBookingRules, saveProfile } from './profile.commands'
import { bookingRulesForm, newRestaurant, profileForm } from './profile.schema'
import {
  publishRestaurant,
  sendRestaurantNotice,
  setSlackHook,
  switchBookings,
  wishDaySheet,
} from './settings.commands'
import { daySheetForm, restaurantNotice, slackForm, switchForm } from './settings.schema'
import { addTables, changeTable, saveHours, savePictures } from './setup.commands'
import { hoursChange, picturesForm, tableChange, tablesToAdd } from './setup.schema'
import { saveAreas, saveCombinations } from './table-group.commands'
import { areasForm, combinationsForm } from './table-group.schema'

/** An approved owner opens a restaurant, which only they see until it is published. */
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

/** An owner saves their restaurant's regular week. */
export const saveOwnHours = serverAction({
  who: readLiveVisitor,
  input: hoursChange,
  run: async ({ who, input, address }) => {
    const saved = await saveHours({ ...input, actor: { accountId: who.accountId, address } })
    if (saved.ok) refresh()
    return saved
  },
})

/** An owner adds tables of one class. */
export const addOwnTables = serverAction({
  who: readLiveVisitor,
  input: tablesToAdd,
  run: async ({ who, input, address }) => {
    const added = await addTables({ ...input, actor: { accountId: who.accountId, address } })
    if (added.ok) refresh()
    return added
  },
})

/** An owner changes a table's number or party sizes. */
export const changeOwnTable = serverAction({
  who: readLiveVisitor,
  input: tableChange,
  run: async ({ who, input, address }) => {
    const changed = await changeTable({ ...input, actor: { accountId: who.accountId, address } })
    if (changed.ok) refresh()
    return changed
  },
})

/** An owner saves all areas of the tables. */
export const saveOwnAreas = serverAction({
  who: readLiveVisitor,
  input: areasForm,
  run: async ({ who, input, address }) => {
    const saved = await saveAreas({ ...input, actor: { accountId: who.accountId, address } })
    if (saved.ok) refresh()
    return saved
  },
})

/** An owner saves where all tables stand. */
export const saveOwnFloorPlan = serverAction({
  who: readLiveVisitor,
  input: floorPlanForm,
  run: async ({ who, input, address }) => {
    const saved = await saveFloorPlan({ ...input, actor: { accountId: who.accountId, address } })
    if (saved.ok) refresh()
    return saved
  },
})

/** An owner saves all combinations of tables. */
export const saveOwnCombinations = serverAction({
  who: readLiveVisitor,
  input: combinationsForm,
  run: async ({ who, input, address }) => {
    const saved = await saveCombinations({ ...input, actor: { accountId: who.accountId, address } })
    if (saved.ok) refresh()
    return saved
  },
})

export const saveOwnPictures = serverAction({
  who: readLiveVisitor,
  input: picturesForm,
  run: async ({ who, input, address }) => {
    const saved = await savePictures({ actor: { accountId: who.accountId, address }, ...input })
    if (saved.ok) refresh()
    return saved
  },
})

/** An owner turns bookings on or off. */
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

/** An owner publishes or hides the restaurant. */
export const publishOwnRestaurant = serverAction({
  who: readLiveVisitor,
  input: switchForm,
  run: async ({ who, input, address }) => {
    const published = await publishRestaurant({
      actor: { accountId: who.accountId, address },
      ...input,
    })
    if (published.ok) renewCachedPages()
    return published
  },
})

/** An owner resends one of the restaurant's notices. */
export const sendRestaurantNoticeAgain = serverAction({
  who: readLiveVisitor,
  input: restaurantNotice,
  run: async ({ who, input, address }) => {
    const actor = { accountId: who.accountId, address }
    const queued = await sendRestaurantNotice({ ...input, actor })
    if (queued.ok) after(nudgeOutbox)
    refresh()
    return queued
  },
})

/** An owner turns their day sheet on or off. */
export const switchDaySheet = serverAction({
  who: readLiveVisitor,
  input: daySheetForm,
  run: async ({ who, input, address }) => {
    const actor = { accountId: who.accountId, address }
    const switched = await wishDaySheet({ ...input, actor })
    if (switched.ok) refresh()
    return switched
  },
})

/** An owner connects the restaurant to Slack, or disconnects it. */
export const connectSlack = serverAction({
  who: readLiveVisitor,
  input: slackForm,
  run: async ({ who: { accountId, sessionId }, input, locale, address }) => {
    const set = await setSlackHook({ ...input, locale, sessionId, actor: { accountId, address } })
    if (set.ok) refresh()
    return set
  },
})
