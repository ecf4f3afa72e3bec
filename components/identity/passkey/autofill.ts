import type { PasskeyAnswer, PasskeyOptions } from '@/lib/crypto/passkey'
import type { ActionAnswer } from '@/lib/problems/result'

/** Before the challenge is over, so that what a person picks late still works. */
const RENEW_MS = 4 * 60_000

async function canOffer(): Promise<boolean> {
  if (!('PublicKeyCredential' in window)) return false
  return (await PublicKeyCredential.isConditionalMediationAvailable?.()) ?? false
}

/**
 * Has the browser offer passkeys in the field marked `webauthn`, as long as the page is open. Where
 * it can't, nothing is loaded and nothing asked. Returns what ends it.
 */
export function offerPasskeys({
  begin,
  onAnswer,
}: {
  begin: () => Promise<ActionAnswer<PasskeyOptions>>
  onAnswer: (answer: PasskeyAnswer) => void
}): () => void {
  let isOver = false
  let end = () => {}
  let renewing: ReturnType<typeof setTimeout> | undefined
  const offer = async () => {
    if (isOver || !(await canOffer())) return
    const { startAuthentication, WebAuthnAbortService } = await import('@simplewebauthn/browser')
    const options = await begin()
    if (!options.ok || isOver) return
    end = () => WebAuthnAbortService.cancelCeremony()
    renewing = setTimeout(offerAgain, RENEW_MS)
    onAnswer(await startAuthentication({ optionsJSON: options.value, useBrowserAutofill: true }))
  }
  // Ended by the button, the next offer or the browser, or the page is being left: the button stays.
  const offerAgain = () => offer().catch(() => {})
  void offerAgain()
  return () => {
    isOver = true
    clearTimeout(renewing)
    end()
  }
}
