import { randomUUID } from 'node:crypto'
import { signLink } from '@/lib/crypto/link-token'
import type { Role, Scene } from './access-cast'
import { TIME_ZONE } from './time-zone'

type RestaurantAccess = {
  who: Role[]
  given: (scene: Scene) => Record<string, unknown>
  refusal?: string
}

/** Settings are for the restaurant's approved owners and for admins, not for the floor. */
const who: Role[] = ['owner', 'admin']
const introduction = {
  name: '새 이름',
  nameEn: '',
  category: '국수',
  region: '망원',
  address: '서울 마포구 포은로 1',
  phone: '+82 2-312-4567',
}
const profile = {
  ...introduction,
  description: '',
  descriptionEn: '',
  guestNote: '',
  guestNoteEn: '',
  mapUrl: '',
}
const rules = {
  timeZone: TIME_ZONE,
  seatingMinutes: 90,
  dayCutMinutes: 300,
  sameDayOnly: false,
  horizonDays: 14,
  opensMinutes: null,
  opensDaysBefore: 0,
  confirmWithinMinutes: null,
  noShowLimit: null,
  noShowMonths: null,
  holdsAfterNoShows: false,
}
const saved = ({ restaurantId }: Scene) => ({ restaurantId, version: 0 })
const switched = ({ restaurantId }: Scene) => ({ restaurantId, isOn: false })

/** Who may call which action of a restaurant's settings. */
export const restaurantAccess: Record<string, RestaurantAccess> = {
  'domain/restaurant/settings.actions.ts openOwnRestaurant': {
    who: ['owner', 'otherOwner'],
    given: () => ({ ...introduction, slug: `new-${randomUUID()}` }),
    refusal: 'not-allowed',
  },
  'domain/restaurant/author.actions.ts chooseOwnPin': {
    who: ['owner', 'floor'],
    given: ({ restaurantId }) => ({ restaurantId, pin: '590317' }),
  },
  'domain/restaurant/author.actions.ts givePin': {
    who,
    given: ({ restaurantId, floor }) => ({ restaurantId, accountId: floor.id }),
  },
  'domain/restaurant/author.actions.ts setAuthorMinutes': {
    who,
    given: ({ restaurantId }) => ({ restaurantId, minutes: 5 }),
  },
  'domain/restaurant/settings.actions.ts connectSlack': {
    who,
    given: ({ restaurantId }) => ({ restaurantId, url: 'https://hooks.slack.com/services/1/2/3' }),
  },
  'domain/restaurant/settings.actions.ts saveOwnProfile': {
    who,
    given: (scene) => ({ ...saved(scene), profile }),
  },
  'domain/restaurant/settings.actions.ts saveOwnBookingRules': {
    who,
    given: (scene) => ({ ...saved(scene), rules }),
  },
  'domain/restaurant/settings.actions.ts saveOwnPictures': {
    who,
    given: (scene) => ({ ...saved(scene), pictures: [] }),
  },
  'domain/restaurant/settings.actions.ts saveOwnAreas': {
    who,
    given: (scene) => ({ ...saved(scene), areas: [{ name: '홀', tableNumbers: [1] }] }),
  },
  'domain/restaurant/settings.actions.ts saveOwnCombinations': {
    who,
    given: (scene) => ({ ...saved(scene), combinations: [] }),
  },
  'domain/restaurant/settings.actions.ts saveOwnFloorPlan': {
    who,
    given: (scene) => ({ ...saved(scene), places: [] }),
  },
  'domain/restaurant/settings.actions.ts switchOwnBookings': { who, given: switched },
  'domain/restaurant/settings.actions.ts sendRestaurantNoticeAgain': {
    who,
    given: ({ restaurantId, deadNoticeId: noticeId }) => ({ restaurantId, noticeId }),
  },
  // An admin gets no day sheet: only listed owners do.
  'domain/restaurant/settings.actions.ts switchDaySheet': {
    who: ['owner'],
    given: ({ restaurantId }) => ({ restaurantId, wants: false }),
  },
  'domain/restaurant/settings.actions.ts publishOwnRestaurant': { who, given: switched },
  'domain/restaurant/staff.actions.ts changeStaffRole': {
    who,
    given: ({ restaurantId, floor }) => ({ restaurantId, accountId: floor.id, role: 'STAFF' }),
  },
  'domain/restaurant/staff.actions.ts removeStaff': {
    who,
    given: ({ restaurantId, floor }) => ({ restaurantId, accountId: floor.id }),
  },
  'domain/restaurant/staff.actions.ts inviteToStaff': {
    who,
    given: ({ restaurantId }) => ({
      restaurantId,
      role: 'STAFF',
      email: `invited-${randomUUID()}@bobjool.test`,
    }),
  },
  'domain/restaurant/staff.actions.ts revokeStaffInvitation': {
    who,
    given: ({ restaurantId, invitationId }) => ({ restaurantId, invitationId }),
  },
  'domain/restaurant/staff.actions.ts acceptStaffInvitation': {
    who: ['stranger'],
    given: ({ invitationId }) => ({ token: signLink({ kind: 'invitation', id: invitationId }) }),
    refusal: 'other-address',
  },
}
