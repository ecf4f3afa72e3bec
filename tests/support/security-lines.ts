import pino from 'pino'
import { afterEach, beforeEach, vi } from 'vitest'
import { securityStream } from '@/lib/log'

type Line = Record<string, unknown> & { event: string }

function readLine(text: unknown): Line {
  const parsed: Line = JSON.parse(String(text))
  return parsed
}

/** What the security log of this process writes during a test, as text and as parsed lines. */
export function useSecurityLines() {
  const texts: string[] = []
  beforeEach(() => {
    texts.length = 0
    securityStream.level = 'info'
    const destination: { write: (text: string) => void } = Reflect.get(
      securityStream,
      pino.symbols.streamSym,
    )
    vi.spyOn(destination, 'write').mockImplementation((text) => {
      texts.push(text)
    })
  })
  afterEach(() => {
    securityStream.level = 'silent'
    vi.restoreAllMocks()
  })
  return {
    readText: () => texts.join(''),
    read: () => texts.map(readLine),
    find: (event: string) => texts.map(readLine).filter((line) => line.event === event),
  }
}
