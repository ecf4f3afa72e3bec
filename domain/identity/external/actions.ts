'use server'

import { refresh } from 'next/cache'
import { serverAction } from '@/lib/action'
import { readLiveVisitor } from '../loaders'
import { disconnectLogin } from './commands'
import { disconnecting } from './schema'

/** Takes a login at Kakao or Naver away from one's own account, never the last way in. */
export const disconnectOwnLogin = serverAction({
  who: readLiveVisitor,
  input: disconnecting,
  run: async ({ who: { accountId }, input, address }) => {
    const disconnected = await disconnectLogin({ accountId, address, ...input })
    if (disconnected.ok) refresh()
    return disconnected
  },
})
