'use server'

import { refresh } from 'next/cache'
import { readLiveVisitor } from '@/domain/identity/loaders'
import { serverAction } from '@/lib/action'
import { savePictures } from './commands'
import { picturesForm } from './schema'

export const saveOwnPictures = serverAction({
  who: readLiveVisitor,
  input: picturesForm,
  run: async ({ who, input, address }) => {
    const saved = await savePictures({ actor: { accountId: who.accountId, address }, ...input })
    if (saved.ok) refresh()
    return saved
  },
})
