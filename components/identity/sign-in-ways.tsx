import { styleButton } from '@/components/ui/button'
import { PageLink } from '@/components/ui/page-link'
import { type Locale, localisePath } from '@/lib/i18n/locale'
import type { Messages } from '@/lib/i18n/messages'

/** Alternatives to signing in with a password. */
export function SignInWays({
  returnPath,
  locale,
  words,
}: {
  returnPath: string
  locale: Locale
  words: Messages['access']['signInWays']
}) {
  const query = new URLSearchParams({ callbackUrl: returnPath })
  const signUp = `${localisePath({ path: '/sign-up', locale })}?${query}`
  const outline = styleButton({ tone: 'outline', isWide: true })
  return (
    <div className="flex flex-col gap-2">
      <PageLink href="/sign-in/by-mail" locale={locale} className={outline}>
        {words.byMail}
      </PageLink>
      <PageLink
        href="/forgot-password"
        locale={locale}
        className="flex min-h-12 items-center self-center"
      >
        {words.forgot}
      </PageLink>
      <p className="mt-2 flex flex-wrap items-center justify-center gap-x-2 border-t border-line pt-4">
        <span className="text-quiet">{words.newHere}</span>
        <a href={signUp} className="flex min-h-12 items-center font-semibold">
          {words.signUp}
        </a>
      </p>
    </div>
  )
}
