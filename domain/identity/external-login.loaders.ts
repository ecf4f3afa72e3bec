import { cookies, headers } from 'next/headers'
import type { OAuthConfig } from 'next-auth/providers/oauth'
import type { SessionClaims } from '@/lib/crypto/session-token'
import { ringOutboxBell } from '@/lib/db/outbox'
import { env } from '@/lib/env'
import { after } from '@/lib/http/after'
import { readBrowser } from '@/lib/http/browser'
import { keepPasskeyBrowser, linkRequestCookie, signUpCookie } from '@/lib/http/sealed-cookie'
import { readTrustedAddress, type VisitorReader } from '@/lib/http/session'
import { localisePath } from '@/lib/i18n/locale'
import type { Reason } from '@/lib/problems/problem'
import { connectLogin, enterByLogin } from './external-login.commands'
import { AGREE_PATH, pathToTell, readErrand } from './external-login.rules'
import { readExternalPerson } from './external-login.schema'
import { beginAsking } from './link-request.commands'
import { awaitSecondFactor } from './passkey-challenge.commands'
import { pendingLoginCookie } from './pending-login.loaders'
import { pathToSecondFactor } from './rules'
import { openSession, prolongSession } from './session.commands'
import { type LoginProvider, loginProviders } from './types'

const keys = {
  kakao: { clientId: env.KAKAO_CLIENT_ID, clientSecret: env.KAKAO_CLIENT_SECRET },
  naver: { clientId: env.NAVER_CLIENT_ID, clientSecret: env.NAVER_CLIENT_SECRET },
}

/**
 * `scope` is deliberately empty: the scopes are configured at the provider, and OpenID is not used.
 */
const endpoints = {
  kakao: {
    authorization: `${env.KAKAO_BASE_URL ?? 'https://kauth.kakao.com'}/oauth/authorize?scope`,
    token: `${env.KAKAO_BASE_URL ?? 'https://kauth.kakao.com'}/oauth/token`,
    userinfo: `${env.KAKAO_BASE_URL ?? 'https://kapi.kakao.com'}/v2/user/me`,
  },
  naver: {
    authorization: `${env.NAVER_BASE_URL ?? 'https://nid.naver.com'}/oauth2.0/authorize?scope`,
    token: `${env.NAVER_BASE_URL ?? 'https://nid.naver.com'}/oauth2.0/token`,
    userinfo: `${env.NAVER_BASE_URL ?? 'https://openapi.naver.com'}/v1/nid/me`,
  },
}

/** The providers whose keys the operator has configured, for a page's buttons. */
export function listLoginProviders(): LoginProvider[] {
  return loginProviders.filter((id) => keys[id].clientId && keys[id].clientSecret)
}

/** The same providers in the library's format. */
export function listLoginConfigs(): OAuthConfig<unknown>[] {
  return listLoginProviders().map((id) => ({
    id,
    name: id,
    type: 'oauth',
    clientId: keys[id].clientId ?? '',
    clientSecret: keys[id].clientSecret ?? '',
    ...endpoints[id],
    client: { token_endpoint_auth_method: 'client_secret_post' },
    // Neither provider documents PKCE for web sites. The state is bound to this browser by a sealed
    // cookie, and the code is worthless without our secret.
    checks: ['state'],
    // The profile is read in `receiveLogin`, which can refuse it; the library swallows errors
    // thrown here.
    profile: () => ({ id: 'unread', claims: NOBODY }),
  }))
}

/**
 * A placeholder: the library wants claims before the person is known. `signIn` sets the real ones.
 */
const NOBODY: SessionClaims = {
  accountId: '',
  email: '',
  name: '',
  role: 'DINER',
  locale: 'ko',
  epoch: -1,
  awaitsApproval: false,
  sessionId: null,
  endsAt: 0,
}

/** The page the visitor came from; the library keeps it in this browser. */
async function readReturn(): Promise<string | undefined> {
  const jar = await cookies()
  return jar.getAll().find(({ name }) => name.endsWith('next-auth.callback-url'))?.value
}

/**
 * Handles a person's return from a provider: returns the claims of their new session, or the path
 * of the page that explains the problem.
 */
export async function receiveLogin({
  provider,
  profile,
  readVisitor,
}: {
  provider: LoginProvider
  profile: unknown
  readVisitor: VisitorReader
}): Promise<{ claims: SessionClaims } | { path: string }> {
  const head = await headers()
  const address = readTrustedAddress(head)
  const browser = readBrowser(head.get('user-agent'))
  const { path, locale, isConnecting } = readErrand({ returnPath: await readReturn(), provider })
  const tell = (said: Reason | 'mail-sent') => ({
    path: pathToTell({ said, path, locale }),
  })
  const person = readExternalPerson({ provider, profile })
  if (!person) return tell('unexpected')
  if (isConnecting) {
    const visitor = await readVisitor(head)
    // The account page redirects to sign-in by itself.
    if (!visitor) return tell('signed-out')
    const { accountId, sessionId } = visitor
    const connected = await connectLogin({ accountId, sessionId, address, person })
    if (!connected.ok) return tell(connected.reason)
    after(ringOutboxBell)
    const continued =
      sessionId === null
        ? await openSession({ claims: connected.value, proof: null, ...browser })
        : await prolongSession({ claims: connected.value, sessionId })
    return continued.ok ? { claims: continued.value } : tell(continued.reason)
  }
  const asking = beginAsking({
    ...browser,
    returnPath: path,
    texts: {},
  })
  const entered = await enterByLogin({ person, locale, asking, address, agreement: null })
  if (!entered.ok && entered.reason === 'terms-needed') {
    await pendingLoginCookie.keep({ person, path })
    return { path: localisePath({ path: AGREE_PATH, locale }) }
  }
  if (!entered.ok) return tell(entered.reason)
  after(ringOutboxBell)
  if (entered.value.isIn) {
    const { claims } = entered.value
    const opened = await openSession({ claims, proof: null, ...browser })
    if (opened.ok) return { claims: opened.value }
    if (opened.reason !== 'passkey-needed') return tell(opened.reason)
    await awaitSecondFactor({
      accountId: claims.accountId,
      browserId: await keepPasskeyBrowser(),
    })
    return { path: pathToSecondFactor({ returnPath: path, locale }) }
  }
  await signUpCookie.keep(entered.value.signUpId)
  await linkRequestCookie.keep(asking.requestId)
  return tell('mail-sent')
}
