import { z } from 'zod'
import { kioskRestaurant } from '@/domain/line/kiosk.schema'
import {
  cancelRequest,
  lineSnapshot,
  movedTicket,
  postponeRequest,
  seatRequest,
  takenTicket,
  ticketRequest,
  ticketView,
  undoRequest,
} from '@/domain/line/schema'
import { lineChange, lineSetting } from '@/domain/line/setting.schema'
import { waiting } from '@/domain/line/waiting.schema'
import type { Reason } from '@/lib/problems/problem'
import { bodyRefusals, type Operation, queryRefusals } from './operation'

const asker: Reason[] = ['signed-out', 'foreign-origin', 'not-found']
const keyRefusals: Reason[] = ['invalid', 'in-progress', 'key-reused']

const move = (summary: string, change: Partial<Operation> = {}): Operation => ({
  summary,
  keyed: 'optional',
  answer: movedTicket,
  ...change,
  refusals: [
    ...asker,
    ...keyRefusals,
    ...(change.body ? bodyRefusals : []),
    'cannot-move',
    ...(change.refusals ?? []),
  ],
})

/** A ticket without an account is named by the token of its link, which is then all it takes. */
const byLink = 'By id for the account whose it is, or by the token of its link.'

/** The waiting line. */
export const lineOperations: Record<string, Record<string, Operation>> = {
  '/kiosk': {
    get: {
      summary: 'With a Kiosk-Token: the restaurant whose tablet this is.',
      open: true,
      answer: kioskRestaurant,
      refusals: ['kiosk-revoked'],
    },
  },
  '/restaurants/{id}/line': {
    get: {
      summary: 'The public line of today, in its order. The same bytes for everybody.',
      open: true,
      answer: lineSnapshot,
      refusals: [...queryRefusals, 'not-found', 'no-line'],
    },
    patch: {
      summary: 'Staff: open, pause or close the line. Owner: also limit its length.',
      body: lineChange,
      answer: lineSetting,
      refusals: [...asker, ...bodyRefusals, 'no-line', 'not-allowed'],
    },
  },
  '/restaurants/{id}/line/tickets': {
    get: {
      summary: 'Staff: who stands in line today, in its order, and who has lapsed.',
      answer: waiting,
      refusals: [...asker, ...queryRefusals, 'no-line'],
    },
  },
  '/restaurants/{id}/tickets': {
    post: {
      summary:
        'Join the line: from home, or at the door as staff or with a Kiosk-Token. 200 with the ticket that exists.',
      keyed: true,
      body: ticketRequest,
      status: 201,
      answer: takenTicket,
      refusals: [
        ...asker,
        ...bodyRefusals,
        ...(['kiosk-revoked', 'address-unconfirmed', 'no-line', 'line-paused'] as const),
        ...(['line-closed', 'line-full', 'in-progress', 'key-reused', 'rate-limited'] as const),
      ],
    },
  },
  '/tickets/{id}': {
    get: { summary: `One’s own ticket. ${byLink}`, answer: ticketView, refusals: asker },
  },
  '/tickets/{id}/postpone': {
    post: move(`Let others pass, at most twice. ${byLink}`, {
      body: postponeRequest,
      refusals: ['postponed-twice', 'behind-oneself', 'behind-earlier', 'behind-ended'],
    }),
  },
  '/tickets/{id}/cancel': {
    post: move(`Leave the line; staff: take a party out, and say why. ${byLink}`, {
      body: cancelRequest,
    }),
  },
  '/tickets/{id}/undo': {
    post: move(`Take one’s own cancellation back within ten seconds. ${byLink}`, {
      body: undoRequest,
      answer: z.object(movedTicket.shape).omit({ undoUntil: true }),
      refusals: ['too-late', 'already-in-line'],
    }),
  },
  '/tickets/{id}/call': { post: move('Staff: come in now') },
  '/tickets/{id}/last-call': {
    post: move('Staff: come within ten minutes, or the ticket lapses by itself'),
  },
  '/tickets/{id}/seat': {
    post: move('Staff: the party sits down, at named slots where there are any', {
      body: seatRequest,
      refusals: ['table-needed', 'slot-taken', 'past-time', 'party-size'],
    }),
  },
  '/tickets/{id}/put-back': {
    post: move('Staff: put a lapsed party back near the front', { refusals: ['already-in-line'] }),
  },
}
