'use server'

import { refresh } from 'next/cache'
import { serverAction } from '@/lib/http/action'
import { readLiveVisitor } from './loaders'
import * as commands from './people.commands'
import { someone } from './people.schema'

const onPerson = (command: typeof commands.endSessions | typeof commands.makeAdmin) =>
  serverAction({
    who: readLiveVisitor,
    input: someone,
    run: async ({ who: { accountId, sessionId }, input, address }) => {
      const done = await command({ ...input, sessionId, actor: { accountId, address } })
      if (done.ok) refresh()
      return done
    },
  })

/** An admin ends all of a person's sessions. */
export const endSessions = onPerson(commands.endSessions)

/** An admin makes a person an admin. */
export const makeAdmin = onPerson(commands.makeAdmin)

/** An admin demotes an admin. */
export const unmakeAdmin = onPerson(commands.unmakeAdmin)

/** An admin removes the passkeys of a person who has lost them. */
export const forgetPasskeys = onPerson(commands.forgetPasskeys)

/** An admin resends the confirmation mail. */
export const sendConfirmation = onPerson(commands.sendConfirmation)
