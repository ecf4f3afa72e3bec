'use client'

import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { useAction } from '@/components/ui/use-action'
import type { ActionAnswer } from '@/lib/problems/result'

/**
 * Acts that name the version of the restaurant on the screen. If another person saved first, the
 * refusal refreshes the page; typed text stays in its fields.
 */
export function useEdit({ version, failed }: { version: number; failed: string }) {
  const router = useRouter()
  const [seen, setSeen] = useState(version)
  const action = useAction({ failed })
  const run = (
    act: (version: number) => Promise<ActionAnswer<{ version: number }>>,
    onDone: () => void,
  ) =>
    action.run(
      async () => {
        const answer = await act(Math.max(seen, version))
        if (answer.ok || answer.reason !== 'changed-meanwhile') return answer
        if (typeof answer.details.version === 'number') setSeen(answer.details.version)
        router.refresh()
        return answer
      },
      (saved) => {
        setSeen(saved.version)
        onDone()
      },
    )
  return { ...action, run }
}
