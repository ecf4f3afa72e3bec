'use client'

import { useState } from 'react'
import type { DateRange } from '@/components/ui/calendar'
import { useAction } from '@/components/ui/use-action'
import { applyOwnSchedule, previewOwnSchedule } from '@/domain/schedule/actions'
import type { SchedulePreview } from '@/domain/schedule/plan.schema'
import { schedulePreview } from '@/domain/schedule/plan.schema'
import type { Locale } from '@/lib/i18n/locale'

/**
 * Previews the plan, then applies it. If something changed in between, a new preview (`isAnew`)
 * asks again.
 */
export function usePlan({
  restaurantId,
  locale,
  failed,
  onDone,
}: {
  restaurantId: string
  locale: Locale
  failed: string
  onDone: () => void
}) {
  const [preview, setPreview] = useState<SchedulePreview | null>(null)
  const [isAnew, setAnew] = useState(false)
  const { run, isRunning, refusal } = useAction({ failed })
  const look = ({ from, to }: DateRange) => {
    setAnew(false)
    run(() => previewOwnSchedule({ restaurantId, from, to, locale }), setPreview)
  }
  const apply = ({ from, to, fingerprint }: SchedulePreview) =>
    run(
      async () => {
        const answer = await applyOwnSchedule({ restaurantId, from, to, fingerprint, locale })
        if (answer.ok || answer.reason !== 'changed-meanwhile') return answer
        const anew = schedulePreview.safeParse(answer.details.preview).data
        if (anew) {
          setPreview(anew)
          setAnew(true)
        }
        return answer
      },
      () => {
        setPreview(null)
        onDone()
      },
    )
  const close = () => setPreview(null)
  return { preview, isAnew, isRunning, refusal, look, apply, close }
}
