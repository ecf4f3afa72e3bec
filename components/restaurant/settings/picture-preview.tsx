'use client'

import { useState } from 'react'
import type { Messages } from '@/lib/i18n/messages'

/**
 * Loads the picture as a visitor's browser would: our server never requests an address that a user
 * typed.
 */
export function PicturePreview({
  url,
  words,
}: {
  url: string
  words: Messages['settings']['pictures']
}) {
  const [brokenUrl, setBrokenUrl] = useState<string | null>(null)
  const frame =
    'grid aspect-3/2 w-full place-items-center overflow-hidden rounded-small border bg-paper p-3 text-center text-15'
  if (!isSecure(url))
    return <p className={`${frame} border-dashed border-line text-quiet`}>{words.waiting}</p>
  if (brokenUrl === url)
    return (
      <p role="status" className={`${frame} border-2 border-refusal font-medium text-refusal`}>
        {words.broken}
      </p>
    )
  return (
    <div className="aspect-3/2 w-full overflow-hidden rounded-small border border-line bg-paper">
      {/* biome-ignore lint/performance/noImgElement: Next would fetch it on our server */}
      <img
        key={url}
        src={url}
        alt=""
        referrerPolicy="no-referrer"
        onError={() => setBrokenUrl(url)}
        className="size-full object-cover"
      />
    </div>
  )
}

function isSecure(url: string): boolean {
  return URL.canParse(url) && new URL(url).protocol === 'https:'
}
