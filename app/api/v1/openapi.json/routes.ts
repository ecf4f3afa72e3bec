import type { ApiHandler } from '@/lib/http/api'
import * as accountExport from '../account/export/route'
import * as accounts from '../accounts/route'
import * as kiosk from '../kiosk/route'
import * as linkRequest from '../link-request/route'
import * as openingsOneCancel from '../openings/[id]/cancel/route'
import * as openingsOneCurves from '../openings/[id]/curves/route'
import * as openingsOneEntriesMe from '../openings/[id]/entries/me/route'
import * as openingsOneEntries from '../openings/[id]/entries/route'
import * as openingsOneProof from '../openings/[id]/proof/route'
import * as openingsOne from '../openings/[id]/route'
import * as openingsOneTurn from '../openings/[id]/turn/route'
import * as privacy from '../privacy/route'
import * as reservationsOneArrive from '../reservations/[id]/arrive/route'
import * as reservationsOneCancel from '../reservations/[id]/cancel/route'
import * as reservationsOneChange from '../reservations/[id]/change/route'
import * as reservationsOneCheckIn from '../reservations/[id]/check-in/route'
import * as reservationsOneConfirm from '../reservations/[id]/confirm/route'
import * as reservationsOneCorrect from '../reservations/[id]/correct/route'
import * as reservationsOneCorrectNoShow from '../reservations/[id]/correct-no-show/route'
import * as reservationsOneCorrectSeat from '../reservations/[id]/correct-seat/route'
import * as reservationsOneDisputeDecide from '../reservations/[id]/dispute/decide/route'
import * as reservationsOneDispute from '../reservations/[id]/dispute/route'
import * as reservationsOneLate from '../reservations/[id]/late/route'
import * as reservationsOneLeave from '../reservations/[id]/leave/route'
import * as reservationsOneNoShow from '../reservations/[id]/no-show/route'
import * as reservationsOne from '../reservations/[id]/route'
import * as reservationsOneSeat from '../reservations/[id]/seat/route'
import * as reservations from '../reservations/route'
import * as restaurantsOneActs from '../restaurants/[id]/acts/route'
import * as restaurantsOneAreas from '../restaurants/[id]/areas/route'
import * as restaurantsOneAuthors from '../restaurants/[id]/authors/route'
import * as restaurantsOneBoard from '../restaurants/[id]/board/route'
import * as restaurantsOneClosuresOne from '../restaurants/[id]/closures/[closureId]/route'
import * as restaurantsOneClosures from '../restaurants/[id]/closures/route'
import * as restaurantsOneCombinations from '../restaurants/[id]/combinations/route'
import * as restaurantsOneDay from '../restaurants/[id]/day/route'
import * as restaurantsOneFloorPlan from '../restaurants/[id]/floor-plan/route'
import * as restaurantsOneGuestImportsOne from '../restaurants/[id]/guest-imports/[importId]/route'
import * as restaurantsOneGuestsOneMerge from '../restaurants/[id]/guests/[guestId]/merge/route'
import * as restaurantsOneGuestsOne from '../restaurants/[id]/guests/[guestId]/route'
import * as restaurantsOneGuestsExport from '../restaurants/[id]/guests/export/route'
import * as restaurantsOneGuestsImport from '../restaurants/[id]/guests/import/route'
import * as restaurantsOneGuests from '../restaurants/[id]/guests/route'
import * as restaurantsOneLine from '../restaurants/[id]/line/route'
import * as restaurantsOneLineTickets from '../restaurants/[id]/line/tickets/route'
import * as restaurantsOneObstacle from '../restaurants/[id]/obstacle/route'
import * as restaurantsOneOpenings from '../restaurants/[id]/openings/route'
import * as restaurantsOneParties from '../restaurants/[id]/parties/route'
import * as restaurantsOneReservations from '../restaurants/[id]/reservations/route'
import * as restaurantsOne from '../restaurants/[id]/route'
import * as restaurantsOneSchedule from '../restaurants/[id]/schedule/route'
import * as restaurantsOneShiftNote from '../restaurants/[id]/shift-note/route'
import * as restaurantsOneSoftHolds from '../restaurants/[id]/soft-holds/route'
import * as restaurantsOneTickets from '../restaurants/[id]/tickets/route'
import * as restaurantsOneWalkIns from '../restaurants/[id]/walk-ins/route'
import * as restaurants from '../restaurants/route'
import * as sessionProof from '../session/proof/route'
import * as sessionProofCode from '../session/proof-code/route'
import * as session from '../session/route'
import * as sessionSeal from '../session/seal/route'
import * as slotsOne from '../slots/[id]/route'
import * as ticketsOneCall from '../tickets/[id]/call/route'
import * as ticketsOneCancel from '../tickets/[id]/cancel/route'
import * as ticketsOneEndConsent from '../tickets/[id]/end-consent/route'
import * as ticketsOneForget from '../tickets/[id]/forget/route'
import * as ticketsOneLastCall from '../tickets/[id]/last-call/route'
import * as ticketsOnePostpone from '../tickets/[id]/postpone/route'
import * as ticketsOnePutBack from '../tickets/[id]/put-back/route'
import * as ticketsOne from '../tickets/[id]/route'
import * as ticketsOneSeat from '../tickets/[id]/seat/route'
import * as ticketsOneUndo from '../tickets/[id]/undo/route'
import * as time from '../time/route'
import * as tonight from '../tonight/route'
import * as undo from '../undo/route'
import * as workplaces from '../workplaces/route'

export const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const
export type Method = (typeof methods)[number]

/** Every route of v1, keyed by its OpenAPI path. */
export const routes: Record<string, Partial<Record<Method, ApiHandler>>> = {
  '/account/export': accountExport,
  '/accounts': accounts,
  '/kiosk': kiosk,
  '/link-request': linkRequest,
  '/openings/{id}/cancel': openingsOneCancel,
  '/openings/{id}/curves': openingsOneCurves,
  '/openings/{id}/entries/me': openingsOneEntriesMe,
  '/openings/{id}/entries': openingsOneEntries,
  '/openings/{id}/proof': openingsOneProof,
  '/openings/{id}': openingsOne,
  '/openings/{id}/turn': openingsOneTurn,
  '/reservations/{id}/arrive': reservationsOneArrive,
  '/reservations/{id}/cancel': reservationsOneCancel,
  '/reservations/{id}/change': reservationsOneChange,
  '/reservations/{id}/check-in': reservationsOneCheckIn,
  '/reservations/{id}/confirm': reservationsOneConfirm,
  '/reservations/{id}/correct': reservationsOneCorrect,
  '/reservations/{id}/correct-no-show': reservationsOneCorrectNoShow,
  '/reservations/{id}/correct-seat': reservationsOneCorrectSeat,
  '/reservations/{id}/dispute/decide': reservationsOneDisputeDecide,
  '/reservations/{id}/dispute': reservationsOneDispute,
  '/reservations/{id}/late': reservationsOneLate,
  '/reservations/{id}/leave': reservationsOneLeave,
  '/reservations/{id}/no-show': reservationsOneNoShow,
  '/reservations/{id}': reservationsOne,
  '/reservations/{id}/seat': reservationsOneSeat,
  '/privacy': privacy,
  '/reservations': reservations,
  '/restaurants/{id}/acts': restaurantsOneActs,
  '/restaurants/{id}/areas': restaurantsOneAreas,
  '/restaurants/{id}/authors': restaurantsOneAuthors,
  '/restaurants/{id}/board': restaurantsOneBoard,
  '/restaurants/{id}/closures/{closureId}': restaurantsOneClosuresOne,
  '/restaurants/{id}/closures': restaurantsOneClosures,
  '/restaurants/{id}/combinations': restaurantsOneCombinations,
  '/restaurants/{id}/day': restaurantsOneDay,
  '/restaurants/{id}/guests/export': restaurantsOneGuestsExport,
  '/restaurants/{id}/guests/import': restaurantsOneGuestsImport,
  '/restaurants/{id}/guest-imports/{importId}': restaurantsOneGuestImportsOne,
  '/restaurants/{id}/guests/{guestId}': restaurantsOneGuestsOne,
  '/restaurants/{id}/floor-plan': restaurantsOneFloorPlan,
  '/restaurants/{id}/guests/{guestId}/merge': restaurantsOneGuestsOneMerge,
  '/restaurants/{id}/guests': restaurantsOneGuests,
  '/restaurants/{id}/line': restaurantsOneLine,
  '/restaurants/{id}/line/tickets': restaurantsOneLineTickets,
  '/restaurants/{id}/obstacle': restaurantsOneObstacle,
  '/restaurants/{id}/openings': restaurantsOneOpenings,
  '/restaurants/{id}/parties': restaurantsOneParties,
  '/restaurants/{id}/reservations': restaurantsOneReservations,
  '/restaurants/{id}': restaurantsOne,
  '/restaurants/{id}/schedule': restaurantsOneSchedule,
  '/restaurants/{id}/shift-note': restaurantsOneShiftNote,
  '/restaurants/{id}/soft-holds': restaurantsOneSoftHolds,
  '/restaurants/{id}/tickets': restaurantsOneTickets,
  '/restaurants/{id}/walk-ins': restaurantsOneWalkIns,
  '/restaurants': restaurants,
  '/session': session,
  '/session/proof': sessionProof,
  '/session/proof-code': sessionProofCode,
  '/session/seal': sessionSeal,
  '/slots/{id}': slotsOne,
  '/tickets/{id}/call': ticketsOneCall,
  '/tickets/{id}/cancel': ticketsOneCancel,
  '/tickets/{id}/end-consent': ticketsOneEndConsent,
  '/tickets/{id}/forget': ticketsOneForget,
  '/tickets/{id}/last-call': ticketsOneLastCall,
  '/tickets/{id}/postpone': ticketsOnePostpone,
  '/tickets/{id}/put-back': ticketsOnePutBack,
  '/tickets/{id}': ticketsOne,
  '/tickets/{id}/seat': ticketsOneSeat,
  '/tickets/{id}/undo': ticketsOneUndo,
  '/time': time,
  '/tonight': tonight,
  '/undo': undo,
  '/workplaces': workplaces,
}
