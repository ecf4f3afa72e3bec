'use server'

import { refresh } from 'next/cache'
import { headers } from 'next/headers'
import { ringOutboxBell } from '@/lib/db/outbox'
import { serverAction } from '@/lib/http/action'
import { after } from '@/lib/http/after'
import { readBrowser } from '@/lib/http/browser'
import { linkRequestCookie, signUpCookie } from '@/lib/http/sealed-cookie'
import { refuse, succeed } from '@/lib/problems/result'
import { createLimit, takeEach } from '@/lib/redis/limit'
import { nothing } from './account.schema'
import { agreeToTerms } from './agreement.commands'
import { agreementGiven } from './agreement.schema'
import { enterByLogin } from './external-login.commands'
import { pathToTell } from './external-login.rules'
import { beginAsking } from './link-request.commands'
import { readLiveVisitor } from './loaders'
import { pendingLoginCookie } from './pending-login.loaders'
import { beginSession } from './session.loaders'

const agreeing = createLimit({ name: 'agree:account', tries: 10, windowSeconds: 60 })

/** An existing account agrees to the present terms. */
export const agreeToPresentTerms = serverAction({
  who: readLiveVisitor,
  input: nothing,
  run: async ({ who: { accountId }, address }) => {
    const limited = await takeEach([[agreeing, accountId]])
    if (limited) return limited
    const agreed = await agreeToTerms({ accountId, address })
    if (agreed.ok) refresh()
    return agreed
  },
})

/**
 * A person new from Kakao or Naver agrees, and only then gets an account. Answers the page on which
 * they go on.
 */
export const finishExternalSignUp = serverAction({
  who: 'anyone',
  input: agreementGiven,
  run: async ({ input: agreement, locale, address }) => {
    const pending = await pendingLoginCookie.read()
    if (!pending) return refuse('request-unknown')
    const { person, path } = pending
    const browser = readBrowser((await headers()).get('user-agent'))
    const asking = beginAsking({ ...browser, returnPath: path, texts: {} })
    const entered = await enterByLogin({ person, locale, asking, address, agreement })
    if (!entered.ok) return entered
    await pendingLoginCookie.forget()
    after(ringOutboxBell)
    if (entered.value.isIn) {
      const begun = await beginSession({ claims: entered.value.claims, proof: null })
      return begun.ok ? succeed({ path }) : begun
    }
    await signUpCookie.keep(entered.value.signUpId)
    await linkRequestCookie.keep(asking.requestId)
    return succeed({ path: pathToTell({ said: 'mail-sent', path, locale }) })
  },
})
