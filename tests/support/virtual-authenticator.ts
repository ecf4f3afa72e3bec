import type { Page } from 'playwright-core'

/**
 * Chromium's own authenticator, for one page. It answers at once while a person would press;
 * `isPressing` false: it waits, as for a passkey that the browser only offers.
 */
export async function addAuthenticator(page: Page) {
  const session = await page.context().newCDPSession(page)
  await session.send('WebAuthn.enable')
  const { authenticatorId } = await session.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: false,
    },
  })
  const setPressing = (enabled: boolean) =>
    session.send('WebAuthn.setAutomaticPresenceSimulation', { authenticatorId, enabled })
  return {
    /** Does something on the page while its person touches the device. */
    whilePressing: async (act: () => Promise<void>) => {
      await setPressing(true)
      await act()
      await setPressing(false)
    },
  }
}
