import { type Role, type Scene, staff } from './access-cast'

const running: Role[] = ['owner', 'admin']

interface Access {
  who: Role[]
  given: (scene: Scene) => Record<string, unknown>
}

/** Who may call the actions of hours, tables and schedules. */
export const scheduleAccess: Record<string, Access> = {
  'domain/restaurant/settings.actions.ts saveOwnHours': {
    who: running,
    given: ({ restaurantId }) => ({
      restaurantId,
      version: 0,
      hours: [{ weekday: 5, fromMinutes: 690, toMinutes: 1320 }],
    }),
  },
  'domain/restaurant/settings.actions.ts addOwnTables': {
    who: running,
    given: ({ restaurantId }) => ({
      restaurantId,
      version: 0,
      count: 2,
      minParty: 1,
      maxParty: 2,
    }),
  },
  'domain/restaurant/settings.actions.ts changeOwnTable': {
    who: running,
    given: ({ restaurantId, tableId }) => ({
      restaurantId,
      version: 0,
      tableId,
      number: 77,
      minParty: 1,
      maxParty: 2,
    }),
  },
  'domain/schedule/actions.ts setOwnAutoExtend': {
    who: running,
    given: ({ restaurantId }) => ({ restaurantId, keeps: false }),
  },
  'domain/booking/actions.ts closeOwnDate': {
    who: running,
    given: ({ restaurantId, plan }) => ({
      restaurantId,
      version: 0,
      date: plan.from,
      reason: '여름 휴가',
    }),
  },
  'domain/schedule/actions.ts reopenOwnDate': {
    who: running,
    given: ({ restaurantId, closedDate }) => ({ restaurantId, version: 0, date: closedDate }),
  },
  'domain/schedule/actions.ts applyOwnSchedule': {
    who: running,
    given: ({ restaurantId, plan }) => ({ restaurantId, ...plan }),
  },
  'domain/schedule/actions.ts previewOwnSchedule': {
    who: running,
    given: ({ restaurantId, plan }) => ({ restaurantId, from: plan.from, to: plan.to }),
  },
  'domain/schedule/actions.ts retireOwnTable': {
    who: running,
    given: ({ restaurantId, tableId }) => ({ restaurantId, version: 0, tableId }),
  },
  'domain/schedule/actions.ts changeOwnSlot': {
    who: staff,
    given: ({ slotIds }) => ({ slotId: slotIds[1], change: { blocked: true } }),
  },
}
