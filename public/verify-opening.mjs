#!/usr/bin/env node
/**
 * Checks the log of an opening. Needs Node 20 or newer, and nothing else: no package, no server.
 *
 *   node verify-opening.mjs log.json [--receipt receipt.txt]… [--snapshot seen.json]… [--drand]
 *
 * log.json https://<service>/api/v1/openings/<id>/proof, as it was downloaded, byte for byte
 * --receipt  a receipt that a diner got on entering. With it the announcement is not only the log's
 *            own word: the receipt was signed before anybody knew the order
 * --snapshot https://<service>/api/v1/openings/<id>, as you saved it at some time
 * --drand    asks drand's relays for the beacon's round. Its signature is checked by any drand
 *            client: chain 52db9ba7…e971, scheme bls-unchained-g1-rfc9380
 *
 * Ends with 0 when nothing is wrong, with 1 when something is, with 2 when it could not read.
 * Written apart from the service, from what docs/decisions/0014 says. MIT licence.
 */

const QUICKNET = '52db9ba70e0cc0f6eaf7803dd07447a1f5477735fd3f661792ba94600c84e971'
const QUICKNET_GENESIS_MS = 1692803367000
const QUICKNET_PERIOD_MS = 3000
/** Instants are kept in milliseconds, so two of them may be off by one. */
const ROUNDING_MS = 1
/** Between the instant of a rate or an announcement and its record. */
const WRITING_MS = 1000
const CHUNK = 2000

const { subtle } = globalThis.crypto
const utf8 = new TextEncoder()
const toHex = (bytes) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
const toBytes = (hex) =>
  Uint8Array.from({ length: hex.length >> 1 }, (_, at) =>
    Number.parseInt(hex.substr(at * 2, 2), 16),
  )
const fromBase64url = (text) =>
  Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (it) => it.charCodeAt(0))
const digest = async (bytes) => new Uint8Array(await subtle.digest('SHA-256', bytes))
const sha256 = async (bytes) => toHex(await digest(bytes))
const hashText = (text) => sha256(utf8.encode(text))
const ms = (instant) => Date.parse(instant)

const good = (id, facts = {}) => ({ id, state: 'ok', ...facts })
const bad = (id, why, facts = {}) => ({ id, state: 'bad', why, ...facts })
/** True, but something everyone should know. */
const told = (id, why, facts = {}) => ({ id, state: 'note', why, ...facts })

/** Null: this machine knows no Ed25519. */
async function isSignedBy(keys, bytes, signature) {
  for (const key of keys) {
    const raw = fromBase64url(key)
    const imported = await subtle
      .importKey('raw', raw, 'Ed25519', false, ['verify'])
      .catch(() => null)
    if (!imported) return null
    if (await subtle.verify('Ed25519', imported, fromBase64url(signature), bytes)) return true
  }
  return false
}

function writeAnnouncement(it) {
  const beacon = it.beacon === null ? 'none' : `${it.beacon} ${it.beaconRound}`
  return [
    'bobjool opening announcement 1',
    `opening ${it.id}\nrestaurant ${it.restaurantId}\nservice date ${it.serviceDate}`,
    `announced ${it.announcedAt}\nlobby ${it.lobbyOpensAt}\nopens ${it.opensAt}\ngate ${it.gateUntil}`,
    `order ${it.orderBy}\nturns per second ${it.turnsPerSecond}`,
    `commitment ${it.commitment}\nbeacon ${beacon}`,
  ].join('\n')
}

async function checkSeal({ log, text }) {
  const said = text.slice(0, text.lastIndexOf(',"seal":'))
  const sum = await hashText(said)
  if (sum !== log.seal?.sha256) return bad('seal', 'changed')
  const statement = utf8.encode(`bobjool statement\nopening log ${sum}`)
  const isSigned = await isSignedBy(log.receiptKeys, statement, log.seal.signature)
  if (isSigned === null) return told('seal', 'no-ed25519')
  return isSigned ? good('seal') : bad('seal', 'not-signed')
}

async function checkAnnouncement({ log }) {
  const isSame = (await hashText(writeAnnouncement(log.announcement))) === log.announcementHash
  return isSame ? good('announcement') : bad('announcement', 'changed')
}

async function checkReceipt({ log, receipt, places }) {
  const [said = '', signature = ''] = receipt.trim().split('.')
  let claims
  let isSigned
  try {
    const bytes = fromBase64url(said)
    claims = JSON.parse(new TextDecoder().decode(bytes))
    isSigned = await isSignedBy(log.receiptKeys, bytes, signature)
  } catch {
    return bad('receipt', 'unreadable')
  }
  if (claims.o !== log.announcement.id) return bad('receipt', 'other-opening')
  if (isSigned === false) return bad('receipt', 'not-signed')
  const facts = { entry: claims.e }
  if (claims.h !== undefined && claims.h !== log.announcementHash)
    return bad('receipt', 'other-announcement', facts)
  const place = places.get(claims.e)
  if (!place || place.number !== claims.n || place.inLobby !== claims.l)
    return bad('receipt', 'entry-missing', facts)
  facts.rank = 1 + [...places.values()].filter((other) => other.place < place.place).length
  return isSigned === null ? told('receipt', 'no-ed25519', facts) : good('receipt', facts)
}

/** What a diner saved during the opening must still be true. */
function checkSnapshot({ log, snapshot }) {
  const { beacon, ...it } = log.announcement
  for (const [name, value] of Object.entries({ ...it, ...pick(log) }))
    if (name in snapshot && snapshot[name] !== null && snapshot[name] !== value)
      return bad('snapshot', 'changed', { name })
  if (snapshot.announcement?.hash !== log.announcementHash)
    return bad('snapshot', 'changed', { name: 'announcement' })
  const known = (rates) => JSON.stringify(rates.map((rate) => [rate.fromAt, rate.turnsPerSecond]))
  const before = log.rates.filter((rate) => ms(rate.setAt) <= ms(snapshot.asOf))
  const replaced = before.length < log.rates.length && ms(log.rates[0].setAt) > ms(snapshot.asOf)
  if (!replaced && known(before) !== known(snapshot.rates))
    return bad('snapshot', 'changed', { name: 'rates' })
  return good('snapshot', { asOf: snapshot.asOf })
}
const pick = ({ entriesHash, orderSeed, drawnAt, secret }) => {
  return { entriesHash, orderSeed, drawnAt, secret }
}

async function checkSecret({ log }) {
  const isKept = (await sha256(toBytes(log.secret))) === log.announcement.commitment
  return isKept ? good('secret') : bad('secret', 'other-secret')
}

async function checkBeacon({ log }) {
  const { beacon, beaconRound: round, opensAt } = log.announcement
  if (beacon === null) return log.beaconValue ? bad('beacon', 'unnamed') : told('beacon', 'none')
  if (log.beaconValue === null) return told('beacon', 'silent', { round })
  if (beacon === 'local') return told('beacon', 'local', { round })
  if (beacon !== 'drand-quicknet') return bad('beacon', 'unknown', { beacon })
  const outMs = QUICKNET_GENESIS_MS + (round - 1) * QUICKNET_PERIOD_MS
  if (outMs <= ms(opensAt)) return bad('beacon', 'round-too-early', { round })
  if ((await sha256(toBytes(log.beaconProof ?? ''))) !== log.beaconValue)
    return bad('beacon', 'not-its-hash', { round })
  return good('beacon', { round })
}

async function checkEntries({ log }) {
  const { entries } = log
  if (entries.length !== log.entryCount)
    return bad('entries', 'count', { listed: entries.length, counted: log.entryCount })
  const isInOrder = entries.every(
    (id, at) => /^[0-9a-f]{32}$/.test(id) && (at === 0 || entries[at - 1] < id),
  )
  if (!isInOrder) return bad('entries', 'not-sorted')
  if ((await hashText(entries.join(''))) !== log.entriesHash) return bad('entries', 'changed')
  const numbers = log.numbered.map(({ number }) => number)
  if (new Set(numbers).size !== numbers.length) return bad('entries', 'number-twice')
  return good('entries', { count: entries.length, late: log.numbered.length })
}

async function checkSeed({ log }) {
  const seed = await sha256(toBytes(log.entriesHash + log.secret + (log.beaconValue ?? '')))
  return seed === log.orderSeed ? good('seed') : bad('seed', 'other-seed')
}

function checkInstants({ log }) {
  const { lobbyOpensAt, opensAt, gateUntil } = log.announcement
  const isInOrder =
    ms(lobbyOpensAt) < ms(opensAt) &&
    ms(opensAt) < ms(gateUntil) &&
    ms(opensAt) <= ms(log.frozenAt) &&
    ms(log.frozenAt) <= ms(log.drawnAt)
  return isInOrder ? good('instants') : bad('instants', 'not-in-order')
}

const toPerMinute = (turnsPerSecond) => Math.round(turnsPerSecond * 6_000) / 100

function checkRates({ log }) {
  const [first, ...later] = log.rates
  const { turnsPerSecond, announcedAt } = log.announcement
  if (!first) return bad('rates', 'none')
  const isBackdated = later.some(({ fromAt, setAt }) => ms(setAt) > ms(fromAt) + WRITING_MS)
  const isInOrder = log.rates.every(
    ({ fromAt }, at) => at === 0 || ms(log.rates[at - 1].fromAt) < ms(fromAt),
  )
  if (isBackdated || !isInOrder) return bad('rates', 'backdated')
  if (first.turnsPerSecond === turnsPerSecond) return good('rates', { changes: later.length })
  if (ms(first.setAt) <= ms(announcedAt) + WRITING_MS) return bad('rates', 'not-as-announced')
  return told('rates', 'changed-before', {
    announced: toPerMinute(turnsPerSecond),
    became: toPerMinute(first.turnsPerSecond),
  })
}

/** From the draw on at the newest rate before it; then at each later rate from its instant on. */
function findTurnMs({ place, log }) {
  const drawnMs = ms(log.drawnAt)
  const all = log.rates.map(({ fromAt, turnsPerSecond }) => [ms(fromAt), turnsPerSecond])
  const past = all.filter(([fromMs]) => fromMs <= drawnMs)
  const [, first] = past.at(-1) ?? all[0]
  const later = past.length > 0 ? all.slice(past.length) : all.slice(1)
  let [atMs, rate, left] = [drawnMs, first, place]
  for (const [fromMs, next] of later) {
    const begun = ((fromMs - atMs) / 1000) * rate
    if (begun >= left) break
    ;[atMs, rate, left] = [fromMs, next, left - begun]
  }
  return Math.ceil(atMs + (left / rate) * 1000)
}

/** Where each entry stands: a share of the lobby, or a number behind it. */
async function placeAll({ log, onProgress }) {
  const places = new Map()
  const count = log.entryCount
  for (const { entry, number } of log.numbered)
    places.set(entry, {
      ...{ inLobby: false, number },
      place: log.announcement.orderBy === 'DRAW' ? count + number : number,
    })
  for (let from = 0; from < log.entries.length; from += CHUNK) {
    const ids = log.entries.slice(from, from + CHUNK)
    const hashes = await Promise.all(ids.map((id) => digest(toBytes(log.orderSeed + id))))
    ids.forEach((id, at) => {
      const known = places.get(id)
      const score =
        hashes[at].slice(0, 6).reduce((sum, byte) => sum * 256 + byte, 0) * 16 +
        (hashes[at][6] >> 4)
      const drawn = { number: null, place: (score / 2 ** 52) * count }
      places.set(id, { ...drawn, ...known, inLobby: true })
    })
    onProgress?.(Math.min(log.entries.length, from + CHUNK), log.entries.length)
  }
  return places
}

function checkTurns({ log, places }) {
  const seen = new Set()
  for (const { entry, dueAt, givenAt } of log.turns) {
    const known = places.get(entry)
    if (!known) return bad('turns', 'no-entry', { entry })
    if (seen.has(entry)) return bad('turns', 'twice', { entry })
    seen.add(entry)
    const dueMs = findTurnMs({ place: known.place, log })
    if (ms(givenAt) < dueMs - ROUNDING_MS)
      return bad('turns', 'early', { entry, givenAt, dueAt: new Date(dueMs).toISOString() })
    if (dueAt !== null && Math.abs(ms(dueAt) - dueMs) > ROUNDING_MS)
      return bad('turns', 'other-instant', { entry })
  }
  return good('turns', { count: log.turns.length })
}

// Older logs say only since when a table is taken.
const bookedMs = ({ bookedAt, takenAt }) => Math.min(ms(bookedAt ?? takenAt), ms(takenAt))

/** The one group of a booking; only those of `with-turn` claim to have come after a turn. */
function groupOf(booking, { announcedAt, gateUntil }) {
  if (booking.by === 'HOUSE') return 'by-staff'
  if (bookedMs(booking) < ms(announcedAt) + WRITING_MS) return 'before'
  return bookedMs(booking) < ms(gateUntil) ? 'with-turn' : 'after'
}

function checkTurnOfBookings({ log, bookings }) {
  const givenMs = new Map(log.turns.map(({ entry, givenAt }) => [entry, ms(givenAt)]))
  for (const booking of bookings) {
    const facts = { entry: booking.entry, takenAt: booking.bookedAt ?? booking.takenAt }
    const [madeMs, turnMs] = [bookedMs(booking), givenMs.get(booking.entry)]
    if (madeMs < ms(log.announcement.opensAt)) return bad('bookings', 'before-opening', facts)
    if (turnMs === undefined) return bad('bookings', 'without-turn', facts)
    if (madeMs < turnMs - ROUNDING_MS) return bad('bookings', 'before-turn', facts)
  }
  return good('bookings', { count: bookings.length })
}

/** The claim about bookings with a turn, and how many there are of which nothing is claimed. */
function checkBookings({ log }) {
  const { announcement, bookings } = log
  const listOf = (group) => bookings.filter((it) => groupOf(it, announcement) === group)
  const count = (it, why = 'counted') => told(`bookings-${it}`, why, { count: listOf(it).length })
  const after = ms(log.asOf) < ms(announcement.gateUntil) ? 'not-yet' : 'counted'
  const claim = checkTurnOfBookings({ log, bookings: listOf('with-turn') })
  return [claim, count('before'), count('by-staff'), count('after', after)]
}

function checkSold({ log }) {
  const slots = new Map(log.slots.map(({ id }) => [id, []]))
  for (const { slot, takenAt, releasedAt } of log.bookings) {
    if (!slots.has(slot)) return bad('sold', 'no-such-slot', { slot })
    slots.get(slot).push([ms(takenAt), releasedAt === null ? Infinity : ms(releasedAt)])
  }
  for (const [slot, taken] of slots) {
    taken.sort((a, b) => a[0] - b[0])
    const isTwice = taken.some(([from], at) => at > 0 && from < taken[at - 1][1] - ROUNDING_MS)
    if (isTwice) return bad('sold', 'sold-twice', { slot })
  }
  const gateMs = ms(log.announcement.gateUntil)
  const isTakenAtGate = ([from, until]) => from < gateMs && until >= gateMs
  const offered = log.slots.filter(({ isOffPlan }) => !isOffPlan)
  const sold = offered.filter(({ id }) => slots.get(id).some(isTakenAtGate)).length
  return good('sold', { sold, capacity: offered.length })
}

/**
 * Every check of a log, in order; each `ok`, `bad` with why, or `note` (true, but worth knowing).
 * `text` is the log as it was downloaded.
 */
export async function verifyLog({ text, receipts = [], snapshots = [], onProgress }) {
  const log = JSON.parse(text)
  if (log.format !== 'bobjool-opening-log/1')
    throw new Error(`not a log of an opening: ${log.format}`)
  const places = await placeAll({ log, onProgress })
  const given = { log, text, places }
  const checks = [
    await checkSeal(given),
    await checkAnnouncement(given),
    ...(receipts.length === 0 ? [told('receipt', 'none-given')] : []),
    ...(await Promise.all(receipts.map((receipt) => checkReceipt({ ...given, receipt })))),
    ...snapshots.map((snapshot) => checkSnapshot({ log, snapshot })),
    await checkSecret(given),
    await checkEntries(given),
    await checkBeacon(given),
    await checkSeed(given),
    checkInstants(given),
    checkRates(given),
    checkTurns(given),
    ...checkBookings(given),
    checkSold(given),
  ]
  return { log, places, checks, isRight: checks.every(({ state }) => state !== 'bad') }
}

async function askDrand({ log }) {
  const { beacon, beaconRound: round } = log.announcement
  if (beacon !== 'drand-quicknet' || log.beaconValue === null) return []
  for (const relay of [
    'https://api.drand.sh',
    'https://api2.drand.sh',
    'https://drand.cloudflare.com',
  ]) {
    const response = await fetch(`${relay}/${QUICKNET}/public/${round}`).catch(() => null)
    if (!response?.ok) continue
    const { randomness, signature } = await response.json()
    const isSame = randomness === log.beaconValue && signature === log.beaconProof
    return [isSame ? good('drand', { relay }) : bad('drand', 'other-value', { relay, randomness })]
  }
  return [told('drand', 'no-answer')]
}

const MEANINGS = {
  bookings: 'made with a turn, each after its turn had been given',
  'bookings-before': 'made before the opening was announced: no turn was needed',
  'bookings-by-staff': 'seated or booked by the restaurant: no turn is needed',
  'bookings-after': 'made once the gate had ended: no turn was needed',
}

async function runOnCommandLine() {
  const { readFile } = await import('node:fs/promises')
  const { parseArgs } = await import('node:util')
  const several = { type: 'string', multiple: true, default: [] }
  const options = {
    receipt: several,
    snapshot: several,
    drand: { type: 'boolean', default: false },
  }
  const { values, positionals } = parseArgs({ options, allowPositionals: true })
  const read = (path) => readFile(path, 'utf8')
  const text = await read(positionals[0] ?? 'log.json')
  const receipts = await Promise.all(values.receipt.map(read))
  const snapshots = (await Promise.all(values.snapshot.map(read))).map((it) => JSON.parse(it))
  const { log, checks } = await verifyLog({ text, receipts, snapshots })
  if (values.drand) checks.push(...(await askDrand({ log })))
  const marks = { ok: '✓', bad: '✗', note: '·' }
  for (const { id, state, why = '', ...facts } of checks) {
    const said = state === 'ok' || why === 'counted' ? MEANINGS[id] : ''
    const line = [marks[state], id, why, JSON.stringify(facts).replace('{}', ''), said]
    process.stdout.write(`${line.filter(Boolean).join('  ')}\n`)
  }
  const countOf = (said) => checks.filter(({ state }) => state === said).length
  const [wrong, right] = [countOf('bad'), countOf('ok')]
  const fault = `${wrong} of ${checks.length} checks failed.`
  const verdict = `Nothing is wrong: ${right} checks are right (✓); · was not judged.`
  process.stdout.write(`${wrong === 0 ? verdict : fault}\n`)
  process.exitCode = wrong === 0 ? 0 : 1
}

if (typeof WorkerGlobalScope !== 'undefined') {
  // The page of the proof runs this same file beside itself.
  self.onmessage = async ({ data }) => {
    try {
      const onProgress = (done, all) => self.postMessage({ kind: 'progress', done, all })
      const { log, checks, isRight } = await verifyLog({ ...data, onProgress })
      const { turns, bookings, slots } = log
      self.postMessage({ kind: 'done', checks, isRight, turns, bookings, slots })
    } catch (error) {
      self.postMessage({ kind: 'failed', error: String(error) })
    }
  }
} else if (typeof process !== 'undefined' && process.argv[1]?.endsWith('verify-opening.mjs')) {
  runOnCommandLine().catch((error) => {
    process.stderr.write(`${error}\n`)
    process.exitCode = 2
  })
}
