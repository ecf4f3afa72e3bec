import type { Tone } from '@/components/ui/status-message'
import { StatusMessage } from '@/components/ui/status-message'
import type { ReservationView } from '@/domain/booking/schema'
import type { ReservationStatus } from '@/domain/booking/types'
import type { Messages } from '@/lib/i18n/messages'

const tones: Record<ReservationStatus, Tone> = {
  HELD: 'waiting',
  CONFIRMED: 'confirmed',
  SEATED: 'confirmed',
  LEFT: 'quiet',
  EXPIRED: 'refusal',
  CANCELLED: 'quiet',
  NO_SHOW: 'quiet',
}

/** The reservation's status in a sentence, and who caused it. */
export function ReservationStatusMessage({
  reservation: { status, cancelledBy },
  words,
}: {
  reservation: Pick<ReservationView, 'status' | 'cancelledBy'>
  words: Messages['booking']
}) {
  return (
    <StatusMessage tone={tones[status]} title={words.statusText[status]}>
      {status === 'CANCELLED' && cancelledBy && (
        <p className="text-15 text-quiet">{words.cancelledBy[cancelledBy]}</p>
      )}
    </StatusMessage>
  )
}
