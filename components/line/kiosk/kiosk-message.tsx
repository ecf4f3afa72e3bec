import { BowlMark } from '@/components/ui/bowl-mark'
import { Button } from '@/components/ui/button'
import type { Locale } from '@/lib/i18n/locale'
import type { KioskWords } from './words'

/** Explains why the tablet cannot take tickets now, and where to ask. */
export function KioskMessage({
  title,
  text,
  onAgain,
  words,
}: {
  title: string
  text: string
  onAgain?: () => void
  locale: Locale
  words: KioskWords
}) {
  return (
    <div className="m-auto flex max-w-task flex-col items-center gap-5 py-16 text-center">
      <BowlMark className="size-16" />
      <h1 className="text-28 leading-tight font-bold">{title}</h1>
      <p role="status" className="text-20 text-quiet empty:hidden">
        {text}
      </p>
      {onAgain && (
        <Button size="large" onClick={onAgain}>
          {words.again}
        </Button>
      )}
    </div>
  )
}
