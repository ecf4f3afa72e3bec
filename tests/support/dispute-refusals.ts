import { setAll } from './constraint-scene'

/** What the constraints of no-shows and their disputes refuse; each statement violates only that one. */
export const disputeRefusals: Record<string, string[]> = {
  reservations_awaiting_staff_is_hold: setAll('reservations', [
    'awaits_staff = true, hold_expires_at = NULL',
  ]),
  reservations_decision_of_dispute: setAll('reservations', [
    'dispute_decided_at = now(), dispute_granted = true',
  ]),
  reservations_decision_whole: setAll('reservations', [
    'disputed_at = now(), dispute_decided_at = now()',
    'disputed_at = now(), dispute_granted = false',
  ]),
  reservations_dispute_has_time: setAll('reservations', [`dispute_text = '갔어요.'`]),
  reservations_dispute_length: setAll('reservations', [
    `disputed_at = now(), dispute_text = ''`,
    `disputed_at = now(), dispute_text = repeat('밥', 301)`,
  ]),
  restaurants_no_show_limit_range: setAll('restaurants', [
    'no_show_limit = 0, no_show_months = 1',
    'no_show_limit = 11, no_show_months = 1',
  ]),
  restaurants_no_show_months_range: setAll('restaurants', [
    'no_show_limit = 1, no_show_months = 0',
    'no_show_limit = 1, no_show_months = 25',
  ]),
  restaurants_no_show_rule_whole: setAll('restaurants', [
    'no_show_limit = 1',
    'no_show_months = 1',
  ]),
}
