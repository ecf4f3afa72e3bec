import { fillIn } from '@/components/ui/words'
import {
  endSessions,
  forgetPasskeys,
  makeAdmin,
  sendConfirmation,
  unmakeAdmin,
} from '@/domain/identity/people.actions'
import type { Person } from '@/domain/identity/people.schema'
import type { Locale } from '@/lib/i18n/locale'
import type { Message } from '@/lib/i18n/message'
import type { Messages } from '@/lib/i18n/messages'
import { ActButton } from './act-button'
import { pickActWords } from './act-words'

/** An admin's acts on one account. */
export function PersonActs({
  person,
  locale,
  words,
}: {
  person: Person
  locale: Locale
  words: Messages['admin']
}) {
  const say = words.people
  const { id: accountId, name, role, isUnconfirmed, hasPasskey } = person
  const told = { locale, working: say.working, words: pickActWords(words), input: { accountId } }
  const ask = (title: Message<'name'>, text: string, yes: string) => ({
    asking: { title: fillIn(title, { name }), text: <p>{text}</p>, yes },
  })
  return (
    <div className="flex flex-wrap gap-2">
      {isUnconfirmed && (
        <ActButton
          act={sendConfirmation}
          label={say.sendConfirmation}
          done={fillIn(say.sent, { name })}
          {...told}
        />
      )}
      <ActButton
        act={endSessions}
        label={say.endSessions}
        done={fillIn(say.ended, { name })}
        {...ask(say.endSessionsTitle, say.endSessionsText, say.endSessionsYes)}
        {...told}
      />
      {hasPasskey && (
        <ActButton
          act={forgetPasskeys}
          label={say.forgetPasskeys}
          done={fillIn(say.forgotPasskeys, { name })}
          tone="danger"
          {...ask(say.forgetPasskeysTitle, say.forgetPasskeysText, say.forgetPasskeysYes)}
          {...told}
        />
      )}
      {role === 'ADMIN' ? (
        <ActButton
          act={unmakeAdmin}
          label={say.unmakeAdmin}
          done={fillIn(say.unmade, { name })}
          tone="danger"
          {...ask(say.unmakeAdminTitle, say.unmakeAdminText, say.unmakeAdminYes)}
          {...told}
        />
      ) : (
        <ActButton
          act={makeAdmin}
          label={say.makeAdmin}
          done={fillIn(say.made, { name })}
          tone="danger"
          isDisabled={isUnconfirmed}
          {...ask(say.makeAdminTitle, say.makeAdminText, say.makeAdminYes)}
          {...told}
        />
      )}
    </div>
  )
}
