import { z } from 'zod'
import { EMPTY } from '@/lib/problems/invalid-fields'
import { countCharacters, tidyLine, tidyName, tidyText } from './typed'

type Bounds = { least?: number; most: number }

/** Postgres text can't contain NUL, and other control characters do what a reader can't see. */
const CONTROLS = /[^\P{Cc}\t\n\r\u0085]/u

/**
 * A field that a person types: read first and counted then, so that decomposed Hangul has as much
 * room as any other. The bounds are characters as Postgres counts them.
 */
export function typedField({ read, least = 0, most }: Bounds & { read: (text: string) => string }) {
  return z
    .string()
    .meta({ minLength: least, maxLength: most })
    .transform(read)
    .refine((text) => countCharacters(text) >= least, { error: EMPTY })
    .refine((text) => countCharacters(text) <= most, { error: `at most ${most} characters` })
}

function withoutControls(bounds: Parameters<typeof typedField>[0]) {
  return z
    .string()
    .meta({ minLength: bounds.least ?? 0, maxLength: bounds.most })
    .refine((text) => !CONTROLS.test(text), { error: 'must not contain control characters' })
    .pipe(typedField(bounds))
}

/** A reason or a note, of one or more lines. */
export const typedText = (bounds: Bounds) => withoutControls({ ...bounds, read: tidyText })

/** The same on one line, which is read at a glance. */
export const typedLine = (bounds: Bounds) => withoutControls({ ...bounds, read: tidyLine })

/** A search word: a name, or a part of one. */
export const typedKeyword = (bounds: Bounds) => withoutControls({ ...bounds, read: tidyName })
