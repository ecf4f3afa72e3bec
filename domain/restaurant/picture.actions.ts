'use server'

import { refresh } from 'next/cache'
import { readLiveVisitor } from '@/domain/identity/loaders'
import { serverAction } from '@/lib/http/action'
import { savePictures } from './picture.commands'
import { picturesForm } from './picture.schema'

export const saveOwnPictures = serverAction({
  who: readLiveVisitor,
  input: picturesForm,
  run: async ({ who, input, address }) => {
    const saved = await savePictures({ actor: { accountId: who.accountId, address }, ...input })
    if (saved.ok) refresh()
    return saved
  },
})
