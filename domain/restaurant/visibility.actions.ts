'use server'

import { readLiveVisitor } from '@/domain/identity/loaders'
import { serverAction } from '@/lib/http/action'
import { renewCachedPages } from '@/lib/http/cached-pages'
import { visibility } from './directory.schema'
import * as commands from './visibility.commands'

const onRestaurant = (command: typeof commands.hideRestaurant) =>
  serverAction({
    who: readLiveVisitor,
    input: visibility,
    run: async ({ who, input, address }) => {
      const done = await command({ ...input, actor: { accountId: who.accountId, address } })
      if (done.ok) renewCachedPages()
      return done
    },
  })

/** An admin hides a restaurant. */
export const hideRestaurant = onRestaurant(commands.hideRestaurant)

/** An admin shows it again. */
export const restoreRestaurant = onRestaurant(commands.restoreRestaurant)
