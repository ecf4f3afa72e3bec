import { styleButton } from '@/components/ui/button'
import { StatusMessage } from '@/components/ui/status-message'
import type { OpenPurpose } from '@/domain/identity/link.rules'
import type { Errand } from '@/domain/identity/link.schema'
import { type Locale, localisePath } from '@/lib/i18n/locale'
import type { Messages } from '@/lib/i18n/messages'
import { GoOn } from './go-on'

/** Confirms the act and continues with a full load, because the visitor is signed in now. */
export function LinkDone({
  purpose,
  role,
  errand,
  locale,
  words,
}: {
  purpose: OpenPurpose
  role: 'DINER' | 'OWNER' | 'ADMIN'
  /** Null: no browser asked for the link. */
  errand: Errand | null
  locale: Locale
  words: Messages['access']
}) {
  const said = words.link.done
  const isNewOwner = purpose === 'CONFIRM_ADDRESS' && role === 'OWNER'
  const [title, text] = {
    CONFIRM_ADDRESS: [said.confirmTitle, isNewOwner ? said.confirmOwner : said.confirmDiner],
    SIGN_IN: [said.signInTitle, said.signInText],
    RESET_PASSWORD: [said.resetTitle, said.resetText],
    CHANGE_ADDRESS: [said.changeTitle, said.changeText],
    UNDO_ADDRESS: [said.undoTitle, said.undoText],
    KEEP_PASSKEY: [said.keepTitle, said.keepText],
  }[purpose]
  const account = localisePath({ path: '/account', locale })
  const start = localisePath({ path: '/start', locale })
  return (
    <>
      <h1 className="sr-only">{title}</h1>
      <StatusMessage tone="confirmed" title={title}>
        <p>{text}</p>
      </StatusMessage>
      {purpose === 'CHANGE_ADDRESS' || isNewOwner ? (
        <a href={account} className={styleButton({ size: 'large', isWide: true })}>
          {said.toAccount}
        </a>
      ) : (
        <GoOn errand={errand ?? { returnPath: start, texts: {} }}>{said.continue}</GoOn>
      )}
    </>
  )
}
