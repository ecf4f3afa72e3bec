import type { ReactNode } from 'react'
import type { Locale } from '@/lib/i18n/locale'
import { Code, Hint, MainAction, Opening } from './card'
import { Layout } from './layout'

/** An email about an account: its subject, one button, and what else to know. */
export function AccountMail({
  said,
  href,
  code,
  locale,
  appUrl,
}: {
  said: { title: string; intro: string; action?: string; hints: string[] }
  /** Absent: no button. */
  href?: string
  /** Absent: no browser asked for the mail. */
  code?: { label: string; digits: string }
  locale: Locale
  appUrl: string
}): ReactNode {
  return (
    <Layout locale={locale} appUrl={appUrl} preview={said.intro} about="account">
      <Opening title={said.title}>
        <bdi>{said.intro}</bdi>
      </Opening>
      {said.action && href && <MainAction href={href}>{said.action}</MainAction>}
      {code && <Code {...code} />}
      {said.hints.map((hint) => (
        <Hint key={hint}>{hint}</Hint>
      ))}
    </Layout>
  )
}
