import { formatTime, readLocalDate } from '@/lib/i18n/moment'
import { everybody, type Role, type Scene } from './access-cast'
import { TIME_ZONE } from './time-zone'

const running: Role[] = ['owner', 'admin']

interface Access {
  who: Role[]
  given: (scene: Scene) => Record<string, unknown>
  answer?: string
}

const draft = ({ restaurantId, openingPlan }: Scene) => {
  const { opensAt, ...terms } = openingPlan
  const at = { at: opensAt, timeZone: TIME_ZONE }
  return { restaurantId, ...terms, opensOn: readLocalDate(at), opensTime: formatTime(at) }
}

/** Who may call the actions of openings. */
export const openingAccess: Record<string, Access> = {
  'domain/opening/actions.ts saveOwnRecurringOpening': {
    who: running,
    given: ({ restaurantId }) => ({
      restaurantId,
      version: 0,
      opensMinutes: 600,
      opensDaysBefore: 1,
      lobbyMinutes: 60,
      gateMinutes: 60,
      orderBy: 'DRAW',
      turnsPerSecond: 0.6,
    }),
  },
  'domain/opening/actions.ts switchOwnRecurringOpening': {
    who: running,
    given: ({ restaurantId }) => ({ restaurantId, isOn: false }),
  },
  'domain/opening/actions.ts previewOwnOpening': { who: running, given: draft },
  'domain/opening/actions.ts announceOwnOpening': { who: running, given: draft },
  'domain/opening/actions.ts changeOwnRate': {
    who: running,
    given: ({ announcedId }) => ({ openingId: announcedId, turnsPerSecond: 7 }),
  },
  'domain/booking/rehearsal.actions.ts rehearseOwnOpening': {
    who: running,
    given: ({ announcedId }) => ({ openingId: announcedId, people: 2_000 }),
    // The other opening of the scene has just begun; those who may rehearse are told so.
    answer: 'opening-near',
  },
  'domain/opening/actions.ts cancelOwnOpening': {
    who: running,
    given: ({ announcedId }) => ({ openingId: announcedId, reason: '가스 점검' }),
  },
  'domain/opening/reminder.actions.ts askForReminder': {
    who: everybody,
    given: ({ announcedId }) => ({ openingId: announcedId }),
  },
  // Only an entry has a turn, and nobody has entered.
  'domain/opening/reminder.actions.ts askForTurnReminder': {
    who: [],
    given: ({ announcedId }) => ({ openingId: announcedId }),
  },
  'domain/opening/reminder.actions.ts takeOwnReminderBack': {
    who: everybody,
    given: ({ announcedId }) => ({ openingId: announcedId, about: 'OPENING' }),
  },
}
