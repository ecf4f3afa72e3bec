import { signLink } from '@/lib/crypto/link-token'
import type { Role, Scene } from './access-cast'
import type { Ask } from './api-client'
import type { TicketState } from './ticket-scene'

interface Access {
  who: 'anyone' | Role[]
  ask: (scene: Scene) => Ask
  ticketState?: TicketState
  success?: number
}

const staff: Role[] = ['owner', 'floor', 'admin']
const party: Role[] = ['diner']

const act =
  (name: string, body?: Record<string, unknown>): Access['ask'] =>
  ({ ticketId }) => ({ method: 'POST', path: `/api/v1/tickets/${ticketId}/${name}`, body })

/** Who may call which route of the line. */
export const lineAccess: Record<string, Access> = {
  'GET /kiosk': {
    who: 'anyone',
    ask: ({ kioskToken }) => ({ path: '/api/v1/kiosk', headers: { 'kiosk-token': kioskToken } }),
  },
  'GET /restaurants/[id]/line': {
    who: 'anyone',
    ask: ({ restaurantId }) => ({ path: `/api/v1/restaurants/${restaurantId}/line` }),
  },
  'PATCH /restaurants/[id]/line': {
    who: staff,
    ask: ({ restaurantId }) => ({
      method: 'PATCH',
      path: `/api/v1/restaurants/${restaurantId}/line`,
      body: { state: 'PAUSED', reason: '재료 준비' },
    }),
  },
  'GET /restaurants/[id]/line/tickets': {
    who: staff,
    ask: ({ restaurantId }) => ({ path: `/api/v1/restaurants/${restaurantId}/line/tickets` }),
  },
  'POST /restaurants/[id]/tickets': {
    // From home anyone may; at the door it takes staff.
    who: staff,
    ask: ({ restaurantId }) => ({
      method: 'POST',
      path: `/api/v1/restaurants/${restaurantId}/tickets`,
      headers: { 'idempotency-key': 'a-key' },
      body: { partySize: 2, dining: 'IN_STORE', channel: 'KIOSK' },
    }),
    success: 201,
  },
  'GET /tickets/[id]': {
    who: party,
    ask: ({ ticketId }) => ({ path: `/api/v1/tickets/${ticketId}` }),
  },
  'POST /tickets/[id]/postpone': { who: party, ask: act('postpone', { behindNumber: 2 }) },
  'POST /tickets/[id]/cancel': { who: [...party, ...staff], ask: act('cancel', {}) },
  'POST /tickets/[id]/forget': {
    // The link alone is the right to it.
    who: 'anyone',
    ask: ({ guestTicketId }) => ({
      method: 'POST',
      path: `/api/v1/tickets/${signLink({ kind: 'ticket', id: guestTicketId })}/forget`,
      body: {},
    }),
  },
  'POST /tickets/[id]/end-consent': {
    // The link alone is the right to it.
    who: 'anyone',
    ask: ({ guestTicketId }) => ({
      method: 'POST',
      path: `/api/v1/tickets/${signLink({ kind: 'ticket', id: guestTicketId })}/end-consent`,
      body: {},
    }),
  },
  'POST /tickets/[id]/undo': {
    who: party,
    ticketState: 'CANCELLED',
    ask: (scene) => act('undo', { actId: scene.ticketActId })(scene),
  },
  'POST /tickets/[id]/call': { who: staff, ask: act('call') },
  'POST /tickets/[id]/last-call': { who: staff, ask: act('last-call') },
  'POST /tickets/[id]/seat': { who: staff, ask: act('seat', { slotIds: [] }) },
  'POST /tickets/[id]/put-back': { who: staff, ticketState: 'LAPSED', ask: act('put-back') },
}

interface ActionAccess {
  who: Role[]
  given: (scene: Scene) => Record<string, unknown>
}

/** Who may call which action of the line. */
export const lineActionAccess: Record<string, ActionAccess> = {
  'domain/line/actions.ts changeOwnLine': {
    who: staff,
    given: ({ restaurantId }) => ({ restaurantId, change: { state: 'PAUSED' } }),
  },
  'domain/line/actions.ts connectOwnKiosk': {
    who: ['owner', 'admin'],
    given: ({ restaurantId }) => ({ restaurantId, name: '입구 태블릿' }),
  },
  'domain/line/actions.ts revokeOwnKiosk': {
    who: ['owner', 'admin'],
    given: ({ restaurantId, kioskId }) => ({ restaurantId, kioskId }),
  },
}
