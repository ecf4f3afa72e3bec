'use client'

import { usePathname } from 'next/navigation'
import { useId, useState } from 'react'
import { ChevronDownIcon, ClockIcon } from '@/components/ui/icons'
import { PageLink } from '@/components/ui/page-link'
import { Skeleton } from '@/components/ui/skeleton'
import { fillIn } from '@/components/ui/words'
import { type Locale, localisePath } from '@/lib/i18n/locale'
import type { Messages } from '@/lib/i18n/messages'
import { useOwnWorkplaces } from './own-workplaces'
import { type KnownVisitor, useVisitor } from './visitor'

type Words = Messages['shell']['nav']
type Told = { locale: Locale; words: Words }

const link =
  'flex min-h-12 items-center rounded-small px-2 text-15 font-medium whitespace-nowrap text-ink no-underline hover:underline md:px-3 md:text-17'

/** The header's personal part. Its space is reserved until the visitor is known. */
export function VisitorMenu({ locale, words }: Told) {
  const visitor = useVisitor()
  return (
    <>
      {visitor && hasBoard(visitor) && (
        <PageLink href="/owner" locale={locale} className={`${link} max-md:hidden`}>
          {words.board}
        </PageLink>
      )}
      <PageLink href="/reservations" locale={locale} className={link}>
        {words.reservations}
      </PageLink>
      <div className="flex w-17 justify-end md:w-36">
        {visitor === undefined && (
          <>
            <Skeleton className="my-3.5 h-5 w-12 md:w-20" />
            <noscript>
              <a href={localisePath({ path: '/sign-in', locale })} className={link}>
                {words.signIn}
              </a>
            </noscript>
          </>
        )}
        {visitor === null && <SignInLink locale={locale} words={words} />}
        {visitor && <Account visitor={visitor} locale={locale} words={words} />}
      </div>
    </>
  )
}

/** The session shows floor staff as diners, so their menu asks when it opens. */
function hasBoard({ role, awaitsApproval }: KnownVisitor): boolean {
  return role === 'ADMIN' || (role === 'OWNER' && !awaitsApproval)
}

/**
 * Signing in returns to this page, unless it is the start page; the address is read only on the
 * press.
 */
function SignInLink({ locale, words }: Told) {
  const path = localisePath({ path: '/sign-in', locale })
  const landing = localisePath({ path: '/', locale })
  return (
    <a
      href={path}
      onClick={(event) => {
        const { pathname, search } = window.location
        if (pathname === path || pathname === landing) return
        event.currentTarget.search = `?${new URLSearchParams({ callbackUrl: pathname + search })}`
      }}
      className={link}
    >
      {words.signIn}
    </a>
  )
}

function Account({ visitor, locale, words }: Told & { visitor: KnownVisitor }) {
  const menuId = useId()
  const pathname = usePathname()
  const name = fillIn(words.account, { name: visitor.name })
  const workplaces = useOwnWorkplaces()
  const isOwner = hasBoard(visitor)
  return (
    <>
      <button
        type="button"
        popoverTarget={menuId}
        aria-label={name}
        className="flex min-h-12 min-w-12 max-w-full items-center justify-center gap-1 rounded-small px-1 font-medium hover:underline"
      >
        <span
          aria-hidden="true"
          className="grid size-9 place-items-center rounded-full border border-quiet text-15 md:hidden"
        >
          {Array.from(visitor.name)[0]}
        </span>
        <span className="truncate max-md:hidden">{name}</span>
        <span className="max-md:hidden">
          <ChevronDownIcon />
        </span>
      </button>
      <div
        // Remounted and so closed on each new page, because the header survives a link in the menu.
        key={pathname}
        id={menuId}
        popover="auto"
        onToggle={({ newState }) => {
          if (newState === 'open' && !isOwner) void workplaces.ask()
        }}
        className="absolute inset-auto top-15 right-4 m-0 w-56 rounded-card border border-line bg-raised p-2 text-ink"
      >
        <p className="px-2 py-2 font-semibold md:hidden">{name}</p>
        {(isOwner || workplaces.hasSome) && (
          <PageLink href="/owner" locale={locale} className={isOwner ? `${link} md:hidden` : link}>
            {words.board}
          </PageLink>
        )}
        {visitor.role === 'ADMIN' && (
          <PageLink href="/admin" locale={locale} className={link}>
            {words.admin}
          </PageLink>
        )}
        <PageLink href="/account" locale={locale} className={link}>
          {words.profile}
        </PageLink>
        {visitor.awaitsApproval && (
          <PageLink
            href="/account"
            locale={locale}
            className={`${link} gap-1 text-waiting! whitespace-normal!`}
          >
            <ClockIcon />
            {words.waiting}
          </PageLink>
        )}
        <SignOutButton locale={locale} words={words} />
      </div>
    </>
  )
}

function SignOutButton({ locale, words }: Told) {
  const [state, setState] = useState<'idle' | 'working' | 'failed'>('idle')
  const signOut = async () => {
    setState('working')
    // Loaded on demand, because every page has this menu. Signing out needs the network anyway.
    const isOut = await import('./auth-requests').then(
      ({ requestSignOut }) => requestSignOut(),
      () => false,
    )
    if (isOut) window.location.assign(localisePath({ path: '/', locale }))
    else setState('failed')
  }
  return (
    <>
      <button
        type="button"
        onClick={signOut}
        disabled={state === 'working'}
        className={`${link} w-full`}
      >
        {words.signOut}
      </button>
      <p role="status" className="px-3 text-15 text-refusal">
        {state === 'failed' && words.signOutFailed}
      </p>
    </>
  )
}
