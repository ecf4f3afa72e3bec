import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { NewRestaurantForm } from '@/components/restaurant/new/new-restaurant-form'
import { NotYetOwner } from '@/components/restaurant/new/not-yet-owner'
import { PageFrame, PageTitle } from '@/components/ui/page-frame'
import { loadOwnerApplication } from '@/domain/identity/loaders'
import { linkToSignIn } from '@/domain/identity/rules'
import { env } from '@/lib/env'
import { localisePath } from '@/lib/i18n/locale'
import { loadMessages } from '@/lib/i18n/messages'
import { readPageLocale } from '@/lib/i18n/page-locale'

type Props = { params: Promise<{ locale: string }> }

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { settings } = await loadMessages(await readPageLocale(params))
  return { title: settings.open.title, robots: { index: false } }
}

export default async function NewRestaurantPage({ params }: Props) {
  const locale = await readPageLocale(params)
  const application = await loadOwnerApplication()
  const path = localisePath({ path: '/owner/restaurants/new', locale })
  if (!application) redirect(linkToSignIn({ returnPath: path, locale }))
  const { settings, booking } = await loadMessages(locale)
  const { open, fields, hints, errors, save } = settings
  if (application.state !== 'APPROVED')
    return <NotYetOwner application={application} locale={locale} words={open} />
  return (
    <PageFrame width="task">
      <PageTitle lead={open.lead}>{open.title}</PageTitle>
      <NewRestaurantForm
        host={new URL(env.APP_URL).host}
        known={{ category: booking.categories, region: booking.regions }}
        locale={locale}
        words={{ open, fields, hints, errors, save }}
      />
    </PageFrame>
  )
}
