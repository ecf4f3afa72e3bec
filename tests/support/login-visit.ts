import { z } from 'zod'
import { AGREE_PATH } from '@/domain/identity/external-login.rules'
import { verifySession } from '@/lib/crypto/session-token'
import { AGREED } from './agreement'
import { type Answer, askApi, readJson } from './api-client'
import { callAction, listActions } from './server-actions'

/** A browser's cookies, as far as these tests need them. */
export class Jar {
  private readonly kept = new Map<string, string>()

  constructor(kept: Record<string, string> = {}) {
    for (const [name, value] of Object.entries(kept)) this.kept.set(name, value)
  }

  take(answer: Answer): Answer {
    for (const line of answer.headers['set-cookie'] ?? []) {
      const [pair = ''] = line.split(';')
      const at = pair.indexOf('=')
      if (/max-age=0|expires=thu, 01 jan 1970/i.test(line)) this.kept.delete(pair.slice(0, at))
      else this.kept.set(pair.slice(0, at), pair.slice(at + 1))
    }
    return answer
  }

  read(name: string): string | undefined {
    return this.kept.get(name)
  }

  toHeader(): string {
    return [...this.kept].map(([name, value]) => `${name}=${value}`).join('; ')
  }
}

const SESSION = 'bobjool.session-token'

/** Presses the button; returns where the provider is asked, and with which parameters. */
export async function setOut({
  url,
  jar,
  provider = 'kakao',
  callbackUrl = '/reservations',
}: {
  url: string
  jar: Jar
  provider?: 'kakao' | 'naver'
  callbackUrl?: string
}): Promise<URL> {
  const csrf = jar.take(
    await askApi({ url, path: '/api/auth/csrf', headers: { cookie: jar.toHeader() } }),
  )
  const fields = { callbackUrl, csrfToken: String(readJson(csrf).csrfToken), json: 'true' }
  const answer = jar.take(
    await askApi({
      url,
      method: 'POST',
      path: `/api/auth/signin/${provider}`,
      headers: { cookie: jar.toHeader(), 'content-type': 'application/x-www-form-urlencoded' },
      bytes: new URLSearchParams(fields).toString(),
    }),
  )
  return new URL(String(readJson(answer).url), url)
}

/** Comes back from the provider; returns where the browser is sent, and who is signed in then. */
export async function comeBack({
  url,
  jar,
  provider = 'kakao',
  query,
}: {
  url: string
  jar: Jar
  provider?: 'kakao' | 'naver'
  query: Record<string, string>
}) {
  const path = `/api/auth/callback/${provider}?${new URLSearchParams(query)}`
  const answer = jar.take(await askApi({ url, path, headers: { cookie: jar.toHeader() } }))
  const token = jar.read(SESSION)
  return {
    status: answer.status,
    location: answer.headers.location ?? '',
    who: token ? await verifySession(token) : null,
  }
}

/** To the provider and back with a code; a person who is new agrees to the terms. */
export async function visitProvider({
  code,
  agrees = true,
  ...asked
}: Parameters<typeof setOut>[0] & { code: string; agrees?: boolean }) {
  const there = await setOut(asked)
  const state = there.searchParams.get('state') ?? ''
  const back = await comeBack({ ...asked, query: { code, state } })
  return agrees && back.location.endsWith(AGREE_PATH) ? agree({ ...asked, back }) : back
}

/** Ticks the box on the page of the last step; the answer is as if the provider had led there. */
async function agree({
  url,
  jar,
  back,
}: {
  url: string
  jar: Jar
  back: Awaited<ReturnType<typeof comeBack>>
}): Promise<Awaited<ReturnType<typeof comeBack>>> {
  const name = 'domain/identity/agreement.actions.ts finishExternalSignUp'
  const action = listActions().find((one) => one.name === name)
  if (!action) throw new Error(`the build has no ${name}`)
  const locale = back.location.startsWith('/en/') ? 'en' : 'ko'
  const given = { ...AGREED, locale }
  const { answer, told } = await callAction({ url, action, given, cookie: jar.toHeader() })
  jar.take(answer)
  if (!told?.ok) throw new Error(`not agreed: ${told?.reason}`)
  const token = jar.read(SESSION)
  return {
    status: 302,
    location: z.object({ path: z.string() }).parse(told.value).path,
    who: token ? await verifySession(token) : null,
  }
}
