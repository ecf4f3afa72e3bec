import { linkToParty } from '@/domain/floor/check-in.rules'
import { linkToPage } from '@/domain/notification/rules'
import {
  accountAsleepPayload,
  accountLinkPayload,
  accountPayload,
  addressChangedPayload,
  type DisputedPayload,
  disputedPayload,
  holdToConfirmPayload,
  loginConnectedPayload,
  ownerRefusedPayload,
  pinLockedPayload,
  staffInvitedPayload,
} from '@/domain/notification/schema'
import { describeBrowser } from '@/lib/http/browser'
import { ADMIN_TIME_ZONE } from '@/lib/i18n/admin-time-zone'
import type { Locale } from '@/lib/i18n/locale'
import { nameMoment } from '@/lib/i18n/moment'
import { AccountMail } from './account-mail'
import { accountWords } from './account-words'
import { defineMail, type MailKind, type Setting } from './mail-kind'

type Words = (typeof accountWords)[Locale]
type LinkWord = 'confirmAddress' | 'signIn' | 'resetPassword' | 'changeAddress' | 'passkeyLost'
type PlainWord =
  | 'alreadyRegistered'
  | 'passwordChanged'
  | 'passkeyAdded'
  | 'passkeyRemoved'
  | 'passkeyNotNeeded'
  | 'ownerApproved'
type Said = ReturnType<Words[LinkWord]>

/** Accounts have no time zone, so instants are written in the service's, which is Korea's. */
function describeDeadline({ at, locale }: { at: string; locale: Locale }): string {
  const when = nameMoment({ at, timeZone: ADMIN_TIME_ZONE, locale })
  return locale === 'ko' ? `${when}(한국 시각)` : `${when} (Korean time)`
}

type Written = {
  said: Said
  path?: string
  code?: { label: string; digits: string }
  setting: Setting
}

function write({ said, path, code, setting }: Written) {
  const { locale, appUrl } = setting
  const href = path && linkToPage({ locale, appUrl, path })
  return {
    subject: said.title,
    body: (
      <AccountMail
        said={said}
        {...(href && { href })}
        {...(code && { code })}
        locale={locale}
        appUrl={appUrl}
      />
    ),
  }
}

const withLink = (word: LinkWord): MailKind =>
  defineMail(accountLinkPayload, (payload, setting) => {
    const { locale, sealLink } = setting
    const until = describeDeadline({ at: payload.expiresAt, locale })
    const { accountName: name, email, asked } = payload
    const said = accountWords[locale][word]({ name, email, until })
    const { code: words } = accountWords[locale]
    const asker = asked && words.askedBy(describeBrowser({ ...asked, locale }))
    return write({
      said: asker ? { ...said, hints: [words.secret, asker, ...said.hints] } : said,
      ...(asked && {
        code: { label: words.label, digits: sealLink({ kind: 'code', id: asked.requestId }) },
      }),
      path: `/links/${sealLink({ kind: 'account', id: payload.linkId })}`,
      setting,
    })
  })

const plain = (word: PlainWord, path?: string): MailKind =>
  defineMail(accountPayload, ({ accountName: name, email }, setting) =>
    write({
      said: accountWords[setting.locale][word]({ name, email }),
      ...(path && { path }),
      setting,
    }),
  )

const withReason = (word: 'ownerRefused' | 'ownerWithdrawn'): MailKind =>
  defineMail(ownerRefusedPayload, ({ accountName: name, email, reason }, setting) =>
    write({ said: accountWords[setting.locale][word]({ name, email, reason }), setting }),
  )

/** A booking that owners are told of, without its guest. */
function describeVisit(
  { startsAt: at, serviceDate, partySize, restaurant }: DisputedPayload,
  locale: Locale,
) {
  const { name, nameEn, timeZone } = restaurant
  return {
    restaurant: (locale === 'en' && nameEn) || name,
    when: nameMoment({ at, serviceDate, timeZone, locale }),
    partySize,
  }
}

/** The mails about accounts and people. */
export const accountMails = {
  CONFIRM_ADDRESS: withLink('confirmAddress'),
  SIGN_IN_LINK: withLink('signIn'),
  RESET_PASSWORD: withLink('resetPassword'),
  CHANGE_ADDRESS: withLink('changeAddress'),
  ALREADY_REGISTERED: plain('alreadyRegistered', '/sign-in'),
  ADDRESS_CHANGED: defineMail(addressChangedPayload, (payload, setting) => {
    const { accountName: name, email, linkId, expiresAt } = payload
    const { locale, sealLink } = setting
    const until = expiresAt === undefined ? null : describeDeadline({ at: expiresAt, locale })
    return write({
      said: accountWords[locale].addressChanged({ name, email, until }),
      ...(linkId !== undefined && { path: `/links/${sealLink({ kind: 'account', id: linkId })}` }),
      setting,
    })
  }),
  // No link: a reader elsewhere can do nothing with the code.
  PROOF_CODE: defineMail(accountLinkPayload, (payload, setting) => {
    const { accountName: name, email, asked } = payload
    const { locale, sealLink } = setting
    const until = describeDeadline({ at: payload.expiresAt, locale })
    const said = accountWords[locale].proofCode({ name, email, until })
    const { code: words } = accountWords[locale]
    const asker = asked && words.askedBy(describeBrowser({ ...asked, locale }))
    return write({
      said: { ...said, hints: [words.secret, ...(asker ? [asker] : []), ...said.hints] },
      ...(asked && {
        code: { label: words.alone, digits: sealLink({ kind: 'code', id: asked.requestId }) },
      }),
      setting,
    })
  }),
  PASSWORD_CHANGED: plain('passwordChanged'),
  LOGIN_CONNECTED: defineMail(loginConnectedPayload, ({ accountName, email, provider }, setting) =>
    write({
      said: accountWords[setting.locale].loginConnected({ name: accountName, email, provider }),
      path: '/account',
      setting,
    }),
  ),
  PASSKEY_ADDED: plain('passkeyAdded', '/account'),
  PASSKEY_REMOVED: plain('passkeyRemoved', '/account'),
  PASSKEY_NOT_NEEDED: plain('passkeyNotNeeded', '/account'),
  PASSKEY_LOST: withLink('passkeyLost'),
  PIN_LOCKED: defineMail(pinLockedPayload, ({ restaurantName: restaurant }, setting) =>
    write({
      said: accountWords[setting.locale].pinLocked({ restaurant }),
      path: '/account',
      setting,
    }),
  ),
  ACCOUNT_ASLEEP: defineMail(accountAsleepPayload, ({ accountName, email, closesAt }, setting) => {
    const until = describeDeadline({ at: closesAt, locale: setting.locale })
    return write({
      said: accountWords[setting.locale].accountAsleep({ name: accountName, email, until }),
      path: '/sign-in',
      setting,
    })
  }),
  NO_SHOW_DISPUTED: defineMail(disputedPayload, (visit, setting) =>
    write({
      said: accountWords[setting.locale].noShowDisputed(describeVisit(visit, setting.locale)),
      path: `/owner/${visit.restaurant.slug}/disputes`,
      setting,
    }),
  ),
  HOLD_TO_CONFIRM: defineMail(holdToConfirmPayload, (visit, setting) => {
    const { reservationId, serviceDate, holdExpiresAt: at, restaurant } = visit
    const { locale } = setting
    const { slug, timeZone } = restaurant
    const party = { slug, serviceDate, today: null, reservationId }
    return write({
      said: accountWords[locale].holdToConfirm({
        ...describeVisit(visit, locale),
        deadline: nameMoment({ at, timeZone, locale }),
      }),
      path: linkToParty(party),
      setting,
    })
  }),
  OWNER_APPROVED: plain('ownerApproved', '/owner/restaurants/new'),
  OWNER_REFUSED: withReason('ownerRefused'),
  OWNER_WITHDRAWN: withReason('ownerWithdrawn'),
  STAFF_INVITED: defineMail(staffInvitedPayload, (payload, setting) => {
    const { restaurant, role, inviterName: inviter } = payload
    const { locale } = setting
    return write({
      said: accountWords[locale].staffInvited({
        inviter,
        restaurant: restaurant && ((locale === 'en' && restaurant.nameEn) || restaurant.name),
        isOwner: role === 'OWNER',
        until: describeDeadline({ at: payload.expiresAt, locale }),
      }),
      path: `/invitations/${setting.sealLink({ kind: 'invitation', id: payload.invitationId })}`,
      setting,
    })
  }),
} satisfies Record<string, MailKind>
