import { styleButton } from '@/components/ui/button'
import { PageTitle } from '@/components/ui/page-frame'
import { PageLink } from '@/components/ui/page-link'
import { StatusMessage } from '@/components/ui/status-message'
import { fillIn } from '@/components/ui/words'
import type { Invitation, InvitationReader } from '@/domain/restaurant/staff.schema'
import { type Locale, localisePath } from '@/lib/i18n/locale'
import type { Messages } from '@/lib/i18n/messages'
import { nameMoment } from '@/lib/i18n/moment'
import { nameRestaurant } from '../restaurant-words'
import { AcceptInvitation } from './accept-invitation'
import { OtherAccount } from './other-account'

type Words = Messages['settings']['invitation']
type Props = {
  invitation: Invitation
  reader: InvitationReader
  /** The address of the signed-in account. */
  email: string | null
  token: string
  locale: Locale
  words: Words
}

/** The inviter, the role, the deadline, and what the visitor can do now. */
export function InvitationCard({ invitation, ...rest }: Props) {
  const { locale, words } = rest
  const { restaurant, role, inviterName, maskedEmail, expiresAt: at } = invitation
  const { timeZone } = restaurant
  const name = nameRestaurant({ restaurant, locale }).text
  return (
    <>
      <PageTitle>{fillIn(words.heading, { restaurant: name })}</PageTitle>
      <div className="flex flex-col gap-2 rounded-card border border-line bg-raised p-5">
        <p className="font-semibold">{words[`role${role}`]}</p>
        {inviterName && (
          <p>
            <bdi>{fillIn(words.by, { name: inviterName })}</bdi>
          </p>
        )}
        <p className="text-quiet">{fillIn(words.to, { email: maskedEmail })}</p>
        <p className="text-quiet tabular-nums">
          {fillIn(words.until, { time: nameMoment({ at, timeZone, locale }) })}
        </p>
      </div>
      <WayOn invitation={invitation} {...rest} />
    </>
  )
}

function WayOn({ invitation, reader, email, token, locale, words }: Props) {
  const back = localisePath({ path: `/invitations/${token}`, locale })
  const signIn = `/sign-in?${new URLSearchParams({ callbackUrl: back })}`
  switch (reader) {
    case 'READY':
      return <AcceptInvitation token={token} locale={locale} words={words} />
    case 'ASKS_APPROVAL':
    case 'AWAITS_APPROVAL':
      return (
        <>
          <StatusMessage tone="quiet" title={words[reader]} />
          <AcceptInvitation token={token} locale={locale} words={words} />
        </>
      )
    case 'SIGNED_OUT':
      return (
        <Explained text={words.SIGNED_OUT}>
          <Way href={signIn} locale={locale} label={words.signIn} isMain />
          <Way href="/sign-up" locale={locale} label={words.signUp} />
        </Explained>
      )
    case 'OTHER_ADDRESS':
      return (
        <Explained text={fillIn(words.OTHER_ADDRESS, { email: email ?? '' })}>
          <OtherAccount
            signInPath={localisePath({ path: signIn, locale })}
            label={words.otherAccount}
            failed={words.failed}
          />
        </Explained>
      )
    case 'UNCONFIRMED':
      return (
        <Explained text={words.UNCONFIRMED}>
          <Way href="/account" locale={locale} label={words.account} isMain />
        </Explained>
      )
    case 'WORKS_HERE':
      return (
        <Explained text={words.WORKS_HERE}>
          <Way
            href={`/owner?restaurant=${invitation.restaurant.slug}`}
            locale={locale}
            label={words.board}
            isMain
          />
        </Explained>
      )
  }
}

function Explained({ text, children }: { text: string; children: React.ReactNode }) {
  return <StatusMessage tone="quiet" title={text} actions={children} />
}

function Way({
  href,
  locale,
  label,
  isMain = false,
}: {
  href: string
  locale: Locale
  label: string
  isMain?: boolean
}) {
  const look = styleButton({ tone: isMain ? 'main' : 'outline', isWide: true })
  return (
    <PageLink href={href} locale={locale} className={look}>
      {label}
    </PageLink>
  )
}
