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
 * Written apart from the service, from what docs/decisions/0014 and 0060 say. MIT licence.
 */

const QUICKNET = '52db9ba70e0cc0f6eaf7803dd07447a1f5477735fd3f661792ba94600c84e971'
const QUICKNET_GENESIS_MS = 1692803367000
const QUICKNET_PERIOD_MS = 3000
/** Instants are kept in milliseconds, so two of them may be off by one. */
const ROUNDING_MS = 1
/** Between the instant of a rate or an announcement and its record. */
const WRITING_MS = 1000
const CHUNK = 2000
/** From the end of a lobby or a cohort until it freezes, and until the first round that may decide it. */
const FREEZE_MS = 2000
const ROUND_MS = 6000

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
  const cohorts = it.cohortSeconds ? `\nlate cohorts of ${it.cohortSeconds} seconds` : ''
  return [
    `bobjool opening announcement ${cohorts ? 2 : 1}`,
    `opening ${it.id}\nrestaurant ${it.restaurantId}\nservice date ${it.serviceDate}`,
    `announced ${it.announcedAt}\nlobby ${it.lobbyOpensAt}\nopens ${it.opensAt}\ngate ${it.gateUntil}`,
    `order ${it.orderBy}${cohorts}\nturns per second ${it.turnsPerSecond}`,
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
  const own = places.get(claims.e)
  const isListed = own?.number === claims.n && own.inLobby === claims.l
  if (!isListed || own.cohort !== (claims.c ?? null)) return bad('receipt', 'entry-missing', facts)
  const { fromMs, place } = own
  const isAhead = (it) => it.fromMs < fromMs || (it.fromMs === fromMs && it.place < place)
  facts.rank = 1 + [...places.values()].filter(isAhead).length
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
  for (const seen of snapshot.late?.cohorts ?? []) {
    const kept = log.cohorts?.find(({ cohort }) => cohort === seen.cohort)
    if (kept?.entriesHash !== seen.entriesHash || kept.orderSeed !== seen.orderSeed)
      return bad('snapshot', 'changed', { name: 'cohorts' })
  }
  return good('snapshot', { asOf: snapshot.asOf })
}
const pick = ({ entriesHash, orderSeed, drawnAt, secret }) => {
  return { entriesHash, orderSeed, drawnAt, secret }
}

/** What was drawn, in order: the lobby, as cohort 0, and each cohort of latecomers that was not empty. */
function listDraws({ log }) {
  const { entries, late = [], cohorts = [], announcement } = log
  const { opensAt, cohortSeconds, beaconRound } = announcement
  const ids = (cohort) => late.filter((it) => it.cohort === cohort).map(({ entry }) => entry)
  const draws = cohorts.map((it) => ({ ...it, entries: ids(it.cohort) }))
  return [{ ...log, cohort: 0, beaconRound, entries }, ...draws].map((draw) => ({
    ...draw,
    endMs: ms(opensAt) + draw.cohort * (cohortSeconds ?? 0) * 1000,
    which: draw.cohort === 0 ? {} : { cohort: draw.cohort },
  }))
}

/** A secret hashes to that of the cohort before it, and the lobby's to the commitment. */
async function checkSecret({ log, draws }) {
  let [known, last] = [log.announcement.commitment, -1]
  for (const { cohort, secret, which } of draws) {
    let said = toBytes(secret)
    for (let at = cohort; at > last; at -= 1) said = await digest(said)
    if (toHex(said) !== known) return bad('secret', 'other-secret', which)
    ;[known, last] = [secret, cohort]
  }
  return good('secret')
}

const roundMs = (round) => QUICKNET_GENESIS_MS + (round - 1) * QUICKNET_PERIOD_MS

async function checkBeacon({ log, draws }) {
  const { beacon, beaconRound: round, cohortSeconds } = log.announcement
  if (beacon === null)
    return draws.some(({ beaconValue }) => beaconValue)
      ? bad('beacon', 'unnamed')
      : told('beacon', 'none')
  const silent = draws.find(({ beaconValue }) => beaconValue === null)
  if (beacon === 'drand-quicknet')
    for (const { beaconRound, beaconValue, beaconProof, endMs, which } of draws) {
      const facts = { round: beaconRound, ...which }
      const outMs = roundMs(beaconRound)
      if (outMs <= endMs) return bad('beacon', 'round-too-early', facts)
      const isFirst = outMs >= endMs + ROUND_MS && outMs < endMs + ROUND_MS + QUICKNET_PERIOD_MS
      if (cohortSeconds && !isFirst) return bad('beacon', 'other-round', facts)
      if (beaconValue !== null && (await sha256(toBytes(beaconProof ?? ''))) !== beaconValue)
        return bad('beacon', 'not-its-hash', facts)
    }
  if (silent) return told('beacon', 'silent', { round: silent.beaconRound })
  if (beacon === 'local') return told('beacon', 'local', { round })
  return beacon === 'drand-quicknet'
    ? good('beacon', { round })
    : bad('beacon', 'unknown', { beacon })
}

async function checkEntries({ log, draws }) {
  for (const { entries, entryCount, entriesHash, which } of draws) {
    if (entries.length !== entryCount)
      return bad('entries', 'count', { listed: entries.length, counted: entryCount, ...which })
    const isInOrder = entries.every(
      (id, at) => /^[0-9a-f]{32}$/.test(id) && (at === 0 || entries[at - 1] < id),
    )
    if (!isInOrder) return bad('entries', 'not-sorted', which)
    if ((await hashText(entries.join(''))) !== entriesHash) return bad('entries', 'changed', which)
  }
  const late = [...log.numbered, ...(log.late ?? [])]
  const numbers = log.numbered.map(({ number }) => number)
  if (new Set(numbers).size !== numbers.length) return bad('entries', 'number-twice')
  const lateIds = new Set(late.map(({ entry }) => entry))
  const isTwice = log.late && log.entries.some((id) => lateIds.has(id))
  if (isTwice || lateIds.size !== late.length) return bad('entries', 'entry-twice')
  return good('entries', { count: log.entries.length, late: late.length })
}

async function checkSeed({ draws }) {
  for (const { entriesHash, secret, beaconValue, orderSeed, which } of draws)
    if ((await sha256(toBytes(entriesHash + secret + (beaconValue ?? '')))) !== orderSeed)
      return bad('seed', 'other-seed', which)
  return good('seed')
}

function checkInstants({ log, draws }) {
  const { lobbyOpensAt, opensAt, gateUntil, beacon, cohortSeconds } = log.announcement
  const isInOrder =
    ms(lobbyOpensAt) < ms(opensAt) &&
    ms(opensAt) < ms(gateUntil) &&
    draws.every((it) => it.endMs <= ms(it.frozenAt) && ms(it.frozenAt) <= ms(it.drawnAt))
  if (!isInOrder) return bad('instants', 'not-in-order')
  if (!cohortSeconds) return good('instants')
  for (const { beaconRound, frozenAt, endMs, which } of draws) {
    if (ms(frozenAt) < endMs + FREEZE_MS) return bad('instants', 'frozen-early', which)
    // Who still enters then could choose whether to, knowing the order.
    if (beacon === 'drand-quicknet' && ms(frozenAt) >= roundMs(beaconRound))
      return bad('instants', 'frozen-after-round', which)
  }
  return good('instants')
}

/** Each latecomer is in the cohort of their instant, and none was left out of a draw. */
function checkLate({ log, draws, endMs }) {
  const { opensAt, cohortSeconds } = log.announcement
  const { late = [], directFrom, rates } = log
  const drawn = draws.map(({ cohort }) => cohort)
  if (drawn.some((cohort, at) => at > 0 && cohort <= drawn[at - 1])) return bad('late', 'order')
  for (const { entry, cohort, enteredAt } of late) {
    if (cohort === null) continue
    const own = 1 + Math.floor((ms(enteredAt) - ms(opensAt)) / 1000 / cohortSeconds)
    if (own !== cohort) return bad('late', 'other-cohort', { entry })
    if (cohort <= drawn.at(-1) && !drawn.includes(cohort)) return bad('late', 'left-out', { entry })
  }
  if (directFrom === null) {
    const early = late.find(({ cohort }) => cohort === null)
    return early
      ? bad('late', 'not-drawn', { entry: early.entry })
      : good('late', { drawn: drawn.length - 1 })
  }
  const past = rates.filter(({ fromAt }) => ms(fromAt) <= ms(directFrom))
  const most = Math.max(1, Math.floor((past.at(-1) ?? rates[0]).turnsPerSecond))
  const waited = late.filter(({ cohort }) => cohort !== null && cohort > drawn.at(-1)).length
  if (ms(directFrom) < endMs) return bad('late', 'ended-early', { directFrom })
  if (waited > most) return bad('late', 'ended-for-many', { count: waited })
  const early = late.find(
    (it) => it.cohort === null && ms(it.enteredAt) < ms(directFrom) - FREEZE_MS,
  )
  if (early) return bad('late', 'not-drawn', { entry: early.entry })
  return good('late', { drawn: drawn.length - 1 })
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

/** From an instant on at the newest rate before it; then at each later rate from its instant on. */
function findTurnMs({ place, fromMs, log }) {
  const all = log.rates.map(({ fromAt, turnsPerSecond }) => [ms(fromAt), turnsPerSecond])
  const past = all.filter(([atMs]) => atMs <= fromMs)
  const [, first] = past.at(-1) ?? all[0]
  const later = past.length > 0 ? all.slice(past.length) : all.slice(1)
  let [atMs, rate, left] = [fromMs, first, place]
  for (const [nextMs, next] of later) {
    const begun = ((nextMs - atMs) / 1000) * rate
    if (begun >= left) break
    ;[atMs, rate, left] = [nextMs, next, left - begun]
  }
  return Math.ceil(atMs + (left / rate) * 1000)
}

/** Where each entry stands among those drawn with it, and from when their turns come. */
async function placeAll({ log, draws, onProgress }) {
  const places = new Map()
  const { entryCount, directFrom, late = [], numbered, announcement } = log
  const drawnMs = ms(log.drawnAt)
  for (const { entry, number } of numbered) {
    const place = announcement.orderBy === 'DRAW' ? entryCount + number : number
    places.set(entry, { inLobby: false, cohort: null, number, place, fromMs: drawnMs })
  }
  const others = {
    inLobby: false,
    number: null,
    place: 0,
    fromMs: directFrom ? ms(directFrom) : NaN,
  }
  for (const { entry, cohort } of late) places.set(entry, { ...others, cohort })
  let endMs = drawnMs
  let done = 0
  for (const { entries, entryCount: count, orderSeed, drawnAt, cohort } of draws) {
    const fromMs = Math.max(endMs, ms(drawnAt))
    endMs = findTurnMs({ place: count, fromMs, log })
    const drawn = { number: null, inLobby: cohort === 0, cohort: cohort || null, fromMs }
    for (let from = 0; from < entries.length; from += CHUNK) {
      const ids = entries.slice(from, from + CHUNK)
      const hashes = await Promise.all(ids.map((id) => digest(toBytes(orderSeed + id))))
      ids.forEach((id, at) => {
        const score =
          hashes[at].slice(0, 6).reduce((sum, byte) => sum * 256 + byte, 0) * 16 +
          (hashes[at][6] >> 4)
        const known = cohort === 0 ? places.get(id) : undefined
        places.set(id, {
          place: (score / 2 ** 52) * count,
          ...drawn,
          ...known,
          inLobby: cohort === 0,
        })
      })
      done += ids.length
      onProgress?.(done, log.entries.length + late.length)
    }
  }
  return { places, endMs }
}

function checkTurns({ log, places }) {
  const seen = new Set()
  for (const { entry, dueAt, givenAt } of log.turns) {
    const known = places.get(entry)
    if (!known) return bad('turns', 'no-entry', { entry })
    if (seen.has(entry)) return bad('turns', 'twice', { entry })
    seen.add(entry)
    if (Number.isNaN(known.fromMs)) return bad('turns', 'not-drawn', { entry })
    const dueMs = findTurnMs({ ...known, log })
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
  if (!/^bobjool-opening-log\/[12]$/.test(log.format))
    throw new Error(`not a log of an opening: ${log.format}`)
  const draws = listDraws({ log })
  const { places, endMs } = await placeAll({ log, draws, onProgress })
  const given = { log, text, draws, places, endMs }
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
    ...(log.announcement.cohortSeconds ? [checkLate(given)] : []),
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
