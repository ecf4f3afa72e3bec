import { cookies, headers } from 'next/headers'
import { after } from 'next/server'
import type { OAuthConfig } from 'next-auth/providers/oauth'
import type { SessionClaims } from '@/lib/crypto/session-token'
import { ringOutboxBell } from '@/lib/db/outbox'
import { env } from '@/lib/env'
import { readTrustedAddress, type VisitorReader } from '@/lib/http/session'
import { keepSignUp } from '@/lib/http/sign-up-cookie'
import type { Reason } from '@/lib/problems/problem'
import { connectLogin, enterByLogin } from './external-login.commands'
import { pathToTell, readErrand } from './external-login.rules'
import { readExternalPerson } from './external-login.schema'
import { type LoginProvider, loginProviders } from './types'

const keys = {
  kakao: { clientId: env.KAKAO_CLIENT_ID, clientSecret: env.KAKAO_CLIENT_SECRET },
  naver: { clientId: env.NAVER_CLIENT_ID, clientSecret: env.NAVER_CLIENT_SECRET },
}

/** An empty `scope` is on purpose: what is asked for is set at the provider, and OpenID is not. */
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

/** The providers whose keys the operator has set, for the buttons of a page. */
export function listLoginProviders(): LoginProvider[] {
  return loginProviders.filter((id) => keys[id].clientId && keys[id].clientSecret)
}

/** The same, as the library wants to know them. */
export function listLoginConfigs(): OAuthConfig<unknown>[] {
  return listLoginProviders().map((id) => ({
    id,
    name: id,
    type: 'oauth',
    clientId: keys[id].clientId ?? '',
    clientSecret: keys[id].clientSecret ?? '',
    ...endpoints[id],
    client: { token_endpoint_auth_method: 'client_secret_post' },
    // Neither provider documents PKCE for web sites; the state is bound to this browser by a sealed
    // cookie, and the code is worth nothing without our secret.
    checks: ['state'],
    // Read in `receiveLogin`, where it can be refused: what throws here, the library passes over.
    profile: () => ({ id: 'unread', claims: NOBODY }),
  }))
}

/** Stands where the library wants claims before anybody is known; `signIn` puts the real ones there. */
const NOBODY: SessionClaims = {
  accountId: '',
  email: '',
  name: '',
  role: 'DINER',
  locale: 'ko',
  epoch: -1,
  awaitsApproval: false,
}

/** Where somebody wanted to come back to when they set out; kept by the library in this browser. */
async function readReturn(): Promise<string | undefined> {
  const jar = await cookies()
  return jar.getAll().find(({ name }) => name.endsWith('next-auth.callback-url'))?.value
}

/**
 * What becomes of somebody whom a provider has sent back: the claims of their new session, or the
 * path of the page that tells them what stands in the way.
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
  const { path, locale, isConnecting } = readErrand({ returnPath: await readReturn(), provider })
  const tell = (said: Reason | 'mail-sent') => ({
    path: pathToTell({ said, path, locale }),
  })
  const person = readExternalPerson({ provider, profile })
  if (!person) return tell('unexpected')
  if (isConnecting) {
    const visitor = await readVisitor(head)
    // The account page leads to signing in by itself.
    if (!visitor) return tell('signed-out')
    const connected = await connectLogin({ accountId: visitor.accountId, address, person })
    if (connected.ok) after(ringOutboxBell)
    return connected.ok ? { claims: connected.value } : tell(connected.reason)
  }
  const entered = await enterByLogin({ person, locale, address })
  if (!entered.ok) return tell(entered.reason)
  after(ringOutboxBell)
  if (entered.value.isIn) return { claims: entered.value.claims }
  await keepSignUp(entered.value.signUpId)
  return tell('mail-sent')
}
