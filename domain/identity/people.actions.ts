'use server'

import { refresh } from 'next/cache'
import { serverAction } from '@/lib/http/action'
import { readLiveVisitor } from './loaders'
import * as commands from './people.commands'
import { someone } from './people.schema'

const onPerson = (command: typeof commands.endSessions) =>
  serverAction({
    who: readLiveVisitor,
    input: someone,
    run: async ({ who, input, address }) => {
      const done = await command({ ...input, actor: { accountId: who.accountId, address } })
      if (done.ok) refresh()
      return done
    },
  })

/** An admin ends every session of somebody. */
export const endSessions = onPerson(commands.endSessions)

/** An admin makes somebody an admin. */
export const makeAdmin = onPerson(commands.makeAdmin)

/** An admin takes that away again. */
export const unmakeAdmin = onPerson(commands.unmakeAdmin)

/** An admin has the confirmation mail sent again. */
export const sendConfirmation = onPerson(commands.sendConfirmation)
