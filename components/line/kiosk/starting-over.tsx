import { fillIn } from '@/components/ui/words'
import type { KioskWords } from './words'

/** Says that the tablet is about to start over; always mounted, so that it is read out once. */
export function StartingOver({ seconds, words }: { seconds: number | null; words: KioskWords }) {
  return (
    <div role="status" className="fixed inset-x-6 bottom-6 empty:hidden">
      {seconds !== null && (
        <p className="rounded-card border-2 border-waiting bg-raised p-5 text-center text-20 font-semibold">
          {words.goOn}
          <span aria-hidden="true" className="block text-quiet tabular-nums">
            {fillIn(words.home, { seconds })}
          </span>
        </p>
      )}
    </div>
  )
}
