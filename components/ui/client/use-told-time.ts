'use client'

import { useEffect } from 'react'
import { ask, type Body, textOf } from './ask'
import { askUntilAnswered } from './retry'
import { serverClock } from './server-clock'

/**
 * Asks for the time where no snapshot carries it, and again when the visitor comes back: the steady
 * clock may have stopped while the device slept.
 */
export function useToldTime(): void {
  useEffect(() => {
    let isWanted = true
    const learn = () => {
      if (document.hidden) return
      void askUntilAnswered({ askOnce: askTime, read: readTime, isWanted: () => isWanted })
    }
    learn()
    document.addEventListener('visibilitychange', learn)
    return () => {
      isWanted = false
      document.removeEventListener('visibilitychange', learn)
    }
  }, [])
}

const readTime = ({ now }: Body) => textOf(now)

async function askTime() {
  const answer = await ask<Body>({ url: '/api/v1/time', credentials: 'omit' })
  if (answer.kind === 'value')
    serverClock.learn({ ...answer, toldMs: Date.parse(readTime(answer.value) ?? '') })
  return answer
}
