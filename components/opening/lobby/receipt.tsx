'use client'

import { lazy, Suspense, useState } from 'react'
import { Button } from '@/components/ui/button'
import { LiveArea } from '@/components/ui/status-message'
import type { OpeningEntry } from '@/domain/opening/schema'
import type { Locale } from '@/lib/i18n/locale'
import type { LobbyWords } from './words'

/** Loaded when the receipt is opened, so that the page's first script stays small. */
const OrOutside = lazy(() =>
  import('@/components/ui/outside-offer').then((module) => ({ default: module.OrOutside })),
)

/** The visitor's own copy of the proof of entry (G15). The service's record is what counts. */
export function Receipt({
  entry,
  locale,
  words,
}: {
  entry: OpeningEntry
  locale: Locale
  words: LobbyWords['receipt'] & Pick<LobbyWords, 'inApp'>
}) {
  const [isOpen, setIsOpen] = useState(false)
  const [said, setSaid] = useState('')
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(entry.receipt)
      setSaid(words.copied)
    } catch {
      // The browser forbids it, or the page did not come over https.
      setSaid(words.copyFailed)
    }
  }
  return (
    <details
      onToggle={(event) => setIsOpen(event.currentTarget.open)}
      className="group rounded-small border border-line"
    >
      <summary className="flex min-h-12 cursor-pointer list-none items-center justify-between px-4 font-semibold">
        {words.title}
        <span
          aria-hidden="true"
          className="text-20 text-quiet transition-transform group-open:rotate-90"
        >
          ›
        </span>
      </summary>
      <div className="flex flex-col gap-3 px-4 pb-4">
        <p className="text-15 text-quiet">{words.text}</p>
        <dl className="flex flex-col gap-2 text-15">
          <div>
            <dt className="font-medium">{words.entry}</dt>
            <dd className="font-mono break-all text-quiet select-all">{entry.entryId}</dd>
          </div>
          <div>
            <dt className="font-medium">{words.signed}</dt>
            <dd className="font-mono leading-tight break-all text-quiet select-all">
              {entry.receipt}
            </dd>
          </div>
        </dl>
        <Button tone="outline" isWide onClick={() => void copy()}>
          {words.copy}
        </Button>
        {isOpen && (
          <Suspense>
            <OrOutside need="download" locale={locale} words={words.inApp}>
              <Button tone="outline" isWide onClick={() => download({ entry, name: words.file })}>
                {words.download}
              </Button>
            </OrOutside>
          </Suspense>
        )}
        <LiveArea className="text-15 empty:hidden">{said}</LiveArea>
      </div>
    </details>
  )
}

/** A single file with the receipt and its content in words. */
function download({ entry, name }: { entry: OpeningEntry; name: string }) {
  const text = JSON.stringify({ opening: window.location.href, ...entry }, null, 2)
  const url = URL.createObjectURL(new Blob([text], { type: 'application/json' }))
  const link = document.createElement('a')
  link.href = url
  link.download = `${name} ${entry.entryId.slice(0, 8)}.json`
  link.click()
  URL.revokeObjectURL(url)
}
