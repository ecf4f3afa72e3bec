import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { MissingPage } from '@/components/identity/missing-page'
import { TicketPanel } from '@/components/line/ticket/ticket-panel'
import { PushSwitch } from '@/components/notification/push-switch'
import { PageFrame } from '@/components/ui/page-frame'
import { linkToProof, linkToSignIn } from '@/domain/identity/rules'
import { loadLine, loadTicket } from '@/domain/line/loaders'
import { isActive } from '@/domain/line/rules'
import { loadGuestDevices, loadOwnPushState } from '@/domain/notification/loaders'
import { localisePath } from '@/lib/i18n/locale'
import { loadMessages } from '@/lib/i18n/messages'
import { readPageLocale } from '@/lib/i18n/page-locale'

type Props = PageProps<'/[locale]/tickets/[id]'>

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { line } = await loadMessages(await readPageLocale(params))
  // For a guest without an account the secret address is the only protection.
  return { title: line.ticket.title, robots: { index: false }, referrer: 'no-referrer' }
}

/** A ticket's own page, for its account or for a guest with its link. */
export default async function TicketPage({ params }: Props) {
  const locale = await readPageLocale(params)
  const { id } = await params
  const loaded = await loadTicket(id)
  if (loaded.state === 'NOT_FOUND') return <MissingPage locale={locale} />
  const path = `/tickets/${encodeURIComponent(id)}`
  if (loaded.state === 'SIGNED_OUT')
    redirect(linkToSignIn({ returnPath: localisePath({ path, locale }), locale }))
  if (loaded.state === 'AWAITS_PROOF') redirect(linkToProof({ path, locale }))
  const { line: words, notice, shell } = await loadMessages(locale)
  const { ticket: initial, isLinked } = loaded
  // A call has to reach a phone in a pocket; a guest's phone hears about this ticket only.
  const readPush = () => (isLinked ? loadGuestDevices(initial.id) : loadOwnPushState())
  const push = isActive(initial.status) ? await readPush() : null
  const pushWords = {
    ...notice.push,
    ...(isLinked && notice.guestPush),
    inApp: shell.inApp,
  }
  const initialLine = await loadLine(initial.restaurant.id)
  return (
    <PageFrame width="task">
      <div data-tells-offline className="contents">
        <TicketPanel
          initial={initial}
          initialLine={initialLine}
          isLinked={isLinked}
          locale={locale}
          words={words}
          address={id}
        />
      </div>
      {push?.publicKey && (
        <section className="rounded-card border border-line bg-raised p-4 print:hidden">
          <PushSwitch words={pushWords} ticket={isLinked ? id : null} push={push} locale={locale} />
        </section>
      )}
    </PageFrame>
  )
}
