/** A pointer that moves less than this is a tap. */
const SLACK_PX = 8
/** A finger that rests this long lifts what is below it; one that moves before scrolls. */
const LIFT_MS = 350

export type Point = { x: number; y: number }

const pointOf = ({ clientX, clientY }: PointerEvent): Point => ({ x: clientX, y: clientY })

/** The end of a drag is no tap on what lies below it. */
function swallowClick(): void {
  const swallow = (event: Event) => event.stopPropagation()
  window.addEventListener('click', swallow, { capture: true })
  setTimeout(() => window.removeEventListener('click', swallow, { capture: true }))
}

/**
 * Follows a pressed pointer until its release. It drags once it has moved (mouse, pen) or rested
 * (finger); until then it taps or scrolls as ever. Escape ends a drag without a drop. Returns the way to
 * end it early. The page that it drags on keeps fingers from scrolling meanwhile.
 */
export function holdPointer({
  pressed,
  onLift,
  onMove,
  onDrop,
  onEnd,
}: {
  pressed: PointerEvent
  onLift: (at: Point) => void
  onMove: (at: Point) => void
  onDrop: (at: Point) => void
  /** After every hold, with or without a drag. */
  onEnd: () => void
}): () => void {
  const { pointerId, pointerType } = pressed
  const isFinger = pointerType === 'touch'
  const from = pointOf(pressed)
  const listening = new AbortController()
  let at = from
  let isLifted = false

  const lift = () => {
    isLifted = true
    onLift(at)
  }
  const resting = isFinger ? setTimeout(lift, LIFT_MS) : undefined
  const end = () => {
    if (listening.signal.aborted) return
    clearTimeout(resting)
    listening.abort()
    onEnd()
  }
  const move = (event: PointerEvent) => {
    at = pointOf(event)
    const isAway = Math.hypot(at.x - from.x, at.y - from.y) > SLACK_PX
    if (!isLifted && isAway && isFinger) end()
    else if (!isLifted && isAway) lift()
    if (isLifted) onMove(at)
  }
  const release = () => {
    if (isLifted) {
      swallowClick()
      onDrop(at)
    }
    end()
  }
  const listen = (name: 'pointermove' | 'pointerup' | 'pointercancel', react: typeof move) =>
    window.addEventListener(name, (event) => event.pointerId === pointerId && react(event), {
      signal: listening.signal,
    })
  listen('pointermove', move)
  listen('pointerup', release)
  listen('pointercancel', end)
  const { signal } = listening
  window.addEventListener(
    'keydown',
    (event) => {
      if (event.key !== 'Escape' || !isLifted) return
      event.stopPropagation()
      end()
    },
    { signal, capture: true },
  )
  // A resting finger would open the browser's menu.
  window.addEventListener('contextmenu', (event) => isFinger && event.preventDefault(), { signal })
  return end
}
