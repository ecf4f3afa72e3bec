import { setAll } from './constraint-scene'

const KEYS = `repeat('p', 87), repeat('a', 22)`
const insertDevice = (account: string, endpoint: string, id = '') =>
  `INSERT INTO push_subscriptions (account_id, endpoint, p256dh, auth${id && ', id'})
   VALUES (${account}, '${endpoint}', ${KEYS}${id && `, ${id}`})`
const insertGuestDevice = (ticket: string, endpoint: string, id = '') =>
  `INSERT INTO guest_devices (ticket_id, endpoint, p256dh, auth${id && ', id'})
   VALUES (${ticket}, '${endpoint}', ${KEYS}${id && `, ${id}`})`
const SEALED = `'sealed:00000000:' || repeat('s', 30), sha256('https://push.example/1')`
const hashed = `endpoint, endpoint_hash, p256dh, auth) SELECT ${SEALED}, ${KEYS}`
const insertHook = (restaurant: string) =>
  `INSERT INTO slack_hooks (restaurant_id, url, locale) VALUES (${restaurant}, 'https://hooks.slack.com/services/1', 'ko')`

/** Every constraint and unique index of the notices' tables, and what it refuses. */
export const channelRefusals: Record<string, string[]> = {
  accounts_notice_channels_known: setAll('accounts', [
    `notice_channels = ARRAY[]::text[]`,
    `notice_channels = ARRAY['PUSH']`,
    `notice_channels = ARRAY['MAIL', 'PUSH']`,
  ]),
  guest_devices_endpoint_length: setAll('guest_devices', [
    `endpoint = ''`,
    `endpoint = repeat('a', 1001)`,
    `endpoint = rpad('sealed:', 1401, 'a')`,
  ]),
  guest_devices_hash_once: [
    `INSERT INTO guest_devices (ticket_id, ${hashed.replace('SELECT', 'SELECT {ticket},')}`,
  ],
  guest_devices_keys_shape: setAll('guest_devices', [
    `auth = 'short'`,
    `p256dh = repeat('+', 87)`,
    `auth = 'sealed:short'`,
  ]),
  guest_devices_once: [insertGuestDevice('{ticket}', 'https://push.example/1')],
  guest_devices_pkey: [insertGuestDevice('{ticket}', 'https://push.example/2', '{guestDevice}')],
  guest_devices_ticket_fkey: [insertGuestDevice('{nobody}', 'https://push.example/2')],
  push_subscriptions_account_fkey: [insertDevice('{nobody}', 'https://push.example/2')],
  push_subscriptions_endpoint_hash_key: [
    `INSERT INTO push_subscriptions (account_id, ${hashed.replace('SELECT', 'SELECT {diner},')}`,
  ],
  push_subscriptions_endpoint_key: [insertDevice('{diner}', 'https://push.example/1')],
  push_subscriptions_endpoint_length: setAll('push_subscriptions', [
    `endpoint = ''`,
    `endpoint = repeat('a', 1001)`,
    `endpoint = rpad('sealed:', 1401, 'a')`,
  ]),
  push_subscriptions_keys_shape: setAll('push_subscriptions', [
    `auth = 'short'`,
    `p256dh = repeat('+', 87)`,
  ]),
  push_subscriptions_pkey: [insertDevice('{diner}', 'https://push.example/2', '{device}')],
  push_subscriptions_session_fkey: setAll('push_subscriptions', [`session_id = gen_random_uuid()`]),
  slack_hooks_locale_known: setAll('slack_hooks', [`locale = 'jp'`]),
  slack_hooks_pkey: [insertHook('{restaurant}')],
  slack_hooks_refusal_whole: setAll('slack_hooks', ['refused_at = now()', `refusal = 'no'`]),
  slack_hooks_restaurant_fkey: [insertHook('{nobody}')],
  slack_hooks_url_length: setAll('slack_hooks', [
    `url = ''`,
    `url = repeat('a', 501)`,
    `url = rpad('sealed:', 751, 'a')`,
  ]),
}
