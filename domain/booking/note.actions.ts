'use server'

import { readLiveVisitor } from '@/domain/identity/loaders'
import { serverAction } from '@/lib/http/action'
import { writeStaffNote } from './note.commands'
import { staffNoteChange } from './note.schema'

/** Staff write down something about a party of theirs. */
export const editStaffNote = serverAction({
  who: readLiveVisitor,
  input: staffNoteChange,
  run: ({ who, input: { text = null, ...note }, address }) =>
    writeStaffNote({ ...note, text, actor: { accountId: who.accountId, address } }),
})
