'use client'

import { keepText, readText } from '@/components/ui/client/kept-text'
import type { Errand } from '@/domain/identity/link.schema'
import { linkToSignIn, readReturnPath } from '@/domain/identity/rules'
import type { Locale } from '@/lib/i18n/locale'

const KEY = 'errand'
const STRAY = '/'

/** The same page always in the same spelling, as the server reads it. */
const spell = (path: string) => readReturnPath({ given: path, otherwise: STRAY })

/**
 * Goes to sign in and back to exactly this page. `fields` name the kept texts that belong to it;
 * they follow through a mail, even into another browser.
 */
export function goToSignIn({
  returnPath,
  fields = [],
  locale,
}: {
  /** Includes the language and query. */
  returnPath: string
  fields?: string[]
  locale: Locale
}): void {
  keepText(KEY, JSON.stringify({ returnPath: spell(returnPath), fields }))
  window.location.assign(linkToSignIn({ returnPath, locale }))
}

/** What a mail has to lead back to. Only the texts of the page itself, never those of another. */
export function readErrand(returnPath: string): Errand {
  const texts: Errand['texts'] = {}
  for (const field of listFields(spell(returnPath))) {
    const text = readText(field)
    if (text) texts[field] = text
  }
  return { returnPath, texts }
}

function listFields(returnPath: string): string[] {
  try {
    const kept = Object(JSON.parse(readText(KEY) || 'null'))
    const isTheirs = kept.returnPath === returnPath && Array.isArray(kept.fields)
    return isTheirs ? kept.fields.map(String) : []
  } catch {
    return []
  }
}

/** Puts back what was typed, before the page it was typed on is shown. */
export function restoreTexts({ texts }: Errand): void {
  for (const [field, text] of Object.entries(texts)) keepText(field, text)
}
