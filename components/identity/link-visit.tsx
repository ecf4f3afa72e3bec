import type { ReactNode } from 'react'
import { styleButton } from '@/components/ui/button'
import { PageTitle } from '@/components/ui/page-frame'
import { PageLink } from '@/components/ui/page-link'
import { StatusMessage } from '@/components/ui/status-message'
import type { LinkVisit, OpenPurpose } from '@/domain/identity/link.rules'
import { linkToSignIn } from '@/domain/identity/rules'
import { type Locale, localisePath } from '@/lib/i18n/locale'
import type { Messages } from '@/lib/i18n/messages'
import { ChoosePassword } from './choose-password'
import { LinkDone } from './link-done'
import { LinkPress } from './link-press'
import { NewLink } from './new-link'
import { NumberChoice } from './number-choice'
import { ProofGate } from './proof-gate'

type Told = { token: string; locale: Locale; words: Messages['access'] }
type Open = Extract<LinkVisit, { email: string }>

/** One page for every mailed link: it shows the link first, and acts only after a press. */
export function LinkVisitView({ visit, ...told }: Told & { visit: LinkVisit }) {
  const { link: said } = told.words
  switch (visit.view) {
    case 'unknown':
      return (
        <Over title={said.unknown.title} text={said.unknown.text}>
          <ToSignIn {...told} />
        </Over>
      )
    case 'done':
      return (
        <LinkDone
          {...told}
          purpose={visit.purpose}
          role={visit.role}
          errand={visit.errand ?? null}
        />
      )
    case 'expired':
      return (
        <Over title={said.expired.title} text={said.expired.text}>
          <AskAnew {...told} purpose={visit.purpose} />
        </Over>
      )
    case 'moved':
      return (
        <Over title={said.moved.title} text={said.moved.text}>
          <ToSignIn {...told} />
        </Over>
      )
    case 'used':
      return <Used {...told} visit={visit} />
    case 'sign-in-first':
      return <SignInFirst {...told} />
    default:
      return <OpenLink {...told} visit={visit} />
  }
}

function Over({ title, text, children }: { title: string; text: string; children: ReactNode }) {
  return (
    <>
      <PageTitle lead={text}>{title}</PageTitle>
      {children}
    </>
  )
}

function ToSignIn({ locale, words }: Told) {
  return (
    <PageLink
      href="/sign-in"
      locale={locale}
      className={styleButton({ size: 'large', isWide: true })}
    >
      {words.link.toSignIn}
    </PageLink>
  )
}

/**
 * A change of address has to be requested while signed in, and nothing undoes it after its time;
 * every other link goes to the old mailbox again.
 */
function AskAnew({ purpose, ...told }: Told & { purpose: OpenPurpose }) {
  if (purpose === 'UNDO_ADDRESS' || purpose === 'KEEP_PASSKEY') return <ToSignIn {...told} />
  if (purpose !== 'CHANGE_ADDRESS') return <NewLink {...told} />
  return (
    <PageLink
      href="/account"
      locale={told.locale}
      className={styleButton({ size: 'large', isWide: true })}
    >
      {told.words.link.toAccount}
    </PageLink>
  )
}

function Used({ visit, ...told }: Told & { visit: Extract<LinkVisit, { view: 'used' }> }) {
  const said = told.words.link.used
  if (visit.purpose === 'CONFIRM_ADDRESS' && visit.isConfirmed)
    return (
      <Over title={said.confirmedTitle} text={said.confirmedText}>
        <ToSignIn {...told} />
      </Over>
    )
  return (
    <Over title={said.title} text={said.text}>
      <AskAnew {...told} purpose={visit.purpose} />
    </Over>
  )
}

function SignInFirst({ token, locale, words }: Told) {
  const said = words.link.change
  const returnPath = localisePath({ path: `/links/${token}`, locale })
  return (
    <Over title={said.signInTitle} text={said.signInLead}>
      <a
        href={linkToSignIn({ returnPath, locale })}
        className={styleButton({ size: 'large', isWide: true })}
      >
        {said.signIn}
      </a>
    </Over>
  )
}

function OpenLink({ visit, ...told }: Told & { visit: Open }) {
  const { token, locale, words } = told
  const { purpose, email, view } = visit
  const choose = purpose === 'RESET_PASSWORD' ? words.link.reset : words.link.choose
  const press = {
    CONFIRM_ADDRESS: words.link.confirm,
    SIGN_IN: words.link.signIn,
    CHANGE_ADDRESS: words.link.change,
    UNDO_ADDRESS: words.link.undo,
    KEEP_PASSKEY: words.link.keep,
    RESET_PASSWORD: words.link.reset,
  }[purpose]
  const said = view === 'choose-password' ? choose : press
  return (
    <>
      <PageTitle lead={said.lead}>{said.title}</PageTitle>
      <noscript>
        <StatusMessage tone="quiet" title={words.noScript} />
      </noscript>
      <dl className="flex flex-col rounded-small border border-line bg-raised px-4 py-3">
        <dt className="text-15 text-quiet">
          {purpose === 'CHANGE_ADDRESS' ? words.link.newAddress : words.link.account}
        </dt>
        <dd className="font-semibold">
          <bdi>{email}</bdi>
        </dd>
      </dl>
      {view === 'choose-password' ? (
        <ChoosePassword
          token={token}
          email={email}
          isNew={visit.isNew ?? false}
          locale={locale}
          said={said}
          words={words}
        />
      ) : (
        purpose !== 'RESET_PASSWORD' && (
          <ProofGate locale={locale} words={words}>
            <LinkPress
              token={token}
              purpose={purpose}
              locale={locale}
              said={said}
              failed={words.failed}
            />
          </ProofGate>
        )
      )}
      {visit.asking && (
        <NumberChoice token={token} asking={visit.asking} locale={locale} words={words} />
      )}
    </>
  )
}
