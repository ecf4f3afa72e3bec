import type {
  AccountRole,
  LineState,
  ReservationStatus,
  StaffRole,
  TicketStatus,
} from '@/prisma/generated/enums'
import type { LinkPurpose, LinkWay } from './link.rules'
import type { LoginProvider, Proof } from './types'

/** The actor, and their network address if the platform vouches for one. */
export type AuditActor = {
  /** Null: the service itself, a visitor who isn't signed in, or the holder of a link. */
  accountId: string | null
  role: 'DINER' | 'OWNER' | 'STAFF' | 'ADMIN' | 'SERVICE'
  address: string | null
}

type Confirmed = 'CONFIRMED' | 'UNCONFIRMED'
type Visible = 'PUBLISHED' | 'UNPUBLISHED'
type Changed<Status extends string> = { from: Status; to: Status }
/** The previous state, or a reason. Nothing personal, because it outlives deleted accounts. */
type Details = { details: Record<string, unknown> }

/**
 * Every act that commands record, by subject. `from` absent: the act creates the subject or changes
 * no state. Acts recorded by database functions are named in the functions' files.
 */
interface Acts {
  ACCOUNT: {
    SIGN_UP: { to: Confirmed }
    SIGN_UP_AGAIN: { to: 'CONFIRMED' }
    SIGN_IN_BY_LINK: { to: 'CONFIRMED'; details: { way: LinkWay } }
    PICK_NUMBER: { to: 'RIGHT' | 'WRONG' }
    USE_CODE: { to: LinkPurpose }
    MAIL_LINK: { to: LinkPurpose }
    CONFIRM_ADDRESS: { from: Confirmed; to: 'CONFIRMED' }
    CHOOSE_PASSWORD: { from: Confirmed; to: 'CONFIRMED' }
    CHANGE: { to: 'ACTIVE'; details: { fields: string[] } }
    AGREE_TO_TERMS: { to: 'ACTIVE'; details: { version: string } }
    CHANGE_ADDRESS: { to: 'ACTIVE' }
    UNDO_ADDRESS: { to: 'ACTIVE' }
    PROVE: { to: Proof }
    CHANGE_PASSWORD: { to: 'ACTIVE' }
    CONNECT_LOGIN: { to: 'ACTIVE'; details: { provider: LoginProvider } }
    DISCONNECT_LOGIN: { to: 'ACTIVE'; details: { provider: LoginProvider } }
    ADD_PASSKEY: { to: 'ACTIVE' }
    REMOVE_PASSKEY: { to: 'ACTIVE' }
    /** By an admin, or by an operator from the command line. */
    FORGET_PASSKEYS: { to: 'ACTIVE' }
    /** Asked to do without lost passkeys; kept them after all; did without. */
    LOSE_PASSKEYS: { to: 'WAITING' }
    KEEP_PASSKEYS: { to: 'ACTIVE' }
    RECOVER: { from: 'WAITING'; to: 'ACTIVE' }
    NEED_PASSKEY: { to: 'ACTIVE' }
    NEED_NO_PASSKEY: { to: 'ACTIVE' }
    USE_PASSKEY: { to: 'SIGN_IN' | 'SECOND_FACTOR' | 'PROVE' }
    END_SESSION: { to: 'ENDED' }
    SHARE_DEVICE: { to: 'SHARED' | 'OWN' }
    END_SESSIONS: { from?: `EPOCH_${number}`; to: 'ACTIVE' | `EPOCH_${number}` }
    ASK_TO_OWN: { from: 'DINER' | 'REFUSED'; to: 'WAITING' }
    APPROVE_OWNER: {
      from: 'WAITING' | 'REFUSED'
      to: 'APPROVED'
      details?: { refusedFor: string }
    }
    REFUSE_OWNER: { from: 'WAITING'; to: 'REFUSED'; details: { reason: string } }
    WITHDRAW_APPROVAL: { from: 'APPROVED'; to: 'REFUSED'; details: { reason: string } }
    MAKE_ADMIN: { from: AccountRole; to: 'ADMIN'; details: { ownerApprovedAt: string | null } }
    UNMAKE_ADMIN: { from: 'ADMIN'; to: 'DINER' | 'OWNER' }
    SEND_SAMPLE: { to: string }
    EXPORT: { to: 'ACTIVE' }
    DELETE_ACCOUNT: { from: 'ACTIVE'; to: 'DELETED' }
  }
  RESTAURANT: {
    OPEN: { to: 'UNPUBLISHED' }
    published: { act: 'PUBLISH' | 'UNPUBLISH' } & Changed<Visible>
    HIDE: { from: 'PUBLISHED'; to: 'HIDDEN' } & Details
    RESTORE: { from: 'HIDDEN'; to: 'PUBLISHED' } & Details
    edited: { act: 'EDIT_PROFILE' | 'EDIT_BOOKING_RULES' | 'EDIT_PICTURES' } & Changed<Visible> &
      Details
    SWITCH_BOOKINGS: Changed<'BOOKINGS_ON' | 'BOOKINGS_OFF'>
    ADD_TABLES: { to: 'ADDED' } & Details
    CHANGE_HOURS: { to: 'SAVED' } & Details
    CHANGE_PIN_MINUTES: { to: 'SAVED' } & Details
    CHANGE_AREAS: { to: 'SAVED' } & Details
    CHANGE_COMBINATIONS: { to: 'SAVED' } & Details
    CHANGE_FLOOR_PLAN: { to: 'SAVED' } & Details
    CLOSE_DATE: { to: 'CLOSED' } & Details
    REOPEN_DATE: { to: 'OPEN' } & Details
    KEEP_SCHEDULE: Changed<'ON' | 'OFF'>
    REPEAT_OPENING: { to: 'ON' | 'OFF' } & Partial<Details>
    EXPORT_GUESTS: { to: 'EXPORTED'; details: { list: string } }
    /** One for each batch that was written. The details name who was changed. */
    IMPORT_GUESTS: { to: 'IMPORTED' } & Details
    /** A guest's account is gone; the details name their visits. */
    ASK_ERASURE: { to: 'ASKED' } & Details
    SLACK_ON: { to: 'SET' }
    SLACK_OFF: { to: 'SET' }
  }
  TABLE: {
    CHANGE_TABLE: { to: 'CHANGED' } & Details
    REMOVE_TABLE: { to: 'REMOVED' } & Details
  }
  STAFF: {
    CHANGE_ROLE: Changed<StaffRole>
    REMOVE_STAFF: { from: StaffRole; to: 'NONE' }
    SET_PIN: { to: 'SET' }
    GIVE_PIN: { to: 'ONE_TIME' }
    LOCK_PIN: { to: 'LOCKED' }
    /** On a shared tablet, whose session the row names. */
    ENTER_PIN: { to: 'ACTS' }
  }
  INVITATION: {
    INVITE: { to: StaffRole }
    ACCEPT_INVITATION: { to: StaffRole }
    REVOKE_INVITATION: { from: StaffRole; to: 'REVOKED' }
  }
  SERVICE_DATE: { MAKE_SCHEDULE: { to: 'SCHEDULED' | 'CLOSED' } & Details }
  SLOT: {
    BLOCK_SLOT: { from: 'FREE' | 'BLOCKED'; to: 'BLOCKED' } & Details
    UNBLOCK_SLOT: { from: 'FREE' | 'BLOCKED'; to: 'FREE' } & Details
    CHANGE_SLOT: { from: 'FREE' | 'BLOCKED'; to: 'FREE' } & Details
    DELETE_SLOT: { from: 'FREE' | 'BLOCKED'; to: 'DELETED' } & Details
  }
  /** Tables closed for a while; the details name them and the times, never the reason. */
  CLOSURE: {
    CLOSE_TABLES: { to: 'CLOSED' } & Details
    SHORTEN_CLOSURE: { from: 'CLOSED'; to: 'CLOSED' } & Details
    REOPEN_TABLES: { from: 'CLOSED'; to: 'OPEN' } & Details
  }
  /** Its subject is the restaurant; the words stand with the note. */
  SHIFT_NOTE: { WRITE_SHIFT_NOTE: { to: 'WRITTEN' | 'ERASED' } & Details }
  OPENING: {
    ANNOUNCE: { to: 'ANNOUNCED' } & Details
    CHANGE_RATE: { to: 'ANNOUNCED'; details: { turnsPerSecond: number; before: number } }
    CANCEL: { to: 'CANCELLED'; details: { reason: string } }
    REHEARSE: { to: 'REHEARSED'; details: { people: number } }
  }
  RESERVATION: {
    moved: {
      act:
        | 'CONFIRM'
        | 'CANCEL'
        | 'SEAT'
        | 'LEAVE'
        | 'NO_SHOW'
        | 'ARRIVE'
        | `CORRECT_${'NO_SHOW' | 'SEAT' | 'LEAVE' | 'CANCEL' | 'ARRIVAL'}`
    } & Changed<ReservationStatus> &
      Partial<Details>
    /** Another place or size. The details: the place before, and what a swap belongs to. */
    CHANGE_RESERVATION: Changed<ReservationStatus> & Details
    /** The party's own note or allergies. */
    CHANGE_WORDS: Changed<ReservationStatus>
    WALK_IN: { to: 'SEATED' }
    /** By staff for a guest; diners' bookings are recorded by `place_reservation`. */
    BOOK: { to: 'CONFIRMED'; details: { source: string; override: boolean } }
    NOTE: Changed<ReservationStatus>
    /** The diner's words stand with the reservation. */
    DISPUTE: { from: 'NO_SHOW'; to: 'NO_SHOW' }
    DECIDE_DISPUTE: { from: 'NO_SHOW'; to: 'NO_SHOW'; details: { granted: boolean } }
    SAY_LATE: Changed<ReservationStatus> & { details: { minutes: number | null } }
    UNDO: Changed<ReservationStatus>
  }
  GUEST: {
    WRITE_DOWN: { to: 'KNOWN' }
    /** The details: which parts, never what they say. */
    CHANGE_GUEST: { to: 'SAVED'; details: { fields: string[] } }
    GIVE_CONSENT: { to: 'GIVEN'; details: { way: string } }
    END_CONSENT: { from: 'GIVEN'; to: 'ENDED' }
    MERGE_GUEST: { from: 'KNOWN'; to: 'MERGED'; details: { into: string; others: string[] } }
    SPLIT_GUEST: { from: 'MERGED'; to: 'KNOWN'; details: { from: string } }
  }
  LINE: { CHANGE_LINE: { from?: LineState; to: LineState } & Details }
  KIOSK: {
    CONNECT_KIOSK: { to: 'CONNECTED' } & Details
    REVOKE_KIOSK: { from: 'CONNECTED'; to: 'REVOKED' }
  }
  TICKET: {
    moved: {
      act: 'POSTPONE' | 'CALL' | 'LAST_CALL' | 'SEAT' | 'CANCEL' | 'PUT_BACK' | 'FORGET_CONTACT'
    } & Changed<TicketStatus> &
      Partial<Details>
    UNDO: Changed<TicketStatus>
  }
  NOTICE: { SEND_AGAIN: { from: 'DEAD'; to: 'QUEUED' } }
}

/** The acts on one kind of subject. */
export type ActOn<Subject extends keyof Acts> = {
  [Act in keyof Acts[Subject]]: Acts[Subject][Act] extends { act: string }
    ? Acts[Subject][Act]
    : { act: Act } & Acts[Subject][Act]
}[keyof Acts[Subject]]

/** An act and its subject. */
export type AuditedAct = {
  [Subject in keyof Acts]: { subject: Subject; subjectId: string } & ActOn<Subject>
}[keyof Acts]

/** The written event; its id is the `actId` that an undo names. */
export type AuditedEvent = { id: string; at: Date }
