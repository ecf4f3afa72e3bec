'use client'

import { Button, styleButton } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { PageLink } from '@/components/ui/page-link'
import { StatusMessage } from '@/components/ui/status-message'
import type { ActionRefusal } from '@/components/ui/use-action'
import type { Locale } from '@/lib/i18n/locale'
import type { Messages } from '@/lib/i18n/messages'
import { countStates, PlanPreview } from './plan-preview'
import type { usePlan } from './use-plan'

type Restaurant = { slug: string; timeZone: string }
type Words = Messages['schedule']

/** Why nothing could be planned, with a link to the fix. */
export function PlanRefusal({
  refusal,
  slug,
  locale,
  words,
}: {
  refusal: ActionRefusal
  slug: string
  locale: Locale
  words: Words['plan']
}) {
  const missing = { 'no-hours': 'hours', 'no-tables': 'tables' } as const
  const page =
    refusal.reason === 'no-hours' || refusal.reason === 'no-tables' ? missing[refusal.reason] : null
  return (
    <StatusMessage
      tone="refusal"
      title={refusal.words}
      actions={
        page && (
          <PageLink
            href={`/owner/${slug}/${page}`}
            locale={locale}
            className={styleButton({ tone: 'outline' })}
          >
            {page === 'hours' ? words.noHours : words.noTables}
          </PageLink>
        )
      }
    />
  )
}

/** The preview, and the button that applies it. */
export function PlanDialog({
  plan,
  restaurant,
  locale,
  words,
}: {
  plan: ReturnType<typeof usePlan>
  restaurant: Restaurant
  locale: Locale
  words: Words
}) {
  const { preview, isAnew, isRunning, refusal } = plan
  if (!preview) return null
  const { made, changed } = countStates(preview.days)
  const isIdle = made + changed === 0
  return (
    <Dialog
      isOpen
      onClose={plan.close}
      title={words.plan.previewTitle}
      closeLabel={words.close}
      canClose={!isRunning}
    >
      <div role="status">
        {isAnew && <StatusMessage tone="waiting" title={words.plan.previewAgain} />}
        {refusal && !isAnew && (
          <PlanRefusal
            refusal={refusal}
            locale={locale}
            slug={restaurant.slug}
            words={words.plan}
          />
        )}
      </div>
      <PlanPreview
        preview={preview}
        locale={locale}
        timeZone={restaurant.timeZone}
        words={words.plan}
      />
      {isIdle ? (
        <p className="font-medium">{words.plan.nothing}</p>
      ) : (
        <Button size="large" isWide disabled={isRunning} onClick={() => plan.apply(preview)}>
          {isRunning ? words.working : words.plan.apply}
        </Button>
      )}
    </Dialog>
  )
}
