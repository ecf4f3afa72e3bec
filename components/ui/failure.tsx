'use client'

import { createContext, type ReactNode, use, useTransition } from 'react'
import { Button, styleButton } from './button'
import { EmptyState } from './empty-state'
import { PageFrame } from './page-frame'

type Words = {
  title: string
  text: string
  retry: string
  home: string
  homePath: string
  /** Said once after a page has loaded anew because of a new release. */
  renewed: string
}
const FailureWords = createContext<Words | null>(null)

/** An error page gets no props from its page, so the layout supplies its messages here. */
export function FailureWordsProvider({ words, children }: { words: Words; children: ReactNode }) {
  return <FailureWords value={words}>{children}</FailureWords>
}

export function useRenewedWords(): string {
  return use(FailureWords)?.renewed ?? ''
}

/** A failed page: what that means, and two ways to continue. */
export function Failure({ retry }: { retry: () => void }) {
  const words = use(FailureWords)
  const [isRetrying, startRetrying] = useTransition()
  if (!words) return null
  return (
    <PageFrame width="task">
      <EmptyState title={words.title} heading="h1">
        <p className="text-quiet">{words.text}</p>
        <div className="flex flex-wrap justify-center gap-2">
          <Button onClick={() => startRetrying(retry)} disabled={isRetrying}>
            {words.retry}
          </Button>
          <a href={words.homePath} className={styleButton({ tone: 'outline' })}>
            {words.home}
          </a>
        </div>
      </EmptyState>
    </PageFrame>
  )
}
