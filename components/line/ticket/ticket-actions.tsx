'use client'

import { useState } from 'react'
import { Button, styleButton } from '@/components/ui/button'
import type { LiveSnapshot } from '@/components/ui/client/use-snapshot'
import { PageLink } from '@/components/ui/page-link'
import { listBehind } from '@/domain/line/place.rules'
import { listActs, MOST_POSTPONEMENTS } from '@/domain/line/rules'
import type { LineSnapshot, TicketView } from '@/domain/line/schema'
import type { Locale } from '@/lib/i18n/locale'
import { PostponeDialog } from './postpone-dialog'
import type { useTicketActs } from './use-ticket-acts'
import type { TicketWords } from './words'

/** The party's own acts: let others pass, leave, or join again. */
export function TicketActions({
  ticket,
  live,
  acts,
  locale,
  words: { ticket: words },
}: {
  ticket: TicketView
  live: LiveSnapshot<LineSnapshot>
  acts: ReturnType<typeof useTicketActs>
  locale: Locale
  words: TicketWords
}) {
  const [isChoosing, setIsChoosing] = useState(false)
  const { number, status, postponements, restaurant } = ticket
  const offered = listActs({ status, by: 'DINER' })
  const behind = listBehind({ tickets: live.snapshot?.tickets ?? [], number })
  const left = MOST_POSTPONEMENTS - postponements
  const restaurantPath = `/restaurants/${restaurant.slug}`
  if (!offered.includes('CANCEL'))
    return (
      <PageLink
        href={restaurantPath}
        locale={locale}
        className={styleButton({ tone: 'outline', isWide: true })}
      >
        {status === 'SEATED' ? words.restaurant : words.again}
      </PageLink>
    )
  return (
    <div className="flex flex-col gap-3">
      {offered.includes('POSTPONE') && (
        <div className="flex flex-col gap-1.5">
          <Button
            tone="outline"
            size="large"
            isWide
            disabled={acts.isRunning || left <= 0 || behind.length === 0}
            onClick={() => setIsChoosing(true)}
          >
            {words.postpone}
          </Button>
          <p className="text-center text-15 text-quiet empty:hidden">
            {left <= 0 && words.postponeTwice}
            {left > 0 && live.snapshot && behind.length === 0 && words.postponeNobody}
          </p>
        </div>
      )}
      <Button tone="danger" isWide disabled={acts.isRunning} onClick={() => void acts.cancel()}>
        {words.cancel}
      </Button>
      <PostponeDialog
        isOpen={isChoosing && offered.includes('POSTPONE')}
        behind={behind}
        left={left}
        onClose={() => setIsChoosing(false)}
        onChoose={(behindNumber) => {
          setIsChoosing(false)
          void acts.postpone(behindNumber)
        }}
        words={words}
      />
    </div>
  )
}
