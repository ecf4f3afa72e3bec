'use server'

import { refresh } from 'next/cache'
import { serverAction } from '@/lib/http/action'
import { disconnectLogin } from './external-login.commands'
import { disconnecting } from './external-login.schema'
import { readLiveVisitor } from './loaders'

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
