import { createHmac } from 'node:crypto'
import { signingKey } from './auth-key'

/** The keys by which a browser encrypts what it keeps for a while without a network. */
export type SessionSeal = {
  /** Names the session to its browser; nothing of the session's id follows from it. */
  name: string
  /** Of this session alone: what it sealed is lost with it. 256 bits, base64url. */
  boardKey: string
  /**
   * Of the account, in each of its sessions: an act that was tapped before the session ended is sent
   * once its person has signed in again. 256 bits, base64url.
   */
  actKey: string
}

/** Derived from our secret each time, and stored nowhere on our side. */
export function deriveSessionSeal({
  accountId,
  sessionId,
}: {
  accountId: string
  sessionId: string
}): SessionSeal {
  const { secret } = signingKey()
  const derive = (what: string) =>
    createHmac('sha256', secret).update(`bobjool seal ${what}`).digest('base64url')
  return {
    name: derive(`name ${sessionId}`),
    boardKey: derive(`board ${sessionId}`),
    actKey: derive(`acts ${accountId}`),
  }
}
