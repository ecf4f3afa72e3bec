'use client'

import clsx from 'clsx'
import { useState } from 'react'
import { styleButton } from './button'
import { ShareIcon } from './place-icons'

export type ShareWords = { share: string; copied: string; copyFailed: string }

/** The device's own sheet. False: it has none, or refused. */
async function offerSheet(data: ShareData): Promise<boolean> {
  if (!navigator.share) return false
  try {
    await navigator.share(data)
    return true
  } catch (error) {
    // Closing the sheet is an answer too.
    return error instanceof DOMException && error.name === 'AbortError'
  }
}

/** Hands the page's address on: by the device's own sheet, else copied, else to be copied by hand. */
export function ShareButton({ title, words }: { title: string; words: ShareWords }) {
  const [outcome, setOutcome] = useState<{ isCopied: boolean; url: string } | null>(null)
  const share = async () => {
    const url = window.location.href.split('#')[0] ?? ''
    if (await offerSheet({ title, url })) return setOutcome(null)
    const isCopied = await navigator.clipboard?.writeText(url).then(
      () => true,
      () => false,
    )
    setOutcome({ isCopied: isCopied ?? false, url })
  }
  return (
    <div className="flex min-w-0 flex-wrap items-center gap-x-3 noscript:hidden print:hidden">
      <button
        type="button"
        onClick={() => void share()}
        className={clsx('-mr-4', styleButton({ tone: 'quiet' }))}
      >
        <ShareIcon />
        {words.share}
      </button>
      <p role="status" className="min-w-0 text-15 font-medium break-all">
        {outcome?.isCopied && words.copied}
        {outcome?.isCopied === false && (
          <>
            {words.copyFailed} <span className="select-all">{outcome.url}</span>
          </>
        )}
      </p>
    </div>
  )
}
