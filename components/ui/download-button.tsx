'use client'

import { use, useState } from 'react'
import type { Locale } from '@/lib/i18n/locale'
import type { Messages } from '@/lib/i18n/messages'
import { Button } from './button'
import { ask, type Problem } from './client/ask'
import { OrOutside } from './outside-offer'
import { ProofContext } from './proof-context'
import { LiveArea, StatusMessage } from './status-message'

/** The server needs a second; a slow network and years of data need longer. */
const PATIENCE_MS = 60_000

type Choice = { href: string; fileName: string; label: string }
type Words = { working: string; failed: string; done: string }

/**
 * Buttons that save files. A refusal is said in words beside them, where a plain link would open
 * the refusal itself as a page. A file that needs a proof of who the person is asks for it, where the
 * page can, and is asked for again.
 */
export function DownloadButtons({
  choices,
  locale,
  words,
  inApp,
}: {
  choices: Choice[]
  locale: Locale
  words: Words
  inApp: Messages['shell']['inApp']
}) {
  const prove = use(ProofContext)
  const [running, setRunning] = useState<string | null>(null)
  const [said, setSaid] = useState<{ tone: 'refusal' | 'confirmed'; text: string } | null>(null)
  const save = async (choice: Choice) => {
    const { href, fileName } = choice
    setRunning(href)
    setSaid(null)
    const read = (response: Response) => response.blob()
    const answer = await ask({ url: href, locale, patienceMs: PATIENCE_MS, read })
    setRunning(null)
    if (answer.kind === 'value') {
      saveFile({ content: answer.value, fileName })
      setSaid({ tone: 'confirmed', text: words.done })
      return
    }
    const problem = answer.kind === 'problem' ? answer.problem : null
    if (problem?.reason === 'proof-needed' && prove && (await prove(asRefusal(problem))))
      return save(choice)
    setSaid({ tone: 'refusal', text: problem?.title ?? words.failed })
  }
  return (
    <OrOutside need="download" locale={locale} words={inApp}>
      <div className="flex flex-col gap-3">
        <div className="flex flex-wrap gap-2">
          {choices.map((choice) => (
            <Button
              key={choice.href}
              tone="outline"
              disabled={running !== null}
              onClick={() => save(choice)}
            >
              {running === choice.href ? words.working : choice.label}
            </Button>
          ))}
        </div>
        <LiveArea className="empty:hidden">
          {said && <StatusMessage tone={said.tone} title={said.text} />}
        </LiveArea>
      </div>
    </OrOutside>
  )
}

const asRefusal = ({ title, body }: Problem) =>
  ({ ok: false, reason: 'proof-needed', words: title ?? '', details: body }) as const

function saveFile({ content, fileName }: { content: Blob; fileName: string }): void {
  const url = URL.createObjectURL(content)
  const link = document.createElement('a')
  link.href = url
  link.download = fileName
  link.click()
  URL.revokeObjectURL(url)
}
