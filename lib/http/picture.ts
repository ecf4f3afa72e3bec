import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { LRUCache } from 'lru-cache'
import { ImageResponse } from 'next/og'
import type { ReactElement } from 'react'
import { createTurnstile } from '@/lib/db/turnstile'
import type { Locale } from '@/lib/i18n/locale'
import { SHARED_PICTURE } from '@/lib/i18n/page-metadata'
import { refuse } from '@/lib/problems/result'
import { problemResponse } from './api'

/** Drawing takes a core for a tenth of a second: one at a time, so that bookings keep the rest. */
const pass = createTurnstile({ atOnce: 1, mostWaiting: 20 })
/** Some four hundred pictures; each is drawn once, until its facts change. */
const drawn = new LRUCache<string, Promise<Picture | null>>({ max: 400 })

interface Picture {
  bytes: Buffer
  etag: string
}

let fonts: ReturnType<typeof readFonts> | undefined

/** All Hangul syllables; read on the first picture only. */
function readFonts() {
  const folder = path.join(process.cwd(), 'node_modules/@fontsource/pretendard/files')
  return Promise.all(
    ([500, 700] as const).map(async (weight) => ({
      name: 'Pretendard',
      weight,
      data: await readFile(path.join(folder, `pretendard-latin-${weight}-normal.woff`)),
    })),
  )
}

/** What the font has: Latin, Hangul, kana and their punctuation. */
const UNDRAWABLE =
  /[^ -~\u00a0-\u0148\u014a-\u017f\u2010-\u2027\u3001-\u3002\u3041-\u3093\u30a1-\u30fe\u3131-\u3163\uac00-\ud7a3]/g

/**
 * A text without the letters that the font lacks, such as Hanja and emoji: for those, drawing would
 * ask other servers for a font.
 */
export function keepDrawable(text: string): string {
  return text
    .normalize('NFC')
    .replace(UNDRAWABLE, '')
    .replace(/\(\s*\)/g, '')
    .replace(/ {2,}/g, ' ')
    .trim()
}

async function draw(element: ReactElement): Promise<Picture | null> {
  const passed = await pass(async () => {
    fonts ??= readFonts()
    const image = new ImageResponse(element, { ...SHARED_PICTURE, fonts: await fonts })
    return Buffer.from(await image.arrayBuffer())
  })
  if (!passed) return null
  const hash = createHash('sha256').update(passed.answer).digest('base64url')
  return { bytes: passed.answer, etag: `"${hash.slice(0, 22)}"` }
}

/** What is drawn at this moment or has been, by its facts; what failed is drawn anew. */
async function drawOnce({ facts, element }: { facts: object; element: ReactElement }) {
  const key = createHash('sha256').update(JSON.stringify(facts)).digest('base64url')
  const drawing = drawn.get(key) ?? draw(element)
  drawn.set(key, drawing)
  const isKept = await drawing.then(
    (picture) => picture !== null,
    () => false,
  )
  if (!isKept) drawn.delete(key)
  return drawing
}

/**
 * A picture that is the same for everyone with the same facts: drawn once in a process, then sent
 * from memory, and kept by shared caches for five minutes. 503 when too many are being drawn.
 */
export async function pictureResponse({
  request,
  facts,
  element,
  locale,
}: {
  request: Request
  /** All that the picture shows. */
  facts: object
  element: ReactElement
  locale: Locale
}): Promise<Response> {
  const picture = await drawOnce({ facts, element })
  if (!picture) return problemResponse({ refusal: refuse('busy'), locale })
  const headers = {
    'cache-control': 'public, max-age=0, s-maxage=300, stale-while-revalidate=300',
    'content-type': 'image/png',
    etag: picture.etag,
  }
  if (request.headers.get('if-none-match')?.includes(picture.etag))
    return new Response(null, { status: 304, headers })
  return new Response(new Uint8Array(picture.bytes), { headers })
}
