'use client'

import { type ReactNode, useState, useSyncExternalStore } from 'react'
import {
  describeBrowser,
  type InAppBrowser,
  type InAppNeed,
  isLacking,
  linkOutside,
  readBrowser,
  readInApp,
} from '@/lib/http/browser'
import type { Locale } from '@/lib/i18n/locale'
import type { Messages } from '@/lib/i18n/messages'
import { Button, styleButton } from './button'
import { LiveArea, StatusMessage } from './status-message'
import { fillIn } from './words'

type Told = { locale: Locale; words: Messages['shell']['inApp'] }

const never = () => () => {}

/** The app whose own browser shows this page. Null on the server and in browsers of their own. */
export function useInApp(): InAppBrowser | null {
  return useSyncExternalStore(
    never,
    () => readInApp(navigator.userAgent),
    () => null,
  )
}

/** The app whose own browser shows this page, if it can't do this. */
export function useLackingApp(need: InAppNeed): InAppBrowser | null {
  const inApp = useInApp()
  return inApp && isLacking({ inApp, need }) ? inApp : null
}

/** What the children offer; in an app's browser that can't do it, the way out of the app. */
export function OrOutside({
  need,
  children,
  ...told
}: Told & { need: InAppNeed; children: ReactNode }) {
  const inApp = useLackingApp(need)
  return inApp ? <OutsideOffer inApp={inApp} need={need} {...told} /> : children
}

/** Says what this app can't do, and offers the system's own browser. */
export function OutsideOffer({
  inApp,
  need,
  locale,
  words,
}: Told & { inApp: InAppBrowser; need: InAppNeed }) {
  const { system } = readBrowser(navigator.userAgent)
  const app = describeBrowser({ browser: inApp, system: '', locale })
  const outside = linkOutside({ inApp, system, href: window.location.href })
  const said = need === 'kakao' || need === 'naver' ? words.signIn : words[need]
  return (
    <StatusMessage
      tone="quiet"
      title={fillIn(said, { app })}
      actions={
        <>
          {outside && (
            // A full load of another app: no link of the router.
            <a href={outside} className={styleButton({ isWide: true })}>
              {words.open}
            </a>
          )}
          <CopyAddress words={words} />
        </>
      }
    >
      <p className="text-15 text-quiet">{outside ? words.text : words.byHand}</p>
    </StatusMessage>
  )
}

function CopyAddress({ words }: Pick<Told, 'words'>) {
  const [isCopied, setIsCopied] = useState<boolean | null>(null)
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(window.location.href)
      setIsCopied(true)
    } catch {
      // The app forbids it.
      setIsCopied(false)
    }
  }
  return (
    <>
      <Button tone="outline" isWide onClick={() => void copy()}>
        {words.copy}
      </Button>
      <LiveArea className="text-15 empty:hidden">
        {isCopied && words.copied}
        {isCopied === false && (
          <>
            {words.notCopied} <span className="break-all select-all">{window.location.href}</span>
          </>
        )}
      </LiveArea>
    </>
  )
}
