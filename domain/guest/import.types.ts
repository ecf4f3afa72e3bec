/** As many lines as one file of a guest book may have, without its header. */
export const MOST_LINES = 50_000
/** Up to here an import is answered at once, with every line's verdict. */
export const MOST_LINES_AT_ONCE = 1_000
export const MOST_FILE_BYTES = 10 * 1024 * 1024

/** `SAME`: an earlier line of the file is about the same person, and this one is left out. */
export const lineVerdicts = ['NEW', 'CHANGED', 'UNCHANGED', 'SAME', 'REFUSED'] as const

/** Why a line is refused as a whole. */
export const lineReasons = [
  ...(['invalid', 'required', 'too-long', 'too-few-cells', 'too-many-cells'] as const),
  ...(['no-contact', 'guest-differs'] as const),
] as const

/** What of an accepted line was left out. */
export const lineWarnings = [
  ...(['name-kept', 'consent-missing'] as const),
  ...(['note-full', 'tags-full', 'diet-full'] as const),
] as const
