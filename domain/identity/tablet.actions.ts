'use server'

import { refresh } from 'next/cache'
import { serverAction } from '@/lib/http/action'
import { nothing } from './account.schema'
import { readProver } from './loaders'
import { shareDevice } from './tablet.commands'

const share = (isShared: boolean) =>
  serverAction({
    who: readProver,
    input: nothing,
    run: async ({ who: { accountId, sessionId }, address }) => {
      const shared = await shareDevice({ accountId, sessionId, address, isShared })
      if (shared.ok) refresh()
      return shared
    },
  })

/** From now on an act on this device needs its author’s PIN. */
export const shareOwnDevice = share(true)

/** The device is one person’s again. */
export const endOwnSharing = share(false)
