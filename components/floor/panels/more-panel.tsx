'use client'

import clsx from 'clsx'
import {
  useBoardControls,
  useBoardLive,
  useBoardView,
} from '@/components/floor/state/board-context'
import { useAwake } from '@/components/floor/state/use-awake'
import { useHand } from '@/components/floor/state/use-hand'
import { useWaitingWords } from '@/components/floor/words/use-waiting-words'
import { useWords } from '@/components/floor/words/use-words'
import { Button, styleButton } from '@/components/ui/button'
import { PageLink } from '@/components/ui/page-link'
import { LiveArea, StatusMessage } from '@/components/ui/status-message'
import { Switch } from '@/components/ui/switch'
import { useAction } from '@/components/ui/use-action'
import { switchOwnBookings } from '@/domain/restaurant/settings.actions'
import { ShareDevice } from './share-device'
import { SidePanel } from './side-panel'

function BookingsSwitch() {
  const { words } = useWords()
  const { run, isRunning, refusal } = useAction({ failed: words.more.failed })
  const { identity, reload } = useBoardControls()
  const { locale } = identity
  const { restaurantId, bookingsOn } = useBoardLive().day
  return (
    <section className="flex flex-col gap-3">
      <h3 className="font-semibold">{words.more.bookings}</h3>
      <p className="text-quiet" aria-live="polite">
        {bookingsOn ? words.more.bookingsOn : words.more.bookingsOff}
      </p>
      <Button
        size="large"
        isWide
        tone={bookingsOn ? 'danger' : 'main'}
        disabled={isRunning}
        onClick={() =>
          run(() => switchOwnBookings({ restaurantId, isOn: !bookingsOn, locale }), reload)
        }
      >
        {bookingsOn ? words.more.turnOff : words.more.turnOn}
      </Button>
      <LiveArea className="empty:hidden">
        {refusal && <StatusMessage tone="refusal" title={refusal.words} />}
      </LiveArea>
    </section>
  )
}

function HandChoice() {
  const { words } = useWords()
  const [hand, changeHand] = useHand()
  return (
    <fieldset className="grid grid-cols-2 gap-2 max-lg:hidden">
      <legend className="mb-3 font-semibold">{words.more.hand}</legend>
      {(['left', 'right'] as const).map((side) => (
        <button
          key={side}
          type="button"
          aria-pressed={side === hand}
          onClick={() => changeHand(side)}
          className={clsx(
            'min-h-16 rounded-small border text-20 font-semibold',
            side === hand
              ? 'border-ink bg-ink text-paper'
              : 'border-line bg-paper hover:border-quiet',
          )}
        >
          {words.more[side]}
        </button>
      ))}
    </fieldset>
  )
}

function AwakeSwitch() {
  const { words } = useWords()
  const [awake, changeAwake] = useAwake()
  const isOn = awake === 'on'
  if (!('wakeLock' in navigator)) return null
  return (
    <Switch
      label={words.more.awake}
      hint={isOn ? words.more.awakeOn : words.more.awakeOff}
      isOn={isOn}
      onChange={(next) => changeAwake(next ? 'on' : 'off')}
    />
  )
}

/** Controls that staff seldom need: the switch for bookings, the settings, what this tablet does. */
export function MorePanel() {
  const { identity, openPanel } = useBoardControls()
  const { slug, canSettle, locale } = identity
  const { tables } = useBoardView()
  const { words } = useWords()
  const { words: lineWords } = useWaitingWords()
  return (
    <SidePanel title={words.more.title}>
      {canSettle ? (
        <>
          <BookingsSwitch />
          <PageLink
            href={`/owner/${slug}`}
            locale={locale}
            className={styleButton({ tone: 'outline', size: 'large', isWide: true })}
          >
            {words.more.settings}
          </PageLink>
        </>
      ) : (
        <p className="text-quiet">{words.more.ownersOnly}</p>
      )}
      <Button size="large" tone="outline" isWide onClick={() => openPanel({ kind: 'SHIFT_NOTE' })}>
        {words.shiftNote.title}
      </Button>
      {tables.length > 0 && (
        <Button
          size="large"
          tone="outline"
          isWide
          onClick={() => openPanel({ kind: 'CLOSE_TABLES' })}
        >
          {words.closing.open}
        </Button>
      )}
      <PageLink
        href={`/owner/${slug}/disputes`}
        locale={locale}
        className={styleButton({ tone: 'outline', size: 'large', isWide: true })}
      >
        {words.more.disputes}
      </PageLink>
      <Button size="large" tone="outline" isWide onClick={() => openPanel({ kind: 'LINE' })}>
        {lineWords.setting.title}
      </Button>
      <ShareDevice />
      <Button size="large" tone="outline" isWide onClick={() => window.print()}>
        {words.more.print}
      </Button>
      <AwakeSwitch />
      <HandChoice />
    </SidePanel>
  )
}
