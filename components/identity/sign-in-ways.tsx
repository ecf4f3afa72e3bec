import { styleButton } from '@/components/ui/button'
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
  const linkTo = (path: string) => `${localisePath({ path, locale })}?${query}`
  const outline = styleButton({ tone: 'outline', isWide: true })
  return (
    <div className="flex flex-col gap-2">
      <a href={linkTo('/sign-in/by-mail')} className={outline}>
        {words.byMail}
      </a>
      <a href={linkTo('/forgot-password')} className="flex min-h-12 items-center self-center">
        {words.forgot}
      </a>
      <p className="mt-2 flex flex-wrap items-center justify-center gap-x-2 border-t border-line pt-4">
        <span className="text-quiet">{words.newHere}</span>
        <a href={linkTo('/sign-up')} className="flex min-h-12 items-center font-semibold">
          {words.signUp}
        </a>
      </p>
    </div>
  )
}
