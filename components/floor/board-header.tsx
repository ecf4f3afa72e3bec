'use client'

import type { ReactNode } from 'react'
import { BowlMark } from '@/components/ui/bowl-mark'
import { Button } from '@/components/ui/button'
import { PageLink } from '@/components/ui/page-link'
import { MoreIcon, ScanIcon } from '@/components/ui/staff-icons'
import { isOpenToWalkIn } from '@/domain/floor/walk-in.rules'
import type { Waiting } from '@/domain/line/waiting.types'
import { DaySummary, LineSummary } from './day-summary'
import { useBoardControls, useBoardView } from './state/board-context'
import { useWords } from './words/use-words'

declare global {
  interface Document {
    /** What this document may use, in browsers that implement `Permissions-Policy`. */
    featurePolicy?: { allowsFeature: (feature: string) => boolean }
  }
}

/**
 * Only this page may use the camera, and the browser settles that when a document loads. Staff who
 * came here by a link without a full load need one now.
 */
function isCameraForbidden(): boolean {
  return document.featurePolicy?.allowsFeature('camera') === false
}

function loadWithCamera() {
  const url = new URL(window.location.href)
  url.searchParams.set('scan', '1')
  window.location.assign(url)
}

/** Names the restaurant and holds the controls that stay within reach. */
export function BoardHeader({
  onlyLine,
  heading,
  dates,
}: {
  /** The line of a restaurant that takes no bookings. Null: it takes bookings. */
  onlyLine: Waiting | null
  heading: ReactNode
  dates: ReactNode
}) {
  const { words } = useWords()
  const { identity, openPanel } = useBoardControls()
  const day = useBoardView()
  const { slots, tables, parties, nowMs } = day
  const isWalkInPossible = slots.some((slot) => isOpenToWalkIn({ day, slot, nowMs }))
  return (
    <header className="flex flex-wrap items-center gap-x-3 gap-y-2 lg:flex-nowrap lg:gap-2">
      <PageLink
        href="/"
        locale={identity.locale}
        aria-label={words.home}
        className="grid size-16 shrink-0 place-items-center rounded-small hover:bg-line/40 max-lg:hidden print:hidden"
      >
        <BowlMark className="size-9" />
      </PageLink>
      <div className="group/head flex min-w-0 grow flex-col gap-1 max-md:w-full md:max-lg:basis-72 lg:basis-0 lg:gap-0 lg:has-[select]:flex-row lg:has-[select]:items-center lg:has-[select]:gap-4 counts-within">
        {heading}
        {onlyLine ? <LineSummary waiting={onlyLine} /> : <DaySummary parties={parties} />}
      </div>
      <div className="min-w-0 max-md:grow md:shrink-0">{dates}</div>
      <div className="flex shrink-0 gap-2 max-md:w-full">
        {!onlyLine && (
          <Button
            size="large"
            tone="outline"
            aria-label={words.scan.open}
            onClick={() => (isCameraForbidden() ? loadWithCamera() : openPanel({ kind: 'SCAN' }))}
            className="shrink-0 max-md:px-3! lg:max-[1279px]:px-3!"
          >
            <ScanIcon />
            <span aria-hidden="true" className="max-md:hidden lg:max-[1279px]:hidden">
              QR
            </span>
          </Button>
        )}
        <Button
          size="large"
          tone="outline"
          aria-label={words.more.open}
          onClick={() => openPanel({ kind: 'MORE' })}
          className="shrink-0 max-md:px-3! lg:max-[1279px]:px-3!"
        >
          <MoreIcon />
        </Button>
        {!onlyLine && tables.length > 0 && (
          <Button
            size="large"
            tone={isWalkInPossible ? 'outline' : 'main'}
            onClick={() => openPanel({ kind: 'BOOK', slotIds: [] })}
            className="shrink-0 max-md:grow max-md:px-3! lg:max-[1279px]:px-3!"
          >
            {words.phone.open}
          </Button>
        )}
        {isWalkInPossible && (
          <Button
            size="large"
            onClick={() => openPanel({ kind: 'WALK_IN', slotIds: [] })}
            className="shrink-0 max-md:grow max-md:px-3! lg:max-[1279px]:px-3!"
          >
            {words.walkIn.open}
          </Button>
        )}
      </div>
    </header>
  )
}
